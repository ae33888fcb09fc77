"""What PDFium needs for what hyqa asks of it, and nothing done with the answers."""

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hyqa.parsing.pdfium_drawing import read_drawing


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
            read_drawing(page.raw)
            text.close()
            page.close()


def _characters(text: object) -> None:
    box = raw.FS_RECTF()
    where = ctypes.byref(box)
    for index in range(raw.FPDFText_CountChars(text)):
        raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, where)


def _looks(text: object, count: int) -> None:
    matrix, name, flags = raw.FS_MATRIX(), ctypes.create_string_buffer(80), ctypes.c_int()
    for index in range(count):
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        raw.FPDFText_GetFontInfo(text, index, name, 80, ctypes.byref(flags))
        raw.FPDFText_GetFontWeight(text, index)
        raw.FPDFText_GetFontSize(text, index)
