from hyqa.parsing.lines import join_lines
from hyqa.parsing.page_lines import Line, drop_contents, drop_furniture, split_page
from hyqa.parsing.page_rows import row_text, rows
from hyqa.parsing.pages import Run


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_running_headers_differ_on_left_and_right_pages() -> None:
    pages = [
        split_page(
            f"{'左页眉' if number % 2 else '右页眉'}\n{number}\n第{word}段。\n第 {number} 页",
            number,
        )
        for number, word in enumerate("一二三四五六", start=1)
    ]
    assert [texts(page) for page in drop_furniture(pages)] == [
        [f"第{word}段。"] for word in "一二三四五六"
    ]


def test_numbers_inside_a_page_stay() -> None:
    page = split_page("正文开头。\n12\n正文结尾。", 1)
    assert texts(drop_furniture([page])[0]) == ["正文开头。", "12", "正文结尾。"]


def test_table_of_contents_goes() -> None:
    lines = split_page("目 录\n一、总则 ........ 3\n二、附则 …………… 12\n正文。", 1)
    assert texts(drop_contents(lines)) == ["正文。"]


def test_spaces_of_typesetting_go_and_those_of_words_stay() -> None:
    raw = "前　　言\n为了加强与推进标准的应用，检 验基层医疗卫生信息系统\n住院病程记录 首次病程记录\n第一章 总则\n张三 李四\n⼀、⽬标"
    assert texts(split_page(raw, 1)) == [
        "前　　言", "为了加强与推进标准的应用，检验基层医疗卫生信息系统", "住院病程记录 首次病程记录", "第一章 总则",
        "张三 李四", "一、目标",
    ]  # fmt: skip


def run(text: str, left: float, top: float) -> Run:
    return Run(text, left, top, left + 10 * len(text), top + 10, 10)


def test_overlapping_strips_become_lines() -> None:
    runs = [
        run("衡阳市", 0, 100), run("在湖南", 0, 120), run("市松木", 20, 100),
        run("南省的", 20, 120), run("经开区", 50, 100), run("南部。", 50, 120),
    ]  # fmt: skip
    assert [row_text(row) for row in rows(runs)] == ["衡阳市松木经开区", "在湖南省的南部。"]


def test_lines_join_as_their_script_asks() -> None:
    assert join_lines(["衡阳", "在湖南，", "use the", "well-", "known", "2012-", "14"]) == (
        "衡阳在湖南，use the wellknown 2012-14",
        (0, 2, 6, 14, 18, 24, 29),
    )
