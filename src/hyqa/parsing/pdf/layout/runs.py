"""Dividing the characters of a page into runs: what stands side by side belongs together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORD_GAP = 0.25
"""Ems between Latin letters that divide words where no space is written."""
WIDE_GAP = 0.6
"""Ems beside a Chinese character that are a space where none is written: letters are spaced."""
WRITTEN_GAP = 0.2
"""Ems beside a Chinese character below which a written space is not seen."""
RUN_GAP = 1.2
"""Ems that end a run: a space in a line is half an em, or one."""
BACKWARD = 0.5
"""Ems that the next character may overlap the last one, as italics and narrow marks do."""
DRIFT = 0.4
"""Share of a character's height that the next one may stand higher or lower."""

SAME = 0.25
"""Share of its width and height by which a copy of a character is off at most.

Strips of a page overlap, and shadows are drawn as a second copy; letters as in “ll” are a whole
width apart.
"""
FIRST_WIDE = 0x2E80
"""From here on characters are Chinese, or marks and forms of their width, but for a few."""
WIDE_MARKS = tuple(map(ord, "“”‘’…—·"))
BAND = 4.0
"""Points of height of the bands in which copies of a character are looked for."""

Boxes = NDArray[np.float64]
Marks = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in the order in which they are drawn.

    ``codes`` are their numbers in Unicode, ``boxes`` their sides in points, of shape ``(n, 4)``;
    ``spaced`` marks those before which a space is written; ``indices`` are the library's.
    """

    codes: Codes
    boxes: Boxes
    spaced: Marks
    indices: Codes

    @property
    def text(self) -> str:
        """The characters."""
        return self.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")

    def take(self, marks: Marks) -> "Glyphs":
        """Return the characters that are marked."""
        if marks.all():
            return self
        return Glyphs(self.codes[marks], self.boxes[marks], self.spaced[marks], self.indices[marks])


def on_page(boxes: Boxes, width: float, height: float) -> Marks:
    """Return which boxes from the top left have their middle on a page."""
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return (across >= 0) & (across <= width) & (down >= 0) & (down <= height)


def turn(boxes: Boxes, quarter: int, width: float, height: float) -> Boxes:
    """Return boxes from the bottom left, in PDF's way, as boxes from the top left.

    Args:
        boxes: Left, bottom, right and top, of shape ``(n, 4)`` in points.
        quarter: How many quarters of a turn, clockwise, the text is turned by.
        width: Points of the page's width before it is turned upright.
        height: Points of its height.
    """
    left, bottom, right, top = boxes.T
    turned = (
        (left, height - top, right, height - bottom),
        (height - top, width - right, height - bottom, width - left),
        (width - right, bottom, width - left, top),
        (bottom, left, top, right),
    )[quarter % 4]
    return np.stack(turned, axis=1)


def drawn_once(glyphs: Glyphs) -> Marks:
    """Return which characters are the first at their place."""
    codes, boxes = glyphs.codes, glyphs.boxes
    kept = np.ones(len(codes), np.bool_)
    if not len(codes):
        return kept
    size = boxes[:, 2:] - boxes[:, :2]
    # One number of 21, 20 and 22 bits orders by character, band and place in the band: numbers
    # are sorted several times faster than rows.
    left, top = (boxes[:, :2] - boxes[:, :2].min(axis=0)).T
    widest = SAME * 8 * size[:, 0].max() + 1
    known = codes << 42 | np.minimum(left * 8, (1 << 22) - 1).astype(np.int64)
    for border in (0.0, 0.5):  # twice, as two copies may fall on two sides of a band's border
        band = np.minimum(top / BAND + border, (1 << 20) - 1).astype(np.int64)
        places = known | band << 22
        order = np.argsort(places, kind="stable")
        close = np.flatnonzero(np.diff(places[order]) <= widest)
        one, two = order[close], order[close + 1]
        shift = np.abs(boxes[one, :2] - boxes[two, :2])
        same = (shift < SAME * size[two]).all(axis=1) & (codes[one] == codes[two])
        kept[np.maximum(one, two)[same]] = False
    return kept


def _wide(codes: Codes) -> Marks:
    """Return which characters take a full square."""
    return (codes >= FIRST_WIDE) | np.isin(codes, WIDE_MARKS)


def find_runs(glyphs: Glyphs, walls: Boxes) -> tuple[NDArray[np.intp], Marks]:
    """Return where runs begin, and before which characters there is a space inside a run.

    Args:
        glyphs: The characters of a page.
        walls: Boxes of upright rules, which part the cells of a table.
    """
    boxes = glyphs.boxes
    if not len(boxes):
        return np.zeros(0, np.intp), np.zeros(0, np.bool_)
    em = np.maximum(boxes[:, 3] - boxes[:, 1], 1e-3)
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    gap = (boxes[1:, 0] - boxes[:-1, 2]) / em[1:]
    apart = np.abs(middle[1:] - middle[:-1]) > DRIFT * np.minimum(em[1:], em[:-1])
    apart |= (gap > RUN_GAP) | (gap < -BACKWARD)
    apart |= np.maximum(em[1:], em[:-1]) > 1.5 * np.minimum(em[1:], em[:-1])
    if len(walls):
        apart |= _parted(boxes, walls)
    wide = _wide(glyphs.codes)
    beside = wide[1:] | wide[:-1]
    spaces = np.where(
        beside,
        (glyphs.spaced[1:] & (gap > WRITTEN_GAP)) | (gap > WIDE_GAP),
        glyphs.spaced[1:] | (gap > WORD_GAP),
    )
    starts = np.flatnonzero(np.concatenate(([True], apart)))
    return starts, np.concatenate(([False], spaces & ~apart))


def _parted(boxes: Boxes, walls: Boxes) -> Marks:
    """Return which neighbours a wall stands between."""
    centre = (boxes[:, 0] + boxes[:, 2]) / 2
    middle = (boxes[:-1, 1] + boxes[:-1, 3])[:, None] / 2
    where = walls[:, 0] + walls[:, 2]
    between = (centre[:-1, None] < where / 2) & (where / 2 < centre[1:, None])
    beside = (walls[:, 1] <= middle) & (middle <= walls[:, 3])
    return np.asarray((between & beside).any(axis=1))
