"""Years told by their distance from today, or from a year that was named."""

from datetime import date

import pytest

from hyqa.text.relative_years import with_years_from, years_from_today

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("云岭去年GDP多少", ("2025",)),
        ("前年和去年的进出口", ("2024", "2025")),
        ("今年还发吗", ("2026",)),
        ("明年还有没有", ("2027",)),
        ("上一年的产值", ("2025",)),
        ("目前年产量多少", ()),
        ("说明年限", ()),
        ("职工上一年度月平均工资", ()),
        ("GDP of Yunling last yr", ("2025",)),
        ("exports the year before last", ("2024",)),
        ("what was it the year before", ("2025",)),
        ("how old is it, a year or two", ()),
    ],
)
def test_years_are_counted_from_the_day(text: str, years: tuple[str, ...]) -> None:
    assert years_from_today(text, DAY) == years


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("前一年呢", "2022年呢"),
        ("再往前一年呢？", "2022年呢？"),
        ("那后一年的呢", "那2024年的呢"),
        ("次年有多少", "2024年有多少"),
        ("and the year before?", "and 2022?"),
        ("a year earlier", "2022"),
        ("what about the previous year", "what about 2022"),
        ("the following year", "2024"),
        ("the year before last", "the year before last"),
        ("去年呢", "去年呢"),
        ("上一年度平均工资", "上一年度平均工资"),
    ],
)
def test_years_are_counted_from_the_one_that_was_named(text: str, written: str) -> None:
    assert with_years_from(text, 2023) == written
