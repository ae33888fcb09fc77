import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from hyqa.parsing.word.numbers import Numbering, chinese_number
from parsing.making import Read, bodies, word_bytes

Word = docx.document.Document


def define(document: Word, *levels: tuple[str, str]) -> str:
    """Defines a list by the figures and the shape of each level, and returns its number."""
    root = document.part.numbering_part.element
    number = str(900 + len(root))
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/>'
        f'<w:lvlText w:val="{shape}"/></w:lvl>'
        for depth, (figures, shape) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )
    return number


def item(document: Word, text: str, number: str, depth: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


def test_automatic_numbers_stand_in_the_text_as_a_reader_sees_them(read: Read) -> None:
    def fill(document: Word) -> None:
        levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
        outline = define(document, *levels)
        document.add_paragraph("云岭市投资办法")
        item(document, "支持范围", outline)
        item(document, "本办法适用于制造业企业。", outline, 2)
        item(document, "服务业企业参照执行。", outline, 2)
        item(document, "支持标准", outline)
        item(document, "厂房补助", outline, 1)
        item(document, "每平方米一百元。", outline, 2)

    document = read("a.docx", word_bytes(fill))
    assert bodies(document) == [
        (("一、支持范围",), "1. 本办法适用于制造业企业。\n2. 服务业企业参照执行。"),
        (("二、支持标准", "（一）厂房补助"), "1. 每平方米一百元。"),
    ]


def test_bullets_and_lists_that_are_switched_off_have_no_number(read: Read) -> None:
    def fill(document: Word) -> None:
        item(document, "甲", define(document, ("bullet", "\uf0b7")))
        item(document, "乙", "0")
        item(document, "丙", "77777")

    assert read("a.docx", word_bytes(fill)).text == "甲\n乙\n丙"


def test_numbers_come_from_styles_too(read: Read) -> None:
    def fill(document: Word) -> None:
        chapters = define(document, ("chineseCountingThousand", "第%1章 "))
        style = document.styles["Heading 1"].element.get_or_add_pPr()
        style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{chapters}"/></w:numPr>'))
        for name in ("总则", "附则"):
            document.add_heading(name, 1)
            document.add_paragraph("正文。")

    paths = [path for path, _ in bodies(read("a.docx", word_bytes(fill)))]
    assert paths == [("第一章 总则",), ("第二章 附则",)]


def test_a_column_of_automatic_numbers_is_read(read: Read) -> None:
    def fill(document: Word) -> None:
        number = define(document, ("decimal", "%1"))
        table = document.add_table(3, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "序号", "园区"
        for row, name in ((1, "青螺洲"), (2, "时针谷")):
            item(document, "", number)
            cell = table.cell(row, 0)._tc
            cell.remove(cell.find(qn("w:p")))
            cell.append(document.paragraphs[-1]._p)
            table.cell(row, 1).text = name

    assert read("a.docx", word_bytes(fill)).text == "序号 | 园区\n1 | 青螺洲\n2 | 时针谷"


@pytest.mark.parametrize(
    ("figures", "shape", "expected"),
    [
        ("decimal", "%1)", "2) "),
        ("upperRoman", "%1.", "II. "),
        ("lowerLetter", "(%1)", "(b) "),
        ("decimalEnclosedCircle", "%1", "② "),
        ("ideographTraditional", "%1、", "乙、"),
        ("decimalZero", "%1", "02 "),
        ("unheardOf", "%1.", "2. "),
        ("none", "附件", "附件"),
    ],
)
def test_figures_of_lists(figures: str, shape: str, expected: str) -> None:
    root = parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{figures}"/><w:lvlText w:val="{shape}"/></w:lvl>'
        f'</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    numbering = Numbering(root)
    numbering.next("5", 0)
    assert numbering.next("5", 0) == expected
    assert numbering.next("5", 42) == numbering.next("6", 0) == ""


def test_lower_levels_begin_anew_and_legal_ones_are_arabic() -> None:
    root = parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2">'
        '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num></w:numbering>"
    )
    numbering = Numbering(root)
    shown = [numbering.next("1", depth) for depth in (0, 1, 1, 0, 1)]
    assert shown == ["一、", "1.1 ", "1.2 ", "二、", "2.1 "]
    assert Numbering(root).next("2", 0) == "五、"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
    ],
)
def test_chinese_numbers(value: int, written: str) -> None:
    assert chinese_number(value) == written


def styled(document: Word, text: str, name: str) -> None:
    if name not in [style.name for style in document.styles]:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph(text, style=name)


def test_chinese_style_names_and_outline_levels_give_headings(read: Read) -> None:
    def fill(document: Word) -> None:
        styled(document, "园区办法", "公文标题")
        styled(document, "总则", "标题 1 字符")
        document.add_paragraph("甲。")
        styled(document, "范围", "二级标题")
        document.add_paragraph("乙。")
        outlined = document.add_paragraph("附则")._p.get_or_add_pPr()
        outlined.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
        document.add_paragraph("丙。")
        styled(document, "目录里的一行 3", "toc 1")

    document = read("a.docx", word_bytes(fill))
    assert document.meta.title == "园区办法"
    assert bodies(document) == [
        (("总则",), "甲。"), (("总则", "范围"), "乙。"), (("附则",), "丙。"),
    ]  # fmt: skip


def test_a_whole_text_in_a_heading_style_is_text(read: Read) -> None:
    def fill(document: Word) -> None:
        document.add_heading("总则", 1)
        document.add_heading("为支持企业投资，制定本办法。" * 12, 2)
        document.add_heading("附则", 1)
        document.add_paragraph("自印发之日起施行。")

    assert [path for path, _ in bodies(read("a.docx", word_bytes(fill)))] == [("总则",), ("附则",)]
