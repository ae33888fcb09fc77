from hypothesis import given
from hypothesis import strategies as st

from hyqa.parsing.pdf.layout.pages import Page, Rule
from hyqa.parsing.pdf.layout.tables import PageTable
from parsing.typeset import EM, HEIGHT, LEADING, LEFT, TOP, blocks, page, parts, run, texts, typeset

LETTERS = "云岭市企业投资奖励资金按年度核定由财政承担并公布执行"
SENTENCE = st.text(st.sampled_from(LETTERS), min_size=30, max_size=150).map(
    lambda text: text + "。"
)


@given(st.lists(SENTENCE, min_size=1, max_size=12), st.integers(20, 30), st.integers(5, 30))
def test_paragraphs_come_back_as_they_were_written(
    written: list[str], columns: int, per_page: int
) -> None:
    assert texts(typeset(written, columns, per_page)) == written


@given(st.lists(SENTENCE, min_size=2, max_size=12), st.integers(5, 9))
def test_every_page_begins_where_its_first_line_stands(written: list[str], per_page: int) -> None:
    pages = typeset(written, 30, per_page)
    read = blocks(pages)
    begun = {mark.page: block.text[mark.offset :] for block in read for mark in block.pages}
    assert set(begun) == {each.number for each in pages}
    for each in pages:
        assert begun[each.number].startswith(each.runs[0].text)


def test_paragraph_without_a_stop_ends_where_a_line_ends_early() -> None:
    pages = [
        page(
            1,
            run("云" * 28, 2, 0), run("岭" * 30, 0, 1), run("市", 0, 2), run("企" * 28, 2, 3),
            run("业" * 30, 0, 4), run("投资", 0, 5),
        )
    ]  # fmt: skip
    assert texts(pages) == ["云" * 28 + "岭" * 30 + "市", "企" * 28 + "业" * 30 + "投资"]


def test_items_that_hang_are_one_paragraph_each() -> None:
    pages = [
        page(
            1,
            run("云" * 28 + "：", 2, 0), run("——" + "岭" * 26, 2, 1), run("市" * 9 + "；", 4, 2),
            run("——" + "企" * 26, 2, 3), run("业" * 5 + "。", 4, 4), run("资" * 28, 2, 5),
            run("金" * 30, 0, 6),
        )
    ]  # fmt: skip
    assert [text[:3] for text in texts(pages)] == ["云云云", "——岭", "——企", "资资资"]


def test_tags_of_a_listing_stand_on_lines_of_their_own() -> None:
    full = "<" + "a" * 28 + ">"
    assert texts([page(1, run(full, 0, 0), run("<b>云</b>", 0, 1))]) == [full, "<b>云</b>"]
    assert texts([page(1, run("a" * 28 + ">", 0, 0), run("b岭", 0, 1))]) == ["a" * 28 + "> b岭"]


def test_a_cell_with_a_line_of_nothing_but_invisible_characters_is_read() -> None:
    rules = [Rule(x, 0, x + 1, 400) for x in (50, 200, 350)]
    rules += [Rule(50, y, 350, y + 1) for y in (140, 200, 260)]
    runs = [run("甲", 0, 0), run("\ue123", 0, 1), run("乙", 0, 2), run("丙", 20, 0)]
    runs += [run("丁", 0, 4), run("戊", 20, 4)]
    assert any("甲" in text for text in texts([page(1, *runs, rules=rules)]))


def test_number_at_the_margin_of_a_full_line_is_a_reference() -> None:
    pages = [
        page(
            1,
            run("按照" * 14, 2, 0),
            run("第" * 29 + "依", 0, 1),
            run("（二）项的规定执行。", 0, 2),
        )
    ]
    assert len(texts(pages)) == 1


def test_lines_in_the_middle_are_one_title() -> None:
    pages = [
        page(
            1, run("云岭市支持制造业发展的", 8, 0, size=16), run("若干措施", 12.6, 1.4, size=16),
            run("为" * 28, 2, 4), run("了" * 30, 0, 5), run("市。", 0, 6),
        )
    ]  # fmt: skip
    assert texts(pages)[0] == "云岭市支持制造业发展的若干措施"
    assert blocks(pages)[0].level == 0


