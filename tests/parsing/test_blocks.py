from hyqa.parsing.blocks import Block, assemble
from hyqa.types import Table


def row(text: str, header: bool = False) -> Block:
    return Block(text, header=header)


def test_rows_that_follow_each_other_are_a_table_with_its_header() -> None:
    parsed = assemble(
        [
            Block("一、标准", 1), Block("按下表执行。"), row("项目 | 金额", True), row("甲 | 3"),
            row("乙 | 5"), Block("另有规定的除外。"), row("丙 | 7"),
        ]
    )  # fmt: skip
    first, second = parsed.tables
    assert parsed.text[first.start : first.end] == "项目 | 金额\n甲 | 3\n乙 | 5"
    assert parsed.text[first.header_start : first.header_end] == "项目 | 金额"
    assert parsed.text[second.start : second.end] == "丙 | 7"
    assert second.header_start == second.header_end


def test_a_header_of_two_rows_is_whole_and_another_header_begins_another_table() -> None:
    parsed = assemble(
        [
            row("项目 | 金额", True),
            row("首年 | 次年", True),
            row("甲 | 3 | 4"),
            row("区 | 县", True),
        ]
    )
    first, second = parsed.tables
    assert parsed.text[first.header_start : first.header_end] == "项目 | 金额\n首年 | 次年"
    assert second == Table(first.end + 1, len(parsed.text), first.end + 1, len(parsed.text))


def test_a_text_without_rows_has_no_tables() -> None:
    assert assemble([Block("甲 | 乙")]).tables == ()
