import pytest

from hyqa.question.kinds import asked_kind
from hyqa.reading.wording import Wording, worded


def test_a_sentence_is_folded_once_for_all_questions() -> None:
    assert worded("補貼為５萬元。").folded == "补贴为5万元。"
    assert worded("补贴为5万元。") is worded("补贴为5万元。")


@pytest.mark.parametrize(
    ("text", "refers", "sums_up", "gives_reasons", "asks"),
    [
        ("该园区占地3平方公里。", True, False, False, False),
        ("总之，补贴不重复享受。", False, True, False, False),
        ("为进一步支持人才，制定本办法。", False, False, True, False),
        ("园区有多大？", False, False, False, True),
        ("园区占地3平方公里。", False, False, False, False),
    ],
)
def test_how_a_sentence_begins_and_ends_tells_what_it_is(
    text: str, refers: bool, sums_up: bool, gives_reasons: bool, asks: bool
) -> None:
    one = Wording(text)
    assert (one.refers, one.sums_up, one.gives_reasons, one.asks) == (
        refers,
        sums_up,
        gives_reasons,
        asks,
    )


@pytest.mark.parametrize(
    ("text", "label", "goes_on"),
    [
        ("申报条件：在云岭市注册。", "申报条件", True),
        ("（二）人才公寓的租金", "人才公寓的租金", False),
        ("# 青螺洲 #", "青螺洲", False),
        ("青螺洲工业园有三百家企业在建。", "", False),
        ("”", "”", False),
    ],
)
def test_a_label_says_what_follows(text: str, label: str, goes_on: bool) -> None:
    one = Wording(text)
    assert (one.label, one.tells_of_label) == (label, goes_on)


def test_it_tells_whether_text_of_a_kind_stands_there() -> None:
    money, duration = asked_kind("租金多少？"), asked_kind("审批要多久？")
    assert money and duration
    one = Wording("每平方米每月10元。")
    assert [one.shows(money), one.shows(duration), one.shows(money)] == [True, False, True]
