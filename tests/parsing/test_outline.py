"""Headings are found by styles, by numbers and by the first sentences of paragraphs."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyqa.parsing.outline.outline import find_outline
from hyqa.types import Section, Table
from parsing.making import Read, word_bytes

BODY = "各部门要按照职责抓好落实，及时解决推进过程中出现的新情况新问题，确保措施见到实效。"
PLAN = f"""一、总体要求
{BODY}
二、重点任务
（一）优化布局。{BODY}一是完善规划；二是集约用地。
（二）强化招引。{BODY}
1．建立项目库。{BODY}
2．实行专班服务。{BODY}
三、保障措施
申请时提交下列材料：
（一）营业执照；
（二）备案文件。
{BODY}"""
OUTLINE = [
    (1, "一、总体要求"),
    (1, "二、重点任务"),
    (2, "（一）优化布局"),
    (2, "（二）强化招引"),
    (3, "1．建立项目库"),
    (3, "2．实行专班服务"),
    (1, "三、保障措施"),
]
"""What heads a part of it; the two materials only have numbers."""


def outline(text: str, *, bare: bool = False, plain: bool = False) -> list[tuple[int, str]]:
    """Level and words of each heading; with ``bare`` also of items that only have a number."""
    found = find_outline(text, (Section((), 0, len(text)),), plain=plain)
    return [
        (heading.level, text[heading.start : heading.end])
        for heading in found
        if bare or heading.title or heading.number.startswith("第")
    ]


def test_numbers_nest_and_headings_run_on_into_their_paragraphs() -> None:
    assert outline(PLAN) == OUTLINE


def test_a_text_that_lost_its_line_breaks_has_the_same_outline() -> None:
    assert outline(PLAN.replace("\n", " ")) == OUTLINE


def test_items_without_a_title_are_places_too() -> None:
    assert outline(PLAN, bare=True)[-2:] == [(2, "（一）"), (2, "（二）")]


def test_articles_are_numbered_through_chapters() -> None:
    text = (
        "第一章　总则\n第一条　为了发展，制定本办法。\n第二条　本办法适用于全市。\n"
        "第二章　申请\n第三条　符合第二条规定的，可以申请：\n（一）博士；\n（二）技师。\n第四条　市商务局负责解释。"
    )
    assert outline(text) == [
        (1, "第一章　总则"), (2, "第一条"), (2, "第二条"), (1, "第二章　申请"), (2, "第三条"), (2, "第四条"),
    ]  # fmt: skip


def test_an_article_that_is_written_oddly_does_not_end_their_count() -> None:
    text = "第一条　甲。\n第二条　规定由市政府制定。\n第3A条　乙。\n第四条　丙。"
    assert [words for _, words in outline(text)] == ["第一条", "第二条", "第四条"]


def test_clauses_of_a_standard_nest_by_their_figures() -> None:
    text = f"1 范围\n{BODY}\n2 术语\n2.1 园区\n{BODY}\n2.2 企业\n2.2.1 规模以上企业\n{BODY}\n3 要求\n{BODY}"
    assert [level for level, _ in outline(text)] == [1, 1, 2, 2, 3, 1]


def test_an_annex_has_its_own_numbers_and_its_title() -> None:
    text = f"一、目标\n{BODY}\n附件：1．分工表\n2．联系表\n附件1\n任务分工表\n一、产业类\n{BODY}\n附件2\n联系表\n一、电话\n{BODY}"
    assert outline(text, bare=True) == [
        (1, "一、目标"), (1, "附件1\n任务分工表"), (2, "一、产业类"), (1, "附件2\n联系表"), (2, "一、电话"),
    ]  # fmt: skip


def test_what_a_notice_forwards_has_its_own_title() -> None:
    text = (
        "关于印发《云岭市人才公寓管理办法》的通知 各单位： 现印发给你们。 云岭市人民政府 2025年1月1日 "
        f"云岭市人才公寓管理办法 一、总则 {BODY} 二、申请 {BODY}"
    )
    assert outline(text) == [(1, "云岭市人才公寓管理办法"), (2, "一、总则"), (2, "二、申请")]


def test_the_title_of_what_is_forwarded_may_name_its_place() -> None:
    text = (
        "云岭市人民政府办公室关于印发支持中小企业发展若干措施的通知 各单位： 现印发给你们。 2025年1月1日 "
        f"云岭市支持中小企业发展的若干措施 一、减税。{BODY} 二、减租。{BODY}"
    )
    assert outline(text)[0] == (1, "云岭市支持中小企业发展的若干措施")


def test_a_number_behind_a_day_begins_a_line() -> None:
    text = f"一、检查时间 2025年2月19日至22日 二、检查重点 {BODY}"
    assert outline(text) == [(1, "一、检查时间"), (1, "二、检查重点")]


def test_sentences_among_lines_that_are_headings_are_none() -> None:
    lines = [f"{number}、第{number}项工作\n{BODY}" for number in "一二三四五"]
    text = "\n".join([*lines, f"六、本规定适用于企业。\n{BODY}", f"七、各单位参照执行。{BODY}"])
    assert [words for _, words in outline(text)] == [line.split("\n")[0] for line in lines]


def test_a_single_part_is_of_the_title_of_a_standard() -> None:
    text = f"指标目录\nPart 1: General\n1 范围\n{BODY}\n2 术语\n{BODY}"
    assert [level for level, _ in outline(text)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        f"一是加快建设；二是抓好落实。{BODY}",
        f"一、二季度增长8%，三、四季度放缓。{BODY}",
        f"1.5亿元用于修路。{BODY}\n2.3公里已经完工。{BODY}",
        f"12.{BODY}\n7.{BODY}",
        f"第三条规定的情形除外。{BODY}",
        f"（三）项所列材料。{BODY}",
        f"2025年7月1日起。{BODY}",
        "一、身份证\n二、营业执照\n三、申请表",
        "",
        "\n \n",
    ],
)
def test_prose_and_figures_are_no_headings(text: str) -> None:
    assert outline(text) == []


def test_one_item_of_many_with_a_short_first_sentence_has_no_heading() -> None:
    items = [f"{n}．{BODY[:-1]}，做好第{n}项工作。" for n in range(1, 8)]
    items[3] = f"4．加强管理。{BODY}"
    assert outline("\n".join(["一、措施", *items])) == [(1, "一、措施")]


def test_lines_above_paragraphs_are_headings_where_no_format_tells() -> None:
    text = f"News\nFees\nNo fee is taken for the licence, and seals cost little.\nPlaces\n{'The hall is open. ' * 4}".strip()
    assert outline(text, plain=True) == [(1, "Fees"), (1, "Places")]
    contact = text.replace("Places", "Phone: 0730-1234")
    assert outline(contact, plain=True) == [(1, "Fees")]
    assert outline(text) == []


def test_english_chapters_and_articles_nest() -> None:
    text = "Chapter I General\nArticle 1 These rules apply to all.\nArticle 2 As Article 1 says.\nChapter II Fees\nArticle 3 None."
    assert [level for level, _ in outline(text)] == [1, 2, 2, 1, 2]


def test_a_heading_of_everything_is_the_rest_of_the_title(read: Read) -> None:
    def fill(document: object) -> None:
        document.add_heading("云岭市园区规范", 0)  # type: ignore[attr-defined]
        document.add_heading("编制说明", 1)  # type: ignore[attr-defined]
        for words in ("任务情况", "编制原则"):
            document.add_heading(words, 2)  # type: ignore[attr-defined]
            document.add_paragraph(BODY)  # type: ignore[attr-defined]

    made = read("a.docx", word_bytes(fill))
    assert [(heading.level, heading.title) for heading in made.outline] == [
        (1, "任务情况"),
        (1, "编制原则"),
    ]


def test_rows_of_a_table_are_no_headings() -> None:
    text = f"一、目标\n{BODY}\n1. 甲\n2. 乙\n{BODY}"
    start = text.index("1. 甲")
    found = find_outline(
        text, (Section((), 0, len(text)),), (Table(start, start + 9, start, start),)
    )
    assert [heading.number for heading in found] == ["一、"]


def test_styles_of_a_document_are_kept_and_numbers_add_to_them(read: Read) -> None:
    def fill(document: object) -> None:
        document.add_heading("扶持政策", 1)  # type: ignore[attr-defined]
        document.add_paragraph(f"（一）人才补贴。{BODY}")  # type: ignore[attr-defined]
        document.add_paragraph(f"（二）租房补贴。{BODY}")  # type: ignore[attr-defined]
        document.add_heading("办理流程", 1)  # type: ignore[attr-defined]
        document.add_paragraph(BODY)  # type: ignore[attr-defined]
        document.add_heading("附则", 1)  # type: ignore[attr-defined]
        document.add_paragraph(BODY)  # type: ignore[attr-defined]

    made = read("a.docx", word_bytes(fill))
    assert [(heading.level, heading.number + heading.title) for heading in made.outline] == [
        (1, "扶持政策"), (2, "（一）人才补贴"), (2, "（二）租房补贴"), (1, "办理流程"), (1, "附则"),
    ]  # fmt: skip


LINES = st.lists(
    st.sampled_from([*PLAN.split("\n"), "附件1", "附件：1.表", "第一章", "第九条", "1.1 甲", "①", "（3）"])
    | st.text(st.sampled_from("一二、（）1.．第章条附件：。 \n甲"), max_size=20),
    max_size=20,
)  # fmt: skip


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", " ", "　　"]), st.booleans())
def test_headings_stand_in_the_text_in_order_and_nest(
    lines: list[str], gap: str, plain: bool
) -> None:
    text = gap.join(lines)
    found = find_outline(text, (Section((), 0, len(text)),), plain=plain)
    for heading in found:
        assert 0 <= heading.start < heading.end <= len(text)
        assert text.startswith(heading.number, heading.start)
        assert "".join(heading.title.split()) in "".join(text[heading.start : heading.end].split())
    assert all(left.end <= right.start for left, right in pairwise(found))
    levels = [0, *(heading.level for heading in found)]
    assert all(1 <= after <= before + 1 for before, after in pairwise(levels))
