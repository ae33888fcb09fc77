import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.question.enumerations import several_in, without_source_phrase
from hyqa.text.tokens import normalize


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "根据年度报告，云岭港是如何通过疏浚航道、扩建泊位和减免费用来提高吞吐量的？",
            ("疏浚航道", "扩建泊位", "减免费用"),
        ),
        ("云岭港怎样通过夜间作业提高吞吐量？", ("夜间作业提高吞吐量",)),
        (
            "How did the port raise its turnover by dredging the channel and adding berths?",
            ("dredging the channel ", " adding berths"),
        ),
    ],
)
def test_the_means_that_a_question_names_are_told_apart(
    question: str, means: tuple[str, ...]
) -> None:
    assert several_in(normalize(question)).means == means


@pytest.mark.parametrize(
    "question",
    [
        "企业通过审核后多久发放补贴？",
        "云岭学院2024年的考试通过率是多少？",
        "云岭港如何通过哪些步骤完成验收？",
        "How many ships left by the end of May?",
    ],
)
def test_what_only_passes_or_is_asked_for_is_no_means(question: str) -> None:
    assert several_in(normalize(question)).means == ()


def test_things_of_each_of_which_the_same_is_asked_are_told_apart() -> None:
    assert several_in("停泊费、过磅费和装卸费分别是多少").each == ("停泊费", "过磅费", "装卸费")
    assert several_in("停泊费分别是多少").each == ()
    asked = several_in("what are the berth fee and the weighing fee, respectively?")
    assert asked.each == ("the berth fee ", " the weighing fee")


@pytest.mark.parametrize(
    ("question", "listed", "total", "steps"),
    [
        ("申请停泊补贴需要哪些材料？", True, False, False),
        ("云岭港有什么办法减少候泊？", True, False, False),
        ("云岭港的码头叫什么？", False, False, False),
        ("What are the requirements for a berth?", True, False, False),
        ("云岭港一共发放了几次补贴？", False, True, False),
        ("云岭港三次补贴的总金额是多少？", False, True, False),
        ("How many times was the fee raised in total?", False, True, False),
        ("申请停泊补贴的步骤依次是什么？", True, False, True),
        ("过磅费是多少？", False, False, False),
        ("云岭市有几家上市公司？", False, False, False),
        ("How much is the fee?", False, False, False),
    ],
)
def test_a_question_says_whether_it_asks_for_a_list_a_total_or_steps(
    question: str, listed: bool, total: bool, steps: bool
) -> None:
    several = several_in(normalize(question))
    assert (several.listed, several.total, several.steps) == (listed, total, steps)


def test_where_to_look_is_not_what_is_asked() -> None:
    assert without_source_phrase("根据港口管理办法，过磅费是多少？") == "过磅费是多少？"


@given(st.text(max_size=200))
def test_any_text_names_only_parts_of_itself(text: str) -> None:
    several = several_in(text)
    assert all(part in text and part.strip() for part in (*several.means, *several.each))
