from datetime import date

import pytest

from hyqa.text.dates import (
    Term,
    certain_years_in,
    days_after,
    days_of,
    exact_date,
    find_date,
    iso_parts,
    last_of_term,
    read_english,
    read_written,
    with_full_years,
    years_in,
)


def test_years_are_whole_numbers_of_two_centuries() -> None:
    assert years_in("2024年和1998年，20240人，编号12024，1807年") == ["2024", "1998"]


def test_what_may_be_an_amount_is_no_certain_year() -> None:
    assert certain_years_in("2024年占地2000亩, in 2021.") == ["2024", "2021"]
    assert years_in("占地2000亩") == ["2000"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("机场24年旅客多少", "机场2024年旅客多少"),
        ("2024年旅客多少", "2024年旅客多少"),
        ("享受20年", "享受20年"),
        ("近15年", "近15年"),
        ("24年内", "24年内"),
    ],
)
def test_a_year_of_two_digits_is_written_in_full(said: str, meant: str) -> None:
    assert with_full_years(said) == meant


@pytest.mark.parametrize(
    ("iso", "parts"),
    [
        ("2024", (2024,)),
        ("2024-05", (2024, 5)),
        ("2024-02-29", (2024, 2, 29)),
        ("2023-02-29", ()),
        ("2024-13", ()),
        ("0000", ()),
        (" 2024", ()),
        ("2024年", ()),
        ("", ()),
    ],
)
def test_a_date_is_split_as_far_as_it_goes(iso: str, parts: tuple[int, ...]) -> None:
    assert iso_parts(iso) == parts


def test_a_reduced_date_is_all_of_its_month_or_year() -> None:
    assert days_of("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert days_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert days_of("2024-02-03") == (date(2024, 2, 3), date(2024, 2, 3))
    assert days_of("soon") is None


@pytest.mark.parametrize(
    ("value", "iso"), [(2024, "2024"), ("2024-05", "2024-05"), (date(2024, 5, 3), "2024-05-03")]
)
def test_a_date_stays_as_precise_as_it_is_given(value: object, iso: str) -> None:
    assert exact_date(value) == iso


@pytest.mark.parametrize("value", ["2024-13", "0999", "yesterday", "2024-02-30"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        exact_date(value)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("发布于 2024年5月3日", "2024-05-03"),
        ("2024/5/3 10:00", "2024-05-03"),
        ("2024-13-41, then 2024.06.07", "2024-06-07"),
        ("2024年5月", ""),
    ],
)
def test_the_first_day_that_exists_is_found(raw: str, day: str) -> None:
    assert find_date(raw) == day


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("2024 年 5 月", "2024-05"),
        ("２０２４年", "2024"),
        ("二〇二四年十三月", ""),
        ("去年", ""),
    ],
)
def test_chinese_dates_are_read_in_figures_and_in_words(written: str, iso: str) -> None:
    assert read_written(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("3 May 2024", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("sept. 2024", "2024-09"),
        ("2024", ""),
        ("May", ""),
    ],
)
def test_english_dates_have_their_month_in_letters(written: str, iso: str) -> None:
    assert read_english(written) == iso


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2024-03-01", 12, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-03", 6, "2024-09"),
        ("2024", 24, "2026"),
        ("2024", 6, ""),
        ("9999-01-01", 24, ""),
    ],
)
def test_a_term_ends_the_day_before_its_first_day_comes_again(
    first: str, months: int, last: str
) -> None:
    assert last_of_term(first, Term(months)) == last


def test_days_are_counted_from_an_exact_day() -> None:
    assert days_after("2024-02-28", 2) == "2024-03-01"
    assert days_after("2024-02", 2) == ""
