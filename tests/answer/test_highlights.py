import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.answer.highlights import highlights_of


def _found(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.start : one.end]) for one in highlights_of(text, 0)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每月发放3000元。", [("amount", "3000元")]),
        ("给予15万元补贴，不超过36个月", [("amount", "15万元"), ("condition", "不超过")]),
        ("2025年3月1日起施行", [("date", "2025年3月1日")]),
        ("占地550亩，增长5.6%", [("amount", "550亩"), ("amount", "5.6%")]),
        ("已享受其他补贴的除外", [("condition", "除外")]),
        ("up to 3,000 yuan a month", [("condition", "up to"), ("amount", "3,000 yuan")]),
        ("USD 2.23 billion by June 2025", [("amount", "USD 2.23 billion"), ("date", "June 2025")]),
        ("an area of 15.09 square kilometres", [("amount", "15.09 square kilometres")]),
        ("80,000 square metres", [("amount", "80,000 square metres")]),
        ("302.4 hectares and 550 mu", [("amount", "302.4 hectares"), ("amount", "550 mu")]),
        (
            "建成厂房 18.3 万平方米，租用8000平方米",
            [("amount", "18.3 万平方米"), ("amount", "8000平方米")],
        ),
        ("RMB 1 trillion", [("amount", "RMB 1 trillion")]),
        (
            "RMB 64,108, up 3 percentage points",
            [("amount", "RMB 64,108"), ("amount", "3 percentage points")],
        ),
        ("2022 年度考核，2024 年", [("date", "2022 年度"), ("date", "2024 年")]),
        (
            "it may have ended by 12 May 2024, and may not; in March",
            [("date", "12 May 2024"), ("date", "March")],
        ),
        ("青螺洲工业园", []),
    ],
)
def test_amounts_dates_and_conditions_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@given(
    st.text(alphabet="12,.年月日元万%亩不超过除外至但 yuanMay", max_size=60), st.integers(0, 9999)
)
def test_highlights_lie_in_order_inside_their_quote(text: str, start: int) -> None:
    last = start
    for one in highlights_of(text, start):
        assert last <= one.start < one.end <= start + len(text)
        last = one.end
