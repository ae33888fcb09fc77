"""What PDFium needs for what hyqa asks of it, and nothing done with the answers."""

import ctypes
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw


def take(data: bytes, looks: Sequence[int]) -> None:
    """Asks for every page's characters and their boxes, its shapes, and the look of some.

    Args:
        data: A file.
        looks: For each page, of how many characters the look is asked for.
    """
    with pdfium.PdfDocument(data) as document:
        for number, count in enumerate(looks):
            page = document[number]
            text = page.get_textpage()
            _characters(text.raw)
            _looks(text.raw, count)
            _shapes(raw.FPDFPage_GetObject(page.raw, i) for i in _up_to(page.raw))
            text.close()
            page.close()


def _up_to(page: object) -> range:
    return range(raw.FPDFPage_CountObjects(page))


def _characters(text: object) -> None:
    box = raw.FS_RECTF()
    where = ctypes.byref(box)
    for index in range(raw.FPDFText_CountChars(text)):
        raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, where)


def _looks(text: object, count: int) -> None:
    matrix, name, flags = raw.FS_MATRIX(), ctypes.create_string_buffer(80), ctypes.c_int()
    colour = [ctypes.byref(ctypes.c_uint()) for _ in range(4)]
    for index in range(count):
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        raw.FPDFText_GetFontInfo(text, index, name, 80, ctypes.byref(flags))
        raw.FPDFText_GetFontWeight(text, index)
        raw.FPDFText_GetFontSize(text, index)
        raw.FPDFText_GetFillColor(text, index, *colour)


def _shapes(objects: Iterable[object]) -> None:
    """Asks for the bounds and the manner of all shapes, those in forms as well."""
    sides = [ctypes.byref(ctypes.c_float()) for _ in range(4)]
    modes = [ctypes.byref(ctypes.c_int()) for _ in range(2)]
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            raw.FPDFPageObj_GetBounds(item, *sides)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPath_GetDrawMode(item, *modes)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inner = range(raw.FPDFFormObj_CountObjects(item))
            _shapes(raw.FPDFFormObj_GetObject(item, index) for index in inner)
