import pytest
from fpdf import FPDF
from PIL import Image

from hyqa.parsing.blocks import Block
from hyqa.parsing.pdf import pdfium
from hyqa.parsing.pdf.document import parse_pdf, read_pages
from hyqa.parsing.pdf.layout.faults import FONTS, is_garbled, spread_faults
from hyqa.parsing.pdf.layout.pages import Page, Run
from hyqa.parsing.pdf.layout.title import lift_title
from hyqa.types import PageStart
from hyqa.types.errors import ParseError
from parsing.making import Fail, Read, bodies, pdf_bytes
from parsing.typeset import EM, TOP, blocks, page, run

FIRST = """Guide to the Songmu Zone
The zone was founded in 2006 and covers some twenty square kilometres of
land in the north of the city, where salt has been worked for decades.
Companies that settle there pay no fee for the first year and are helped
by an office which answers within three days, whatever the ques-"""
SECOND = """tion may be, and which also finds workers and schools.
The second paragraph stands by itself on the page and is of no great len-
gth."""
THIRD = "The third page holds one line that is long enough to be read as a paragraph."


def test_paragraph_is_joined_over_lines_and_pages(read: Read) -> None:
    document = read("a.pdf", pdf_bytes(FIRST, SECOND, THIRD, header="City of Hengyang 2024"))
    assert document.meta.title == "Guide to the Songmu Zone"
    assert "Hengyang 2024" not in document.text and "- 1 -" not in document.text
    assert "the question may be" in document.text and "kilometres of land" in document.text
    assert [start.page for start in document.page_starts] == [1, 2, 3]
    for start, words in zip(document.page_starts, ("Guide", "tion may", "The third"), strict=True):
        assert document.text[start.offset :].startswith(words)


