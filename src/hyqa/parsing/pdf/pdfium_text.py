"""What PDFium tells of the characters of a page: which they are, where they stand, their look."""

import ctypes
import math
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from hyqa.parsing.pdf.layout.pages import Run
from hyqa.parsing.pdf.layout.runs import Boxes, Glyphs, Marks, find_runs
from hyqa.parsing.pdf.pdfium_drawing import Colours

Starts = NDArray[np.intp]

MAX_GLYPHS = 50_000
"""Characters of the fullest page: a page of a newspaper has some 10,000."""
ANGLES = 40
"""Characters of a page whose direction tells how the page is to be turned."""

_HYPHENS = (0x02, 0xFFFE)
"""What PDFium gives for the hyphen that divides a word over two lines."""
_SPACES = (0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x3000)
_UNKNOWN = 0xFFFD
_PLAIN, _SPACE, _HYPHEN, _HIDDEN, _UNNAMED = range(5)
_KINDS = np.full(0x10000, _PLAIN, np.uint8)
"""What each character of Unicode's first plane is; those above it are plain."""
_KINDS[:0x20] = _HIDDEN
_KINDS[0xD800:0xE000] = _UNNAMED
_KINDS[[*_SPACES]] = _SPACE
_KINDS[[*_HYPHENS]] = _HYPHEN
_BOLD = ("bold", "black", "heavy", "hei", "黑", "heiti", "xiaobiaosong", "小标宋", "dabiaosong")
_BOLD_WEIGHT = 600


def read_glyphs(text: object) -> tuple[Glyphs, int]:
    """Return the characters of a page, boxes from its bottom left, and how many have no name.

    Args:
        text: PDFium's raw handle of the page's text.
    """
    count = min(raw.FPDFText_CountChars(text), MAX_GLYPHS)
    unicode, box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    # Loops in C: a page has a thousand characters, and PDFium is asked for each by itself.
    codes = np.fromiter(map(unicode, repeat(text), range(count)), np.int64, count)
    rectangles = (raw.FS_RECTF * max(count, 1))()
    size = ctypes.sizeof(raw.FS_RECTF)
    places = map(ctypes.byref, repeat(rectangles[0]), range(0, count * size, size))
    deque(map(box, repeat(text), range(count), places), maxlen=0)
    sides = np.frombuffer(rectangles, np.float32).reshape(-1, 4)[:count].astype(np.float64)
    boxes = sides[:, (0, 3, 2, 1)]  # left, top, right, bottom become left, bottom, right, top
    kinds = _KINDS[np.minimum(codes, len(_KINDS) - 1)]
    codes[kinds == _HYPHEN] = ord("-")
    codes[kinds == _UNNAMED] = _UNKNOWN
    codes[codes > 0x10FFFF] = _UNKNOWN
    space, hidden = kinds == _SPACE, kinds == _HIDDEN
    unmapped = sum(
        raw.FPDFText_HasUnicodeMapError(text, int(index)) == 1 for index in np.flatnonzero(hidden)
    )
    kept = np.flatnonzero(~space & ~hidden)
    spaced = np.zeros(len(kept), np.bool_)
    if len(kept):
        spaces = np.cumsum(space)[kept]
        spaced = np.diff(spaces, prepend=0) > 0
    return Glyphs(codes[kept], boxes[kept], spaced, kept), unmapped


def _quarter(text: object, index: int) -> int:
    """Return how many quarters of a turn a character is turned by, clockwise; -1 for a slant."""
    angle = float(raw.FPDFText_GetCharAngle(text, index)) / (np.pi / 2)
    return round(angle) % 4 if abs(angle - round(angle)) < 0.1 else -1


