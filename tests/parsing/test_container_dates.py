"""The day on which a file was made is no date of issue: what is not stated is unknown."""

import io
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from fpdf import FPDF

from parsing.making import Read

MADE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
WORDS = "The park takes in companies that make machines, and lends them halls for three years."


def word_file(words: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(words)
    document.core_properties.created = document.core_properties.modified = MADE
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def pdf_file(words: str) -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica")
    document.multi_cell(0, text=words)
    document.set_creation_date(MADE)
    return bytes(document.output())


def excel_file(words: str) -> bytes:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["a", "b"])
    book.active.append([words, "1"])
    book.properties.created = book.properties.modified = MADE.replace(tzinfo=None)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", word_file(WORDS)),
        ("template.docx", word_file(WORDS)),
        ("a.pdf", pdf_file(WORDS)),
        ("a.xlsx", excel_file(WORDS)),
    ],
)
def test_a_file_that_states_no_date_has_none(read: Read, name: str, data: bytes) -> None:
    meta = read(name, data).meta
    assert (meta.issued, meta.effective, meta.expires) == ("", "", "")


def test_a_date_that_the_text_states_is_read(read: Read) -> None:
    data = word_file("placeholder")
    document = docx.Document(io.BytesIO(data))
    for line in ("云岭市人民政府关于用地的通知", "云政发〔2025〕9号", "各区县人民政府：", "优先安排用地。",
                 "云岭市人民政府", "2025年3月1日"):  # fmt: skip
        document.add_paragraph(line)
    document.paragraphs[0]._p.getparent().remove(document.paragraphs[0]._p)
    made = io.BytesIO()
    document.save(made)
    assert read("a.docx", made.getvalue()).meta.issued == "2025-03-01"
