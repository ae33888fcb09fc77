import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hyqa.parsing.lines import join_lines
from hyqa.parsing.pdf.layout.lines import read_lines, tidy
from hyqa.parsing.pdf.layout.runs import Glyphs, drawn_once, find_runs, turn
from parsing.typeset import EM, HEIGHT, run


def glyphs(*placed: tuple[str, float, float]) -> Glyphs:
    """Characters at points from the left and from the top, 10 points wide and high."""
    boxes = np.array([(x, y, x + EM, y + EM) for _, x, y in placed])
    codes = np.array([ord(text) for text, _, _ in placed])
    return Glyphs(codes, boxes, np.zeros(len(placed), np.bool_), np.arange(len(placed)))


def test_characters_side_by_side_are_a_run_and_a_wall_parts_cells() -> None:
    found = glyphs(("云", 0, 0), ("岭", 10, 0), ("市", 21, 0), ("乙", 60, 0), ("丙", 0, 20))
    starts, spaces = find_runs(found, np.zeros((0, 4)))
    assert starts.tolist() == [0, 3, 4] and not spaces.any()
    starts, _ = find_runs(found, np.array([(20.2, -5, 20.4, 15)]))
    assert starts.tolist() == [0, 2, 3, 4]


def test_gap_of_most_of_a_letter_is_a_space() -> None:
    _, spaces = find_runs(glyphs(("云", 0, 0), ("岭", 17, 0), ("市", 29, 0)), np.zeros((0, 4)))
    assert spaces.tolist() == [False, True, False]


def test_strips_that_overlap_are_drawn_once() -> None:
    found = glyphs(
        ("云", 0, 0), ("岭", 10, 0), ("市", 0, 20), ("岭", 10.5, 0.4), ("云", 20, 0), ("市", 0.2, 19.9)
    )  # fmt: skip
    assert drawn_once(found).tolist() == [True, True, True, False, True, False]
    assert drawn_once(found.take(np.zeros(6, np.bool_))).tolist() == []


@given(st.lists(st.tuples(st.sampled_from("云岭a"), *[st.integers(0, 99)] * 2), max_size=30))
def test_of_characters_at_one_place_the_first_is_kept(places: list[tuple[str, int, int]]) -> None:
    wide = [(letter, 3.0 * x, 3.0 * y) for letter, x, y in places]
    if places:
        firsts = [place not in wide[:index] for index, place in enumerate(wide)]
        assert drawn_once(glyphs(*wide)).tolist() == firsts


def test_narrow_letters_side_by_side_are_two() -> None:
    found = glyphs(("l", 0, 0), ("l", 2.2, 0), ("l", 4.4, 0))
    found.boxes[:, 2] = found.boxes[:, 0] + 2.2
    assert drawn_once(found).all()


def test_pages_are_turned_upright() -> None:
    box = np.array([(10.0, 20.0, 30.0, 25.0)])  # from the bottom left of a page of 100 by 200
    assert turn(box, 0, 100, 200).tolist() == [[10, 175, 30, 180]]
    for quarter in (1, 2, 3):
        left, top, right, bottom = turn(box, quarter, 100, 200)[0]
        sides = (right - left, bottom - top)
        assert sides == ((20, 5) if quarter == 2 else (5, 20))
        assert left >= 0 and top >= 0


def test_runs_on_one_height_are_a_line_whatever_their_order() -> None:
    runs = [run("经开区", 6, 0), run("云岭市", 0, 0), run("在南部。", 0, 1), run("松木", 4, 0)]
    assert [line.text for line in read_lines(runs, 1, HEIGHT)] == ["云岭市 松木经开区", "在南部。"]


def test_emblem_beside_small_lines_is_a_line_of_its_own() -> None:
    runs = [run("WS", 20, 0, size=40), run("甲", 0, 0), run("乙", 0, 1.5)]
    assert sorted(line.text for line in read_lines(runs, 1, HEIGHT)) == ["WS", "乙", "甲"]


def test_mark_of_a_note_goes_and_a_power_stays() -> None:
    runs = [
        run("企业", 0, 0), run("1", 2, -0.1, size=5), run("占地", 3, 0), run("m", 5, 0),
        run("2", 6, -0.1, size=5), run("以上的大型生产企业和项目", 7, 0), run("1 注：规模以上。", 0, 38, size=8),
    ]  # fmt: skip
    lines = [line.text for line in read_lines(runs, 1, HEIGHT)]
    assert lines[0].replace(" ", "") == "企业占地m2以上的大型生产企业和项目"


def test_spaces_of_typesetting_go_and_those_of_words_stay() -> None:
    written = {
        "前　　言": "前　　言",
        "中 华 人 民 共 和 国": "中华人民共和国",
        "为了加强与推进标准的应用，检 验基层医疗卫生信息系统": "为了加强与推进标准的应用，检验基层医疗卫生信息系统",
        "住院病程记录 首次病程记录": "住院病程记录 首次病程记录",
        "第一章 总则": "第一章 总则",
        "张三 李四": "张三 李四",
        "\u2f00、\u2f6c标": "一、目标",
        "\uf06c 条件": "● 条件",
    }
    assert {raw: tidy(raw) for raw in written} == written


def test_lines_join_as_their_script_asks() -> None:
    assert join_lines(["衡阳", "在湖南，", "use the", "well-", "known", "2012-", "14"]) == (
        "衡阳在湖南，use the wellknown 2012-14",
        (0, 2, 6, 14, 18, 24, 29),
    )
