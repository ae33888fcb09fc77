"""Of a figure that changes, the latest that the shipped documents give is among those shown."""

import pytest

from hyqa import Engine

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("时间古有多少家企业？", "截至 2024 年底入驻企业 140 余家"),
        (
            "How many companies are in Time Valley?",
            "For 2024, media reported more than 140 companies",
        ),
    ],
)
def test_the_latest_figure_is_shown_beside_those_before_it(
    question: str, latest: str, shipped: Engine
) -> None:
    assert latest in "\n".join(quote.text for quote in shipped.ask(question).quotes)


def test_of_a_year_that_is_asked_about_later_figures_are_not_added(shipped: Engine) -> None:
    quotes = shipped.ask("2021年10月时间谷有多少家企业签约").quotes
    text = "\n".join(quote.text for quote in quotes)
    assert "108 家" in text and "140 余家" not in text
