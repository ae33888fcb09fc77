import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from hyqa.parsing import packages
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
    monkeypatch.setattr(packages, "MAX_XML", 10_000_000)
    assert "room" in fail("a.docx", zip_bytes("word/document.xml", 20_000_000))
    monkeypatch.setattr(packages, "MAX_UNPACKED", 10_000_000)
    assert "room" in fail("b.docx", zip_bytes("word/media/x.png", 20_000_000))


def test_a_row_says_what_reaches_into_it_and_knows_its_header(read: Read) -> None:
    def fill(document: docx.document.Document) -> None:
        rows = (
            ("类别", "条件", "标准"),
            ("新建", "一年内", "100元"),
            ("", "两年内", "80元"),
            ("租用", "", "50元"),
        )
        table = document.add_table(4, 3)
        for row, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        document.add_paragraph("后记。")

    document = read("a.docx", word_bytes(fill))
    assert document.text == (
        "类别 | 条件 | 标准\n新建 | 一年内 | 100元\n新建 | 两年内 | 80元\n租用 |  | 50元\n后记。"
    )
    (table,) = document.tables
    assert document.text[table.header_start : table.header_end] == "类别 | 条件 | 标准"
    assert document.text[table.end :] == "\n后记。"


def test_a_table_of_one_column_is_a_frame_around_text(read: Read) -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("云岭市投资办法")
        cell = document.add_table(1, 1).cell(0, 0)
        for line in ("一、目标", "到明年建成。"):
            cell.add_paragraph(line)

    assert bodies(read("a.docx", word_bytes(fill))) == [(("一、目标",), "到明年建成。")]


def note_part(document: docx.document.Document, text: str) -> None:
    blob = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def test_footnotes_stand_at_the_end_of_their_section(read: Read) -> None:
    def fill(document: docx.document.Document) -> None:
        note_part(document, "以评估价为准。")
        document.add_paragraph("前言。")
        document.add_heading("标准", 1)
        paragraph = document.add_paragraph("补助为设备价款")
        paragraph.add_run()._r.append(reference := OxmlElement("w:footnoteReference"))
        reference.set(qn("w:id"), "2")
        paragraph.add_run("的一成。")
        document.add_paragraph("最高二百万元。")
        document.add_heading("附则", 1)
        document.add_paragraph("自印发之日起施行。")

    assert bodies(read("a.docx", word_bytes(fill))) == [
        ((), "前言。"),
        (("标准",), "补助为设备价款的一成。\n最高二百万元。\n1 以评估价为准。"),
        (("附则",), "自印发之日起施行。"),
    ]


BOX = """<w:r {0} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


def test_text_boxes_are_read_once_after_their_paragraph(read: Read) -> None:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("框前")
        paragraph._p.append(parse_xml(BOX.format(nsdecls("w"))))
        paragraph.add_run("框后。")
        document.add_paragraph("下一段。")

    assert read("a.docx", word_bytes(fill)).text == "框前框后。\n框内。\n下一段。"


def test_a_paragraph_whose_end_was_deleted_goes_on_and_hidden_words_are_not_read(
    read: Read,
) -> None:
    def fill(document: docx.document.Document) -> None:
        properties = document.add_paragraph("补助最高")._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="a"/></w:rPr>')
        )
        paragraph = document.add_paragraph("二百万元。")
        paragraph.add_run("内部批注").font.hidden = True
        symbol = paragraph.add_run()._r
        symbol.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FE"/>'))

    assert read("a.docx", word_bytes(fill)).text == "补助最高二百万元。☑"
