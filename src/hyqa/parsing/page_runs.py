"""Dividing the characters of a page into runs: what stands side by side belongs together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hyqa.parsing.characters import is_wide

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
BAND = 4.0
"""Points of height of the bands in which copies of a character are looked for."""

Boxes = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in the order in which they are drawn.

    ``boxes`` are their left, top, right and bottom, of shape ``(n, 4)`` in points;
    ``spaced`` marks those before which a space is written.
    """

    text: str
    boxes: Boxes
    spaced: Marks


def turn(boxes: Boxes, quarter: int, width: float, height: float) -> Boxes:
    """Returns boxes from the bottom left, in PDF's way, as boxes from the top left.

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


def drawn_once(text: str, boxes: Boxes) -> Marks:
    """Returns which characters are the first at their place, given in the order of drawing."""
    codes = np.fromiter(map(ord, text), dtype=np.int64, count=len(text))
    size = boxes[:, 2:] - boxes[:, :2]
    kept = np.ones(len(codes), np.bool_)
    for border in (0.0, 0.5):  # twice, as two copies may fall on two sides of a band's border
        band = np.floor(boxes[:, 1] / BAND + border)
        order = np.lexsort((boxes[:, 0], band, codes))
        one, two = order[:-1], order[1:]
        shift = np.abs(boxes[one, :2] - boxes[two, :2])
        near = (shift < SAME * size[two]).all(axis=1)
        same = near & (codes[one] == codes[two])
        kept[np.maximum(one, two)[same]] = False
    return kept


def _wide(text: str) -> Marks:
    return np.fromiter(map(is_wide, text), dtype=np.bool_, count=len(text))


def find_runs(glyphs: Glyphs, walls: Boxes) -> tuple[NDArray[np.intp], Marks]:
    """Returns where runs begin, and before which characters there is a space inside a run.

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
    wide = _wide(glyphs.text)
    beside = wide[1:] | wide[:-1]
    spaces = np.where(
        beside,
        (glyphs.spaced[1:] & (gap > WRITTEN_GAP)) | (gap > WIDE_GAP),
        glyphs.spaced[1:] | (gap > WORD_GAP),
    )
    starts = np.flatnonzero(np.concatenate(([True], apart)))
    return starts, np.concatenate(([False], spaces & ~apart))


def _parted(boxes: Boxes, walls: Boxes) -> Marks:
    """Returns which neighbours a wall stands between."""
    centre = (boxes[:, 0] + boxes[:, 2]) / 2
    middle = (boxes[:-1, 1] + boxes[:-1, 3])[:, None] / 2
    where = walls[:, 0] + walls[:, 2]
    between = (centre[:-1, None] < where / 2) & (where / 2 < centre[1:, None])
    beside = (walls[:, 1] <= middle) & (middle <= walls[:, 3])
    return np.asarray((between & beside).any(axis=1))
