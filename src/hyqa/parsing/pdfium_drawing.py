"""What is drawn on a PDF page beside its text: ruling lines, pictures, shapes."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

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
    """Returns what is drawn on a page, in points from its bottom left, given its raw handle."""
    drawing = Drawing()
    count = min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)
    _collect((raw.FPDFPage_GetObject(page, index) for index in range(count)), drawing)
    return drawing


def _form_objects(form: object) -> Iterator[object]:
    for index in range(min(raw.FPDFFormObj_CountObjects(form), MAX_OBJECTS)):
        yield raw.FPDFFormObj_GetObject(form, index)


def _collect(
    objects: Iterable[object], drawing: Drawing, outer: Matrix = _IDENTITY, depth: int = 0
) -> None:
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            drawing.shapes += 1
            _add_path(item, drawing, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _add_picture(item, drawing, outer)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            _collect(_form_objects(item), drawing, _multiply(_matrix(item), outer), depth + 1)
        if drawing.shapes > MAX_OBJECTS:
            return


def _matrix(item: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


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


def _bounds(item: object, outer: Matrix) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    if outer is _IDENTITY:
        return left, bottom, right, top
    return _box((_apply(outer, left, bottom), _apply(outer, right, top)))


def _is_rule(box: Box) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return min(wide, high) <= THIN and max(wide, high) >= SHORTEST


def _add_picture(item: object, drawing: Drawing, outer: Matrix) -> None:
    box = _bounds(item, outer)
    if _is_rule(box):  # some programs draw the lines of a table as pictures
        drawing.rules.append(box)
    else:
        drawing.pictured += (box[2] - box[0]) * (box[3] - box[1])
        drawing.backs.append(box)


def _add_path(item: object, drawing: Drawing, outer: Matrix) -> None:
    box = _bounds(item, outer)
    if _is_rule(box):
        drawing.rules.append(box)
    elif max(box[2] - box[0], box[3] - box[1]) >= SHORTEST:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value:
            drawing.rules += filter(_is_rule, _segments(item, _multiply(_matrix(item), outer)))
        if fill.value and not is_white(raw.FPDFPageObj_GetFillColor, item):
            drawing.backs.append(box)


def is_white(colour: Callable[..., int], *item: object) -> bool:
    """Returns whether what PDFium tells a colour of is white."""
    parts = [ctypes.c_uint() for _ in range(4)]
    told = colour(*item, *map(ctypes.byref, parts))
    return bool(told) and min(part.value for part in parts[:3]) >= WHITE


def _segments(path: object, matrix: Matrix) -> Iterator[Box]:
    """Yields the boxes of a path's straight segments, of those of a frame its four sides."""
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
