import docx
import pytest
from docx.oxml import OxmlElement

from hyqa.parsing import word
from parsing.making import Fail, Read, bodies, word_bytes, zip_bytes


def styled(document: docx.document.Document) -> None:
    document.add_heading("园区办法", 0)
    document.add_paragraph("前言。")
    document.add_heading("总则", 1)
    document.add_paragraph("甲。")
    table = document.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, ("名称", "面积", "备注"), strict=True):
        cell.text = words
    merged = table.cell(1, 0).merge(table.cell(1, 1))
    merged.text = "松木"
    table.cell(1, 2).text = "北部"
    document.add_heading("范围", 2)
    document.add_paragraph("乙。\n丙。")


def test_styles_give_headings_and_tables_stay_in_place(read: Read) -> None:
    document = read("a.docx", word_bytes(styled))
    assert document.meta.title == "园区办法"
    assert bodies(document) == [
        ((), "前言。"),
        (("总则",), "甲。\n名称 | 面积 | 备注\n松木 | 北部"),
        (("总则", "范围"), "乙。\n丙。"),
    ]


def plain(document: docx.document.Document) -> None:
    for line in ("关于发展园区的意见", "一、目标", "到明年建成。", "二、保障", "落实责任。"):
        document.add_paragraph(line)


def test_without_styles_official_numbers_give_headings(read: Read) -> None:
    document = read("a.docx", word_bytes(plain))
    assert document.meta.title == "关于发展园区的意见"
    assert bodies(document) == [(("一、目标",), "到明年建成。"), (("二、保障",), "落实责任。")]


def test_insertions_stay_and_deletions_go(read: Read) -> None:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("旧的")
        run = paragraph.add_run("新增。")._r
        paragraph._p.append(inserted := OxmlElement("w:ins"))
        inserted.append(run)
        gone = paragraph.add_run("删去")._r
        paragraph._p.append(deleted := OxmlElement("w:del"))
        deleted.append(gone)

    assert read("a.docx", word_bytes(fill)).text == "旧的新增。"


def test_damaged_documents_fail(fail: Fail) -> None:
    good = word_bytes(plain)
    for content in (good[: len(good) // 2], b"PK\x03\x04", zip_bytes("x", 1)):
        assert "no Word document" in fail("a.docx", content)
    assert "password" in fail("b.docx", b"\xd0\xcf\x11\xe0" + bytes(100))
    assert "no text" in fail("c.docx", word_bytes(lambda document: document.add_paragraph("")))


def test_zip_bomb_is_not_unpacked(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MAX_XML", 10_000_000)
    assert "room" in fail("a.docx", zip_bytes("word/document.xml", 20_000_000))
    monkeypatch.setattr(word, "MAX_UNPACKED", 10_000_000)
    assert "room" in fail("b.docx", zip_bytes("word/media/x.png", 20_000_000))
