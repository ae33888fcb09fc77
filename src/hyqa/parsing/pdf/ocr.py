"""Reading scanned pages: RapidOCR, whose wheel carries the models of PP-OCRv6 for ONNX.

It finds the lines of a page and reads each (Chinese, traditional as well, and Latin). What it
gives are boxes with words, put together by what reads text layers, so that columns, tables and
running heads are treated alike. Nothing is downloaded.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from hyqa.parsing.characters import clean_line
from hyqa.parsing.pdf.layout.pages import Run
from hyqa.parsing.pdf.pdfium_pictures import Picture, render_page

LEAST_SCORE = 0.5
"""Confidence below which a box is no text: stamps, emblems and the grain of the paper."""
SIDEWAYS_SHARE = 0.6
"""Share of words in boxes higher than wide from which a page lies on its side."""
LONG = 5.0
"""How many times as wide as high a box is whose slope tells how a page is tilted."""
MOST_TILT = math.radians(8)
"""Largest tilt of a page that is straightened; lines of stamps and maps go any way."""
EM = 0.8
"""Ems in the height of a box: it has some room around the characters."""

Points = NDArray[np.float64]
"""Corners of boxes: (boxes, 4, 2), from the top left one clockwise, each x and y in pixels."""


class _Result(Protocol):
    """What the engine says of a picture; all are None where it found nothing."""

    boxes: Points | None
    txts: Sequence[str] | None
    scores: Sequence[float] | None


class _Engine(Protocol):
    def __call__(self, picture: Picture) -> _Result: ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """The boxes of a picture with their words and scores, 0 to 1."""

    boxes: Points
    words: tuple[str, ...]
    scores: tuple[float, ...]

    @property
    def sideways(self) -> bool:
        """Whether most words stand in boxes that are higher than wide."""
        sizes = np.ptp(self.boxes, axis=1)
        lengths = np.array([len(words) for words in self.words])
        tall = (sizes[:, 1] > 2 * sizes[:, 0]) & (lengths > 1)
        return bool(lengths[tall].sum() > SIDEWAYS_SHARE * lengths.sum())

    @property
    def certainty(self) -> float:
        """Characters weighed by how sure they are."""
        return sum(len(words) * score for words, score in zip(self.words, self.scores, strict=True))


def is_available() -> bool:
    """Return whether the library is installed that reads pictures: the extra ``ocr``."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> _Engine:
    from rapidocr import RapidOCR

    # One thread: as many files are read at once as there are cores.
    settings = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return cast(_Engine, RapidOCR(params=settings))


def _read(picture: Picture) -> _Reading:
    result = _engine()(np.ascontiguousarray(picture))
    if result.boxes is None or result.txts is None or result.scores is None:
        return _Reading(np.empty((0, 4, 2)), (), ())
    kept = [
        place
        for place, (words, score) in enumerate(zip(result.txts, result.scores, strict=True))
        if score >= LEAST_SCORE and clean_line(words)
    ]
    return _Reading(
        np.asarray(result.boxes, dtype=np.float64)[kept].reshape(-1, 4, 2),
        tuple(clean_line(result.txts[place]) for place in kept),
        tuple(float(result.scores[place]) for place in kept),
    )


def _upright(picture: Picture) -> tuple[_Reading, Picture]:
    """Return what a picture says, and the picture, turned if it lies on its side."""
    first = _read(picture)
    if not first.words or not first.sideways:
        return first, picture
    turned = [np.rot90(picture, quarter) for quarter in (1, 3)]
    readings = [(_read(one), one) for one in turned]
    return max(readings, key=lambda pair: pair[0].certainty)


def _straight(boxes: Points) -> Points:
    """Return the corners as they would be if the page was not tilted."""
    edges = boxes[:, 1] - boxes[:, 0]
    heights = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)
    lengths = np.linalg.norm(edges, axis=1)
    tilts = np.arctan2(edges[:, 1], edges[:, 0])[lengths > LONG * heights]
    tilt = float(np.median(tilts)) if len(tilts) else 0.0
    if abs(tilt) > MOST_TILT:
        return boxes
    turn = np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
    centre = boxes.reshape(-1, 2).mean(axis=0)
    straightened: Points = (boxes - centre) @ turn + centre
    return straightened


def recognise(data: bytes, number: int) -> tuple[Run, ...] | None:
    """Read a page of a PDF from its picture.

    Args:
        data: The file.
        number: The page, from 1.

    Returns:
        Its lines, or parts of them, with how sure the engine is of each; None where it sees none.

    Raises:
        ParseError: The page is damaged.
    """
    picture, scale = render_page(data, number)
    reading, _ = _upright(picture)
    if not reading.words:
        return None
    boxes = _straight(reading.boxes) / scale
    return tuple(
        _run(box, words, score)
        for box, words, score in zip(boxes, reading.words, reading.scores, strict=True)
    )


def _run(box: Points, words: str, score: float) -> Run:
    left, right = box[[0, 3], 0].mean(), box[[1, 2], 0].mean()
    top, bottom = box[[0, 1], 1].mean(), box[[2, 3], 1].mean()
    size = EM * max(bottom - top, 1.0)
    edges = (float(left), float(top), float(max(left, right)), float(max(top, bottom)))
    return Run(words, *edges, float(size), confidence=min(score, 1.0))