def test_note_stands_before_the_paragraph_that_goes_on_beyond_its_page() -> None:
    first = [
        run("云" * 28, 2, line) if line % 2 == 0 else run("岭。", 0, line) for line in range(6)
    ]
    note = run("1 本文所称企业指工业企业。", 0, 36, size=8)
    call = run("1", 30, 6, size=5)
    pages = [
        page(1, *first, run("企" * 28, 2, 6), call, note),
        page(2, run("业。", 0, 0), run("资" * 28, 2, 1), run("金。", 0, 2)),
    ]
    assert texts(pages)[-3:] == [
        "1 本文所称企业指工业企业。", "企" * 28 + "业。", "资" * 28 + "金。",
    ]  # fmt: skip


def test_columns_are_read_one_after_the_other() -> None:
    lines = [run("云" * 13, 0, line) for line in range(8)] + [run("岭。", 0, 8)]
    right = [run("市" * 13, 16, line) for line in range(8)] + [run("企。", 16, 8)]
    head = run("标题横贯两栏的一行文字在上面", 8, -2)
    assert texts([page(1, head, *lines, *right)])[1:] == ["云" * 104 + "岭。", "市" * 104 + "企。"]


def frame(top: float, rows: int, *ems: float) -> list[Rule]:
    """The rules of a table whose columns begin at so many ems from the margin."""
    across = [LEFT + em * EM for em in ems]
    down = [TOP + (top + row) * LEADING - 3 for row in range(rows + 1)]
    level = [Rule(across[0], y, across[-1], y + 0.5) for y in down]
    return level + [Rule(x, down[0], x + 0.5, down[-1]) for x in across]


def table_page(number: int, top: float, *rows: tuple[str, ...]) -> Page:
    runs = [
        run(cell, 0.5 + 10 * column, top + index)
        for index, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]
    rules = frame(top, len(rows), *(10 * column for column in range(len(rows[0]) + 1)))
    return page(number, *runs, rules=rules)


def test_an_empty_cell_keeps_its_place_under_a_header() -> None:
    rows = (
        ("项目", "标准", "备注"),
        ("设备补贴", "", "两年"),
        ("", "5%", ""),
        ("租金", "3%", "一年"),
    )
    assert texts([table_page(1, 0, *rows)]) == [
        "项目 | 标准 | 备注",
        "设备补贴 |  | 两年",
        "| 5%",
        "租金 | 3% | 一年",
    ]


def test_rows_of_a_table_are_paragraphs_and_its_header_is_known() -> None:
    pages = [
        table_page(1, 0, ("项目", "标准", "备注"), ("设备补贴", "3%", ""), ("租金", "5%", "两年"))
    ]
    read = blocks(pages)
    assert [(block.text, block.header) for block in read] == [
        ("项目 | 标准 | 备注", True), ("设备补贴 | 3%", False), ("租金 | 5% | 两年", False),
    ]  # fmt: skip


def test_table_goes_on_over_the_page_with_its_header_once_and_its_row_whole() -> None:
    pages = [
        table_page(1, 30, ("编号", "测试说明"), ("甲甲", "一"), ("乙乙", "说明的文字到此为")),
        table_page(2, 0, ("编号", "测试说明"), ("", "止。"), ("丙丙", "三")),
    ]
    read = blocks(pages)
    assert [block.text for block in read] == [
        "编号 | 测试说明", "甲甲 | 一", "乙乙 | 说明的文字到此为止。", "丙丙 | 三",
    ]  # fmt: skip
    (mark,) = read[2].pages
    assert (mark.page, read[2].text[mark.offset :]) == (2, "止。")


def test_cell_merged_over_rows_counts_where_it_begins() -> None:
    runs = [
        run("重点企业", 0.5, 0.5),
        run("甲", 10.5, 0),
        run("乙", 10.5, 1),
        run("丙", 10.5, 2),
        run("一般", 0.5, 2),
    ]
    rules = [rule for rule in frame(0, 3, 0, 10, 20)]
    rules[1] = Rule(LEFT + 10 * EM, rules[1].top, rules[1].right, rules[1].bottom)
    assert texts([page(1, *runs, rules=rules)]) == ["重点企业 | 甲", "乙", "一般 | 丙"]


