"""Hostile files, made on the fly and small on disk, and the words that each is refused with."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl

from parsing.making import pdf_bytes, word_bytes


@dataclass(frozen=True)
class Hostile:
    make: Callable[[], bytes]
    expected: str


def _pdf(*objects: str, root: int = 1) -> bytes:
    """A PDF of hand-written objects, numbered from 1."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + (head + tail).encode()


def _stream(data: bytes, more: str = "") -> str:
    return f"<</Length {len(data)}{more}>>\nstream\n{data.decode('latin-1')}\nendstream"


def many_pages(count: int = 10_000) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        *[page] * count,
    )  # fmt: skip


def endless_pages() -> bytes:
    """A tree of pages that holds itself."""
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>")


def lying_count() -> bytes:
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 999999999/Kids[]>>")


def recursive_form() -> bytes:
    """A page whose drawing draws itself."""
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        _stream(b"/X Do"),
        _stream(
            b"/X Do /X Do", "/Type/XObject/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>"
        ),
    )  # fmt: skip


def deep_array() -> bytes:
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", "[" * 200_000)


def flate_bomb() -> bytes:
    packed = zlib.compress(bytes(150_000_000), 9)
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        _stream(packed, "/Filter/FlateDecode"),
    )


def pictured_page(side: int, pixels: bytes) -> bytes:
    """A page of one picture that says it is so many pixels wide and high."""
    kind = "/Type/XObject/Subtype/Image/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</XObject<</X 5 0 R>>>>>>",
        _stream(b"q 595 0 0 842 0 0 cm /X Do Q"),
        _stream(pixels, f"{kind}/Width {side}/Height {side}"),
    )


def _repacked(parts: dict[str, bytes], good: bytes = b"") -> bytes:
    """A file of zipped XML, else a Word document, with parts of it replaced or added."""
    good = good or word_bytes(lambda document: document.add_paragraph("甲。"))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def entity_bomb() -> bytes:
    """A billion laughs."""
    entities = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    text = f"<w:document {_WORD}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    xml = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{text}'
    return _repacked({"word/document.xml": xml.encode()})


def external_entity() -> bytes:
    text = f"<w:document {_WORD}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>{text}'
    return _repacked({"word/document.xml": xml.encode()})


def deep_word() -> bytes:
    nested = f"{'<w:ins>' * 50_000}{'</w:ins>' * 50_000}"
    xml = f"<w:document {_WORD}><w:body>{nested}</w:body></w:document>"
    return _repacked({"word/document.xml": xml.encode()})


def sized_zip(size: int, claimed: int) -> bytes:
    """A picture that says it takes another number of bytes than it does."""
    data = bytearray(_repacked({"word/media/image1.png": bytes(size)}))
    while (place := data.find(size.to_bytes(4, "little"))) >= 0:
        data[place : place + 4] = claimed.to_bytes(4, "little")
    return bytes(data)


_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _workbook(sheet: str, strings: str = "") -> bytes:
    """A workbook of one sheet, its XML as given."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲", "乙"])
    out = io.BytesIO()
    workbook.save(out)
    xml = f"<worksheet {_SHEET}>{sheet}</worksheet>".encode()
    parts = {"xl/worksheets/sheet1.xml": xml}
    if strings:
        parts["xl/sharedStrings.xml"] = strings.encode()
    return _repacked(parts, out.getvalue())


def far_cells() -> bytes:
    """A sheet that says it is as large as one can be, with a cell in its last corner."""
    row = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>字</t></is></c></row>'
    rows = row.format(1, "A") + row.format(1_048_576, "XFD")
    return _workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>')


def merged_everywhere() -> bytes:
    cells = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>字</t></is></c></row></sheetData>'
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 5000
    return _workbook(f"{cells}<mergeCells>{merged}</mergeCells>")


def deep_sheet() -> bytes:
    return _workbook("<sheetData>" + "<row>" * 30_000 + "</row>" * 30_000 + "</sheetData>")


def entity_sheet() -> bytes:
    entities = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    strings = f"<!DOCTYPE x [{entities}]><sst {_SHEET}><si><t>&j;</t></si></sst>"
    return _workbook('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', strings)


def locked_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)


def nested_html() -> bytes:
    return b"<html><body>" + b"<div>" * 40_000 + "正文。".encode()


def huge_html() -> bytes:
    """A page of 50 MB, of more elements than there is memory for."""
    return b"<html><body>" + b"<p>word <b>word</b></p>\n" * 2_080_000


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _page() -> bytes:
    return pdf_bytes("A page of words that are long enough to be read.\n" * 5)


def _docx() -> bytes:
    return word_bytes(lambda document: document.add_paragraph("甲。"))


FILES = {
    "empty.pdf": Hostile(lambda: b"", "empty"),
    "blank.docx": Hostile(lambda: b" \n\0" * 50, "empty"),
    "half.pdf": Hostile(lambda: truncated(_page()), "damaged"),
    "half.docx": Hostile(lambda: truncated(_docx()), "damaged"),
    "locked.pdf": Hostile(lambda: pdf_bytes("x", password="geheim"), "password"),
    "locked.docx": Hostile(locked_word, "password"),
    "large.html": Hostile(lambda: b"<p>" + b"x" * 50_000_000, "larger than 50 MB"),
    "pages.pdf": Hostile(many_pages, "more than 3000 pages"),
    "endless.pdf": Hostile(endless_pages, "damaged"),
    "lying.pdf": Hostile(lying_count, "! it"),
    "form.pdf": Hostile(recursive_form, "! it"),
    "deep.pdf": Hostile(deep_array, "! it"),
    "flate.pdf": Hostile(flate_bomb, "! "),
    "zip.docx": Hostile(lambda: _repacked({"word/document.xml": bytes(150_000_000)}), "room"),
    "image.docx": Hostile(lambda: sized_zip(1_000_003, 600_000_000), "room"),
    "lying.docx": Hostile(lambda: sized_zip(100_000_003, 1000), ""),
    "bomb.docx": Hostile(entity_bomb, "! "),
    "entity.docx": Hostile(external_entity, "! "),
    "deep.docx": Hostile(deep_word, "! "),
    "zip.xlsx": Hostile(lambda: _workbook(" " * 110_000_000), "room"),
    "far.xlsx": Hostile(far_cells, ""),
    "merged.xlsx": Hostile(merged_everywhere, ""),
    "deep.xlsx": Hostile(deep_sheet, "! "),
    "bomb.xlsx": Hostile(entity_sheet, "! "),
    "nested.html": Hostile(nested_html, "nested"),
    "huge.html": Hostile(huge_html, "! "),
    "null.txt": Hostile(lambda: b"\0\1\2" * 90, "binary"),
}
