from collections.abc import Callable

import pytest

from hyqa.index.build import Index
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.types import QuestionAnalysis


def _asked(question: str, index: Index) -> QuestionAnalysis:
    return analyse(make_query(question), index)


def test_nouns_weigh_more_than_the_same_rare_verb(index: Index) -> None:
    words = dict(_asked("跳跃火箭", index).words)
    assert words["火箭"] > words["跳跃"] > 0


def test_question_words_do_not_count(index: Index) -> None:
    words = dict(_asked("青螺洲工业园有多少家企业？", index).words)
    assert "多少" not in words and "有" not in words
    assert "企业" in words


def test_a_place_is_named_without_its_suffix(index: Index) -> None:
    assert _asked("长沙市购房补贴多少", index).places == ("长沙",)


def test_the_place_that_all_documents_are_about_is_no_condition(index: Index) -> None:
    many = analyse(make_query("北京的补贴"), index).places
    assert many == ("北京",)
    assert index.sparse.share("_云岭") > 0.2


@pytest.fixture(scope="module")
def at_home(index_of: Callable[..., Index]) -> Index:
    """An index that is at home in a city, which has a county and parks."""
    texts = [
        f"云岭市第{number}号园区位于云岭城东，规划面积{number}平方公里。" for number in range(9)
    ]
    glossary = """
[regions]
places = "云岭 长沙 北京 鹿山 yunling changsha"
own = "鹿山 白鹭洲"
[kinds]
counties = "县"
"""
    return index_of(*texts, glossary=glossary)


@pytest.mark.parametrize(
    ("question", "abroad", "foreign"),
    [
        ("长沙的园区有多大", ("长沙",), ("长沙",)),
        ("鹿山的园区有多大", ("鹿山",), ()),
        ("白鹭洲的园区有多大", (), ()),
        # What the tagger takes for a place by its end is none, nor is what the dictionary alone knows foreign.
        ("贵市的园区有多大", (), ()),
        ("青岛的园区有多大", ("青岛",), ()),
        ("我是云岭人，在长沙做园区", (), ()),
        ("how large are the parks of Changsha", ("changsha",), ("changsha",)),
    ],
)
def test_places_are_abroad_unless_the_home_is_named(
    question: str, abroad: tuple[str, ...], foreign: tuple[str, ...], at_home: Index
) -> None:
    asked = _asked(question, at_home)
    assert (asked.places_abroad, asked.foreign) == (abroad, foreign)


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("工业园东南西北到哪里为界", "东南西北"),
        ("区里对工业园有什么补贴", "区里"),
        ("工业园动工了没有", "没有"),
        ("那南片区呢", "那南"),
    ],
)
def test_words_that_only_point_are_neither_names_nor_weighed(
    question: str, left_out: str, index: Index
) -> None:
    asked = _asked(question, index)
    assert left_out not in (*asked.places, *asked.names)
    assert left_out == "东南西北" or left_out not in dict(asked.words)


@pytest.mark.parametrize(
    ("question", "confirms"),
    [
        ("园区是不是国家级的", True),
        ("项目开工了吗", True),
        ("项目投产没有？", True),
        ("Is the park state-level?", True),
        ("购房补贴有多少", False),
        ("为什么建园区", False),
        ("what is the park's area", False),
    ],
)
def test_a_question_that_yes_or_no_would_answer_confirms(
    question: str, confirms: bool, index: Index
) -> None:
    assert _asked(question, index).confirms is confirms


def test_years_are_conditions(index: Index) -> None:
    assert _asked("2026年生产总值目标", index).years == ("2026",)


def test_of_a_follow_up_only_the_last_line_sets_year_and_kind(index: Index) -> None:
    asked = _asked("2024年生产总值多少\n那面积呢", index)
    assert asked.years == ()
    assert asked.kind and asked.kind.name == "area"


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("云岭跨境电商的交易额", "交易额"),
        ("云岭的交易额是什么情况", "交易额"),
        ("what is the rent at the park", "rent"),
        ("Is it still there?", ""),
    ],
)
def test_the_focus_is_the_last_noun_that_is_not_vague(
    question: str, focus: str, index: Index
) -> None:
    assert _asked(question, index).focus == focus


def test_what_is_asked_besides_the_home_of_all_documents_counts_by_its_characters(
    index: Index,
) -> None:
    words = dict(_asked("云岭今天多少度", index).words)
    assert "云岭" in words
    assert any("度" in word or "今天" in word for word in words)


def test_an_empty_question_asks_nothing(index: Index) -> None:
    asked = _asked("？？", index)
    assert (asked.words, asked.names, asked.years, asked.focus) == ((), (), (), "")
