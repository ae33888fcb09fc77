"""Several questions in one message."""

import pytest

from hyqa.question.decomposition import MOST_QUESTIONS, asks, questions_in


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("机场跑道多长，综保区哪年批的", ("机场跑道多长", "综保区哪年批的")),
        ("跑道多长？公交票价呢？", ("跑道多长？", "公交票价呢？")),
        ("面积多少 税收多少", ("面积多少", "税收多少")),
        ("我是做眼镜的，小镇在哪，有什么补贴", ("我是做眼镜的，小镇在哪", "有什么补贴")),
        ("小镇在哪，还有，补贴怎么拿，急", ("小镇在哪，还有", "补贴怎么拿，急")),
        (
            "How long is the runway, and when was the zone approved?",
            ("How long is the runway", "when was the zone approved?"),
        ),
        ("Is it open? Where is the valley?", ("Is it open?", "Where is the valley?")),
        ("runway length? and bus fare?", ("runway length?", "and bus fare?")),
        # One question each:
        ("博士补贴多少", ()),
        ("结合公告，公司如何通过分红、增资和合规来保护股东权益？", ()),
        ("时间谷（总投资多少，占地多少）在哪", ()),
        ("When did Syria and Egypt attack Israel?", ()),
        ("What did the Conference on Weights and Measures name after Tesla?", ()),
        ("What kind is given when a firm gets a plan and must build it?", ()),
        ("In the park, where rents are low, who decides?", ()),
        ("网上有好几个说法，到底哪个对", ()),
        ("", ()),
        ("？？？", ()),
        # More than are asked one by one:
        ("？".join(f"第{n}个在哪" for n in range(MOST_QUESTIONS + 1)), ()),
    ],
)
def test_what_a_message_asks(message: str, questions: tuple[str, ...]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize(
    "clause", ["在哪", "有没有补贴", "and why is that", "how much", "so is it open"]
)
def test_a_clause_that_asks(clause: str) -> None:
    assert asks(clause)


@pytest.mark.parametrize("clause", ["我是做陶瓷的", "the park, where rents are low", "不到几乎"])
def test_a_clause_that_does_not(clause: str) -> None:
    assert not asks(clause)