def direction(text: object, glyphs: Glyphs) -> int:
    """Return how many quarters of a turn most of a page's text is turned by, clockwise."""
    step = max(1, len(glyphs.indices) // ANGLES)
    votes = [0, 0, 0, 0, 0]
    for index in glyphs.indices[::step].tolist():
        votes[_quarter(text, index)] += 1
    return votes.index(max(votes[:4]))


@lru_cache(maxsize=4096)
def _font(written: bytes) -> tuple[str, bool]:
    """Return the name of a font, and whether it tells that the font is bold."""
    name = written.decode("utf-8", "replace")
    plain = name.rsplit("+", 1)[-1].lower()
    return name, any(part in plain for part in _BOLD)


class _Styles:
    """Asks PDFium for the look of characters."""

    def __init__(self, text: object) -> None:
        self._text = text
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(80)
        self._flags = ctypes.c_int()
        self._colours = Colours()
        self._where = ctypes.byref(self._matrix), ctypes.byref(self._flags)

    def look(self, index: int) -> tuple[float, str, bool]:
        """Return the size in points, the font and the weight of a character."""
        scale = 1.0
        if raw.FPDFText_GetMatrix(self._text, index, self._where[0]):
            scale = math.hypot(self._matrix.c, self._matrix.d)
        raw.FPDFText_GetFontInfo(self._text, index, self._name, 80, self._where[1])
        font, bold = _font(self._name.value)
        heavy = raw.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT or bold
        return raw.FPDFText_GetFontSize(self._text, index) * scale, font, heavy

    def is_white(self, index: int) -> bool:
        """Return whether a character is."""
        return self._colours.is_white(raw.FPDFText_GetFillColor, self._text, index)


def _goes_on(run: Run, below: Run) -> bool:
    """Return whether two runs of one letter are letters of a word that stands sideways."""
    em = max(run.right - run.left, 1.0)
    beside = abs((run.left + run.right) - (below.left + below.right)) < em
    return beside and below.top - run.bottom < em and run.top - below.bottom < em


def _together(run: Run, below: Run) -> Run:
    left, top = min(run.left, below.left), min(run.top, below.top)
    right, bottom = max(run.right, below.right), max(run.bottom, below.bottom)
    text = run.text + below.text
    return run._replace(text=text, left=left, top=top, right=right, bottom=bottom)


def _is_backed(run: Run, backs: Boxes) -> bool:
    """Return whether a run stands on a colour or a picture, where white letters are seen."""
    x, y = (run.left + run.right) / 2, run.middle
    around = (backs[:, 0] <= x) & (x <= backs[:, 2]) & (backs[:, 1] <= y) & (y <= backs[:, 3])
    return bool(around.any())


def read_runs(
    text: object, glyphs: Glyphs, walls: Boxes, backs: Boxes, quarter: int
) -> tuple[list[Run], str]:
    """Return the runs of a page that can be seen, those that stand sideways as they are read.

    The second of the pair is what cannot be seen.

    Args:
        text: PDFium's raw handle of the page's text.
        glyphs: Its characters, upright.
        walls: Boxes of upright rules.
        backs: Boxes of what white letters can be seen on.
        quarter: How many quarters of a turn the page's text was turned by.
    """
    starts, spaces = find_runs(glyphs, walls)
    styles, words = _Styles(text), glyphs.text
    runs: list[Run] = []
    unseen = ""
    sideways = False
    bounds = _bounds(glyphs, starts)
    for (start, end, box), solid in zip(bounds, _solid(spaces, starts), strict=True):
        index = int(glyphs.indices[start])
        said = words[start:end] if solid else _spaced(words[start:end], spaces[start:end])
        run = Run(said, *box, *styles.look(index))
        if styles.is_white(index) and not _is_backed(run, backs):
            unseen += said
            continue
        turned = end - start < 3 and _quarter(text, index) != quarter
        if sideways and turned and _goes_on(runs[-1], run):
            runs[-1] = _together(runs[-1], run)
        else:
            runs.append(run)
        sideways = turned
    return runs, unseen


def _spaced(words: str, spaces: Marks) -> str:
    """Return words with spaces before the letters that are marked."""
    pairs = zip(words, spaces.tolist(), strict=True)
    return "".join(" " + letter if space else letter for letter, space in pairs)


def _solid(spaces: Marks, starts: Starts) -> list[bool]:
    """Return which runs hold no space."""
    return (~np.logical_or.reduceat(spaces, starts)).tolist() if len(starts) else []


def _bounds(
    glyphs: Glyphs, starts: Starts
) -> Iterator[tuple[int, int, tuple[float, float, float, float]]]:
    """Yield where each run begins and ends, and its box."""
    if not len(starts):
        return
    ends = [*starts.tolist()[1:], len(glyphs.codes)]
    low = np.minimum.reduceat(glyphs.boxes[:, :2], starts).tolist()
    high = np.maximum.reduceat(glyphs.boxes[:, 2:], starts).tolist()
    for start, end, (left, top), (right, bottom) in zip(
        starts.tolist(), ends, low, high, strict=True
    ):
        yield start, end, (left, top, right, bottom)