def test_page_without_rules_and_a_box_around_words_are_no_tables() -> None:
    spread = [
        run(text, ems, line) for line in range(4) for ems, text in ((0, "甲方"), (14, "乙方"))
    ]
    assert parts([page(1, *spread)]).tables == [[]]
    boxed = page(1, *spread, rules=frame(0, 1, 0, 25))
    assert parts([boxed]).tables == [[]]
    assert len(texts([boxed])) == len(texts([page(1, *spread)]))


def ruled(*lines: float) -> list[Rule]:
    """Level rules from margin to margin above the lines of those numbers."""
    return [
        Rule(LEFT, TOP + line * LEADING - 3, LEFT + 30 * EM, TOP + line * LEADING - 2.5)
        for line in lines
    ]


def test_table_of_three_level_rules_is_a_table() -> None:
    cells = [
        run("项目", 0, 0), run("标准", 12, 0), run("备注", 24, 0),
        run("设备补贴", 0, 1), run("按投资额的", 12, 1), run("两年", 24, 1),
        run("百分之五", 12, 2), run("租金补贴", 0, 3), run("百分之三", 12, 3),
    ]  # fmt: skip
    read = blocks([page(1, *cells, rules=ruled(0, 1, 4))])
    assert [(block.text, block.header) for block in read] == [
        ("项目 | 标准 | 备注", True), ("设备补贴 | 按投资额的 百分之五 | 两年", False), ("租金补贴 | 百分之三", False),
    ]  # fmt: skip


def test_text_between_the_rules_of_head_and_foot_is_no_table() -> None:
    lines = [run("云" * 30, 0, line) for line in range(8)]
    assert parts([page(1, *lines, rules=ruled(-1, 0, 9))]).tables == [[]]


def test_rows_without_rules_stay_apart() -> None:
    rows = [(run("甲乙丙丁" * 2, 0, line), run("三千元整" * 4, 14, line)) for line in range(4)]
    assert len(texts([page(1, *(cell for row in rows for cell in row))])) == 4


def test_every_character_of_a_drawing_with_rules_is_kept() -> None:
    drawing = page(1, run("流程", 1, 1), run("图", 12, 6), rules=frame(0, 8, 0, 10, 20, 30))
    assert "".join(texts([drawing])) == "流程图"
    assert not any(isinstance(item, PageTable) for item in parts([drawing]).tables[0])


def test_running_heads_feet_and_numbers_go_on_every_page() -> None:
    pages = [
        page(
            number,
            run(f"云岭市{'左' if number % 2 else '右'}页眉", 0, -7),
            *each.runs,
            run(f"— {number} —", 14, (HEIGHT - TOP - 30) / LEADING),
        )
        for number, each in enumerate(typeset([LETTERS * 10 + "。"] * 6, 30, 10), start=1)
    ]
    assert texts(pages) == [LETTERS * 10 + "。"] * 6


def test_contents_become_no_headings_whether_dotted_or_set_apart() -> None:
    dotted = [run("目 录", 13, 0), run("一、总则 ……………………………… 3", 0, 1)]
    apart = [run("二、奖励", 0, 2), run("12", 28, 2), run("三、附则", 0, 3), run("15", 28, 3)]
    body = [run("一、总则", 2, 0), run("云" * 20 + "。", 2, 1)]
    read = blocks([page(1, *dotted, *apart), page(2, *body)])
    assert [(block.text, bool(block.level)) for block in read] == [
        ("一、总则", True), ("云" * 20 + "。", False),
    ]  # fmt: skip


def test_headings_are_told_by_their_look() -> None:
    body = [run("云" * 28, 2, 2), run("岭" * 20 + "。", 0, 3)]
    more = [run("云" * 28, 2, 5), run("岭" * 20 + "。", 0, 6)]
    heads = [run("支持范围", 2, 1, bold=True), run("奖励标准", 2, 4, bold=True)]
    title = run("云岭市企业奖励办法", 9, -1, size=16)
    read = blocks([page(1, title, heads[0], *body, heads[1], *more)])
    assert [(block.text, block.level) for block in read if block.level is not None] == [
        ("云岭市企业奖励办法", 0), ("支持范围", 1), ("奖励标准", 1),
    ]  # fmt: skip
