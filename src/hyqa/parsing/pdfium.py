"""The border to PDFium: opening PDF files and taking from their pages what they show."""

import ctypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hyqa.errors import ParseError
from hyqa.parsing.page_faults import find_fault
from hyqa.parsing.page_runs import Boxes, Glyphs, drawn_once, find_runs, turn
from hyqa.parsing.pages import Page, Rule, Run
from hyqa.parsing.pdfium_drawing import read_drawing

MAX_PAGES = 3000
"""Pages of the longest file: no official document has as many."""
MAX_GLYPHS = 50_000
"""Characters of the fullest page: a page of a newspaper has some 10,000."""
ANGLES = 40
"""Characters of a page whose direction tells how the page is to be turned."""

_LOCK = threading.RLock()
"""PDFium is not made for threads."""
_BOLD = ("bold", "black", "heavy", "hei", "黑", "heiti", "xiaobiaosong", "小标宋", "dabiaosong")
_BOLD_WEIGHT = 600
_SHOWN = {0x02: "-", 0xFFFE: "-"}
"""What PDFium gives for the hyphen that divides a word over two lines."""
_SPACES = frozenset(" \u00a0\u3000\t\r\n\u2002\u2003\u2009")


@contextmanager
def open_pdf(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Opens a PDF, and keeps other threads from PDFium until it is closed.

    Raises:
        ParseError: It is damaged, protected by a password, or too long.
    """
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data, password="")
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (
                raw.FPDF_ERR_PASSWORD,
                raw.FPDF_ERR_SECURITY,
            )
            reason = "it is protected by a password" if locked else "it is damaged or no PDF"
            raise ParseError(reason) from error
        try:
            if len(document) > MAX_PAGES:
                raise ParseError(f"it has more than {MAX_PAGES} pages")
            yield document
        finally:
            document.close()


def read_title(document: pdfium.PdfDocument) -> str:
    """Returns the title in a file's properties, or an empty string."""
    return str(document.get_metadata_value("Title") or "")


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Returns what a page shows; ``number`` counts from 1.

    Raises:
        ParseError: The page is damaged.
    """
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise ParseError(f"its page {number} is damaged") from error
    try:
        textpage = page.get_textpage()
        try:
            return _page(page, textpage.raw, number)
        finally:
            textpage.close()
    finally:
        page.close()


def _page(page: pdfium.PdfPage, text: object, number: int) -> Page:
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    codes, boxes, spaced, unmapped, indices = _glyphs(text)
    quarter = _direction(text, indices) if indices else page.get_rotation() // 90
    origin = np.array((left, bottom, left, bottom))
    placed = turn(np.array(boxes).reshape(-1, 4) - origin, quarter, width, height)
    shown = (width, height) if quarter % 2 == 0 else (height, width)
    marks = read_drawing(page.raw)
    rules = turn(np.array(marks.rules).reshape(-1, 4) - origin, quarter, width, height)
    walls = rules[(rules[:, 3] - rules[:, 1]) > (rules[:, 2] - rules[:, 0])]
    centre = (placed[:, 0] + placed[:, 2]) / 2, (placed[:, 1] + placed[:, 3]) / 2
    inside = (centre[0] >= 0) & (centre[0] <= shown[0]) & (centre[1] >= 0) & (centre[1] <= shown[1])
    keep = np.flatnonzero(inside & drawn_once("".join(codes), placed))
    words = "".join(map(codes.__getitem__, keep))
    glyphs = Glyphs(words, placed[keep], np.array(spaced, np.bool_)[keep])
    runs = _runs(text, glyphs, [indices[index] for index in keep], walls)
    fault = find_fault(words, unmapped, min(marks.pictured / (width * height), 1.0), marks.shapes)
    lines = tuple(Rule(*map(float, rule)) for rule in rules)
    return Page(number, *shown, tuple(runs), lines, fault)


def _glyphs(
    text: object,
) -> tuple[list[str], list[tuple[float, float, float, float]], list[bool], int, list[int]]:
    """Returns a page's characters, their boxes, whether a space precedes, how many have no name.

    The last list holds their indices among PDFium's characters.
    """
    characters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    spaced: list[bool] = []
    indices: list[int] = []
    unmapped = 0
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    space = False
    for index in range(min(raw.FPDFText_CountChars(text), MAX_GLYPHS)):
        code = raw.FPDFText_GetUnicode(text, index)
        character = _SHOWN.get(code) or (chr(code) if 0 < code < 0x110000 else "\ufffd")
        if character in _SPACES:
            space = True
            continue
        if character < " " or "\ud800" <= character <= "\udfff":
            unmapped += raw.FPDFText_HasUnicodeMapError(text, index) == 1
            continue
        raw.FPDFText_GetLooseCharBox(text, index, reference)
        characters.append(character)
        boxes.append((box.left, box.bottom, box.right, box.top))
        spaced.append(space)
        indices.append(index)
        space = False
    return characters, boxes, spaced, unmapped, indices


def _direction(text: object, indices: Sequence[int]) -> int:
    """Returns how many quarters of a turn most of a page's text is turned by, clockwise."""
    step = max(1, len(indices) // ANGLES)
    votes = [0, 0, 0, 0]
    for index in indices[::step]:
        angle = raw.FPDFText_GetCharAngle(text, index)
        votes[round(max(angle, 0.0) / (np.pi / 2)) % 4] += 1
    return votes.index(max(votes))


@lru_cache(maxsize=4096)
def _is_bold(font: str) -> bool:
    name = font.rsplit("+", 1)[-1].lower()
    return any(part in name for part in _BOLD)


def _style(text: object, index: int) -> tuple[float, str, bool]:
    """Returns the size in points, the font and the weight of a character."""
    matrix = raw.FS_MATRIX()
    scale = 1.0
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = float(np.hypot(matrix.c, matrix.d))
    name = ctypes.create_string_buffer(80)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
    font = name.raw[: max(0, min(length, len(name)) - 1)].decode("utf-8", "replace")
    heavy = raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
    return raw.FPDFText_GetFontSize(text, index) * scale, font, heavy or _is_bold(font)


def _runs(text: object, glyphs: Glyphs, indices: Sequence[int], walls: Boxes) -> list[Run]:
    starts, spaces = find_runs(glyphs, walls)
    ends = [*starts.tolist(), len(glyphs.text)][1:]
    spaced = spaces.tolist()
    runs = []
    for start, end in zip(starts.tolist(), ends, strict=True):
        words = "".join(
            f" {glyphs.text[index]}" if spaced[index] else glyphs.text[index]
            for index in range(start, end)
        )
        part = glyphs.boxes[start:end]
        size, font, bold = _style(text, indices[start])
        left, top, right, bottom = part[0, 0], part[0, 1], part[:, 2].max(), part[:, 3].max()
        runs.append(
            Run(words, float(left), float(top), float(right), float(bottom), size, font, bold)
        )
    return runs
