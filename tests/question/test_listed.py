"""Follow-ups that say by its place which of several things they ask about."""

import pytest

from hyqa.question.follow_ups import Conversation, Turn
from hyqa.question.listed import listed_in, name_listed
from hyqa.text.names import Names

NAMES = Names(("云岭高新区", "云岭综合保税区", "松岗经开区", "North Zone", "South Zone"))
CHINESE = "云岭的园区，国家级有云岭高新区和云岭综合保税区，省级有松岗经开区（2019 年）。"
ENGLISH = "The parks of Yunling (云岭) are the North Zone, the Middle and the South Zone, by 2019."


def said(question: str, reply: str, *turns: Turn) -> str:
    conversation = Conversation((Turn("有哪些园区", "有哪些园区", reply), *turns))
    return name_listed(question, conversation, NAMES)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("第一个在哪", "云岭高新区在哪"),
        ("第2家做什么", "云岭综合保税区做什么"),
        ("最后一个多大", "云岭综合保税区多大"),
        ("前者有工业园吗", "云岭高新区有工业园吗"),
        ("where is the second one?", "where is 云岭综合保税区?"),
        ("第三个呢", "第三个呢"),
        ("倒数第一个在哪", "倒数第一个在哪"),
        ("第一季度增长多少", "第一季度增长多少"),
        ("第一次来怎么走", "第一次来怎么走"),
    ],
)
def test_a_place_in_a_chinese_list_is_replaced_by_the_name_that_stands_there(
    question: str, asked: str
) -> None:
    assert said(question, CHINESE) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how big is the first one", "how big is North Zone"),
        ("and the last of these?", "and South Zone?"),
        ("tell me about the second", "tell me about the second"),
        ("what should we do first", "what should we do first"),
        ("growth in the first half", "growth in the first half"),
    ],
)
def test_so_is_one_in_an_english_list_but_for_what_has_no_name(question: str, asked: str) -> None:
    assert said(question, ENGLISH) == asked


def test_the_list_stays_the_same_while_things_are_taken_from_it() -> None:
    after = Turn("第一个在哪", "云岭高新区在哪", "高新区有电子、机械和化工。")
    assert said("第二个呢", CHINESE, after) == "云岭综合保税区呢"


def test_nothing_is_taken_where_no_list_was_shown() -> None:
    assert said("第一个在哪", "云岭高新区规划面积 20 平方公里。") == "第一个在哪"
    assert name_listed("第一个在哪", Conversation(), NAMES) == "第一个在哪"
    assert listed_in("规划面积 20 平方公里。") == ()
