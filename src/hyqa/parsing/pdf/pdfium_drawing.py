"""What is drawn on a PDF page beside its text: ruling lines, pictures, shapes."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat

import pypdfium2.raw as raw

MAX_OBJECTS = 20_000
"""Shapes and pictures of a page that are looked at: a full table has some 2,000."""
MAX_DEPTH = 4
"""Forms inside forms that are looked into."""
MAX_SEGMENTS = 400
"""Segments of a shape that may be a table's frame; a drawing has more."""
THIN = 3.0
"""Points of the thickest rule."""
SHORTEST = 3.0
"""Points of the shortest rule."""

WHITE = 250
"""Of 255, from where a colour is not seen on paper."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Colours:
    """Asks PDFium for colours, into memory that is taken once."""

    def __init__(self) -> None:
        self._parts = tuple(ctypes.c_uint() for _ in range(4))
        self._where = tuple(map(ctypes.byref, self._parts))

    def is_white(self, ask: Callable[..., int], *item: object) -> bool:
        """Return whether what PDFium tells a colour of is white."""
        told = ask(*item, *self._where)
        red, green, blue, _ = self._parts
        return bool(told) and min(red.value, green.value, blue.value) >= WHITE


@dataclass(slots=True)
class Drawing:
    """What is drawn: boxes are left, bottom, right and top.

    ``backs`` are what white letters can be seen on: pictures, and shapes of a colour;
    ``pictured`` is the area of pictures.
    """

    rules: list[Box] = field(default_factory=list)
    backs: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    shapes: int = 0


def read_drawing(page: object) -> Drawing:
    """Return what is drawn on a page, in points from its bottom left, given its raw handle."""
    reader = _Reader()
    count = min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)
    reader.collect(map(raw.FPDFPage_GetObject, repeat(page), range(count)))
    return reader.drawing


def _form_objects(form: object) -> Iterator[object]:
    count = min(raw.FPDFFormObj_CountObjects(form), MAX_OBJECTS)
    return map(raw.FPDFFormObj_GetObject, repeat(form), range(count))


def _multiply(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x, y, z, w, u, v = outer
    return (
        a * x + b * z, a * y + b * w, c * x + d * z, c * y + d * w,
        e * x + f * z + u, e * y + f * w + v,
    )  # fmt: skip


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: Iterable[tuple[float, float]]) -> Box:
    across, upwards = zip(*points, strict=True)
    return min(across), min(upwards), max(across), max(upwards)


def _is_rule(box: Box) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return min(wide, high) <= THIN and max(wide, high) >= SHORTEST


class _Reader:
    """Collects what is drawn; PDFium writes its answers into memory that is taken once."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self._sides = tuple(ctypes.c_float() for _ in range(4))
        self._where = tuple(map(ctypes.byref, self._sides))
        self._modes = ctypes.c_int(), ctypes.c_int()
        self._mode_places = tuple(map(ctypes.byref, self._modes))
        self._colours = Colours()

    def collect(self, objects: Iterable[object], outer: Matrix = _IDENTITY, depth: int = 0) -> None:
        for item in objects:
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self.drawing.shapes += 1
                self._add_path(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._add_picture(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                self.collect(_form_objects(item), _multiply(_matrix(item), outer), depth + 1)
            if self.drawing.shapes > MAX_OBJECTS:
                return

    def _bounds(self, item: object, outer: Matrix) -> Box:
        if not raw.FPDFPageObj_GetBounds(item, *self._where):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = (side.value for side in self._sides)
        if outer is _IDENTITY:
            return left, bottom, right, top
        return _box((_apply(outer, left, bottom), _apply(outer, right, top)))

    def _add_picture(self, item: object, outer: Matrix) -> None:
        box = self._bounds(item, outer)
        if _is_rule(box):  # some programs draw the lines of a table as pictures
            self.drawing.rules.append(box)
        else:
            self.drawing.pictured += (box[2] - box[0]) * (box[3] - box[1])
            self.drawing.backs.append(box)

    def _add_path(self, item: object, outer: Matrix) -> None:
        box = self._bounds(item, outer)
        wide, high = box[2] - box[0], box[3] - box[1]
        if max(wide, high) < SHORTEST:
            return
        if min(wide, high) <= THIN:
            self.drawing.rules.append(box)
            return
        raw.FPDFPath_GetDrawMode(item, *self._mode_places)
        fill, stroke = self._modes
        if stroke.value:
            sides = _segments(item, _multiply(_matrix(item), outer))
            self.drawing.rules += filter(_is_rule, sides)
        if fill.value and not self._colours.is_white(raw.FPDFPageObj_GetFillColor, item):
            self.drawing.backs.append(box)


def _matrix(item: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _segments(path: object, matrix: Matrix) -> Iterator[Box]:
    """Yield the boxes of a path's straight segments, of those of a frame its four sides."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    count = raw.FPDFPath_CountSegments(path)
    for index in range(count if count <= MAX_SEGMENTS else 0):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _box((last, point))
        if raw.FPDFPathSegment_GetClose(segment):
            yield _box((point, first))
        last = point