def scan_bytes(*pages: str) -> bytes:
    """A PDF with a picture all over each page that is given no words."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for words in pages:
        pdf.add_page()
        if words:
            pdf.multi_cell(0, 8, words)
        else:
            pdf.image(Image.new("L", (60, 80), 200), 0, 0, 210, 297)
    return bytes(pdf.output())


def test_empty_pages_hold_no_text(fail: Fail) -> None:
    assert "no text" in fail("a.pdf", pdf_bytes("", ""))


def test_scans_have_no_text_layer(fail: Fail) -> None:
    assert "scan" in fail("a.pdf", scan_bytes("", ""))


def test_pages_that_need_recognition_are_told_apart() -> None:
    pages = read_pages(scan_bytes(FIRST.replace("\n", " "), "", "Short."))
    assert [page.needs_ocr for page in pages] == [False, True, False]


def test_what_is_recognised_stands_on_its_page() -> None:
    data = scan_bytes(FIRST.replace("\n", " "), "", SECOND.replace("\n", " "))
    asked = []

    def recognise(given: bytes, number: int) -> list[Run]:
        asked.append((given == data, number))
        return [Run("第二页是扫描件。", 70, 100, 180, 112, 12)]

    parsed = parse_pdf(data, recognise)
    assert asked == [(True, 2)]
    start = parsed.text.index("第二页是扫描件。")
    assert PageStart(start, 2) in parsed.page_starts


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ÖÐ»ªÈËÃñ¹²ºÍ¹úÎÀÉúÐÐÒµ±ê×¼ÎÀÉúÐÅÏ¢", True),
        ("衡阳市人民政府办公室关于印发支持制造业高质量发展若干措施的通知各县市区", False),
        ("衡陽市人民政府關於鼓勵投資興辦實業的若干規定各有關單位請認真貫徹執行", False),
        ("嗄亍癃瓞黢龠氍糗鬯篪艉艚舄趵踣跽酹酽醪鋈鏊霪髁魇鬣麂麇黹黻鼢鼷齑", True),
        ("!\"#$%&'()*+,-./0123456789:;<=>?@" * 3, True),
        ('<id root="2.16.156"/>' * 20, False),
        ("Où l'entreprise a créé des emplois à Hengyang, une aide est versée", False),
    ],
)
def test_garbled_text_is_told_from_rare_and_traditional(text: str, fault: bool) -> None:
    assert is_garbled(text) is fault


def test_locked_file_says_so(fail: Fail) -> None:
    assert "password" in fail("a.pdf", pdf_bytes(FIRST, password="secret"))


@pytest.mark.parametrize("keep", [0, 9, 300, 700])
def test_damaged_files_fail_quietly(
    fail: Fail, keep: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert fail("a.pdf", pdf_bytes(FIRST)[:keep]).startswith("it ")
    assert capfd.readouterr() == ("", "")


def test_files_of_other_kinds_fail(fail: Fail) -> None:
    assert "no PDF" in fail("a.pdf", "<html>错误</html>")


def test_too_many_pages(fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MAX_PAGES", 2)
    assert "more than 2 pages" in fail("a.pdf", pdf_bytes(FIRST, FIRST, FIRST))


OFFICIAL = (
    ("云政办发〔2024〕3号", 8), ("关于支持制造业高质量发展", 7), ("的若干措施", 10.5),
    ("为了推动制造业高质量发展，根据国家和省有关规定，结合本市", 2), ("实际，制定以下措施。", 0),
    ("一、支持范围", 2), ("本措施适用于在本市登记的制造业企业，依照本措施第十条以及", 2),
    ("第（一）项、第（三）项和第（四）项以外的各项规定，即以上第", 0),
    ("（二）项的规定给予支持，支持资金不超过五百万元，经费由市财", 0), ("政承担。", 0),
    ("二、支持方式", 2), ("（一）奖励", 2),
    ("对年度新增投资超过一千万元的企业，按照投资额的百分之五给予", 2),
    ("一次性奖励（依据《关于加强制造业资金管理的通知》云财发〔20", 0), ("23〕12号）。", 0),
    ("第五条 本措施自发布之日起施行，有效期三年，由市工业和信息", 2), ("化局负责解释。", 0),
)  # fmt: skip


def test_lines_of_an_official_document_become_its_paragraphs() -> None:
    lines = [
        run(text, indent, 0 if index < 9 else -9, size=EM if index not in (1, 2) else 14)
        for index, (text, indent) in enumerate(OFFICIAL)
    ]
    lines = [
        line._replace(top=TOP + (index % 9) * 16, bottom=TOP + (index % 9) * 16 + line.size)
        for index, line in enumerate(lines)
    ]
    read = blocks([page(1, *lines[:9]), page(2, *lines[9:])])
    assert [block.text for block in read if block.level] == [
        "一、支持范围", "二、支持方式", "（一）奖励",
    ]  # fmt: skip
    assert [block.text for block in read if block.level == 0] == [
        "关于支持制造业高质量发展的若干措施"
    ]
    assert [block.text for block in read if block.level is None] == [
        "云政办发〔2024〕3号",
        "为了推动制造业高质量发展，根据国家和省有关规定，结合本市实际，制定以下措施。",
        "本措施适用于在本市登记的制造业企业，依照本措施第十条以及第（一）项、第（三）项和第（四）项"
        "以外的各项规定，即以上第（二）项的规定给予支持，支持资金不超过五百万元，经费由市财政承担。",
        "对年度新增投资超过一千万元的企业，按照投资额的百分之五给予一次性奖励"
        "（依据《关于加强制造业资金管理的通知》云财发〔2023〕12号）。",
        "第五条 本措施自发布之日起施行，有效期三年，由市工业和信息化局负责解释。",
    ]
    (mark,) = read[4].pages
    assert (read[4].text[mark.offset :], mark.page) == ("政承担。", 2)


def table_bytes(rows: list[list[str]], turned: int = 0) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.cell(0, 8, "Rates of support", new_x="LMARGIN", new_y="NEXT")
    with pdf.table() as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    data = bytes(pdf.output())
    return (
        data.replace(b"/Type /Page\n", f"/Type /Page\n/Rotate {turned}\n".encode())
        if turned
        else data
    )


ROWS = [
    ["Measure", "Rate", "Limit"],
    *([f"Support {n}", f"{n}%", "one year"] for n in range(1, 61)),
]


def test_table_over_two_pages_is_one_with_its_header(read: Read) -> None:
    document = read("a.pdf", table_bytes(ROWS))
    (table,) = document.tables
    lines = document.text[table.start : table.end].split("\n")
    assert lines == [" | ".join(row) for row in ROWS]
    assert document.text[table.header_start : table.header_end] == "Measure | Rate | Limit"
    assert [start.page for start in document.page_starts] == [1, 2]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_page_that_is_shown_turned_reads_the_same(read: Read, turned: int) -> None:
    assert (
        read("a.pdf", table_bytes(ROWS[:9], turned)).text
        == read("b.pdf", table_bytes(ROWS[:9])).text
    )


def test_fonts_without_names_are_refused_where_nothing_recognises_them() -> None:
    with pytest.raises(ParseError, match="fonts"):
        parse_pdf(pdf_bytes("/G21/G22/G23/G24 words\n" * 20))


def test_every_page_of_a_report_is_marked(read: Read) -> None:
    document = read("a.pdf", pdf_bytes(THIRD, "", THIRD.replace("third", "last")))
    assert [start.page for start in document.page_starts] == [1, 3]
    assert bodies(document)[0][0] == ()


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (
            ["Watch and clock park in", "Hengyang County", "The park is large."],
            "The park is large.",
        ),
        (["Watch and clock park in Hengyang County Digest, not official"], "Digest, not official"),
    ],
)
def test_a_title_that_the_file_tells_is_taken_whole(lines: list[str], rest: str) -> None:
    known = "Watch and clock park in Hengyang County"
    blocks, title = lift_title([Block(line) for line in lines], known)
    assert title == known
    assert [block.text for block in blocks] == [known, rest]


def test_white_letters_are_read_where_they_can_be_seen(read: Read) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.cell(0, 8, "Words that everybody sees.", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(255, 255, 255)
    pdf.cell(0, 8, "Hidden words.", new_x="LMARGIN", new_y="NEXT")
    pdf.set_fill_color(0, 0, 120)
    pdf.cell(60, 8, "Words on blue", fill=True, new_x="LMARGIN", new_y="NEXT")
    text = read("a.pdf", bytes(pdf.output())).text
    assert "Hidden" not in text and "everybody sees" in text and "Words on blue" in text


def test_words_beside_a_page_turned_sideways_are_read_as_words(read: Read) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for _ in range(5):
        pdf.cell(0, 8, "A line of the page that stands upright.", new_x="LMARGIN", new_y="NEXT")
    with pdf.rotation(90, 150, 200):
        pdf.text(150, 200, "Sideways")
    assert "Sideways" in read("a.pdf", bytes(pdf.output())).text


def test_where_most_pages_have_broken_fonts_all_need_recognition() -> None:
    pages = [Page(number, 500, 800, (run("云", 0, 0),), fault=FONTS) for number in (1, 2)]
    sound, scan = Page(3, 500, 800, (run("岭", 0, 0),)), Page(4, 500, 800, fault="scan")
    assert [page.needs_ocr for page in spread_faults([*pages, sound, scan])] == [True] * 4
    assert not spread_faults([sound, sound, pages[0]])[0].needs_ocr
