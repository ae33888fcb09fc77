from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.validity import Force, Standing, last_day, status_on
from hyqa.types import Metadata


def force(day: str, **fields: str) -> str:
    return status_on(Metadata("甲", **fields), date.fromisoformat(day)).force.value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-07-10", "not_yet"),
        ("2025-07-31", "not_yet"),
        ("2025-08-01", "in_force"),
        ("2030-07-31", "in_force"),
        ("2030-08-01", "expired"),
    ],
)
def test_a_document_is_in_force_from_its_first_day_to_its_last(day: str, expected: str) -> None:
    dates = {"issued": "2025-07-11", "effective": "2025-08-01", "expires": "2030-07-31"}
    assert force(day, **dates) == expected


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({}, "2025-01-01", "unknown"),
        ({"issued": "2025-01-01"}, "2025-06-01", "unknown"),
        ({"issued": "2025-01-01"}, "2024-06-01", "not_yet"),
        ({"expires": "2026"}, "2025-06-01", "unknown"),
        ({"expires": "2026"}, "2027-01-01", "expired"),
        ({"issued": "2025-01-01", "expires": "2026"}, "2025-06-01", "in_force"),
        ({"effective": "2025-01-01"}, "2035-06-01", "in_force"),
        ({"issued": "soon", "expires": "later"}, "2025-06-01", "unknown"),
    ],
)
def test_nothing_is_guessed(fields: dict[str, str], day: str, expected: str) -> None:
    assert force(day, **fields) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-28", "not_yet"),
        ("2025-03-15", "unknown"),
        ("2025-03-31", "in_force"),
        ("2025-04-01", "in_force"),
        ("2026-12-31", "in_force"),
        ("2027-01-01", "expired"),
    ],
)
def test_a_reduced_date_is_its_whole_month_or_year(day: str, expected: str) -> None:
    exact = {"effective": "2025-03-01"} if day > "2025-04" else {"effective": "2025-03"}
    assert force(day, **exact, expires="2026") == expected


def test_an_end_counted_from_a_reduced_date_is_as_little_known() -> None:
    dates = {"effective": "2025-08", "expires": "2028-08"}
    assert force("2028-07-31", **dates) == "in_force"
    assert force("2028-08-15", **dates) == "unknown"
    assert force("2028-09-01", **dates) == "expired"


def test_a_repeal_ends_a_document_and_says_by_which_other() -> None:
    meta = Metadata("甲", effective="2020-01-01", repealed="2025-08-01", superseded_by="乙")
    assert status_on(meta, date(2025, 7, 31)).force is Force.IN_FORCE
    assert status_on(meta, date(2025, 8, 1)) == Standing(Force.REPEALED, "2025-08-01", "乙")
    assert status_on(meta, date(2019, 8, 1)).force is Force.NOT_YET


def test_what_had_expired_before_its_repeal_has_expired() -> None:
    assert force("2026-01-01", expires="2023", repealed="2025-08-01") == "expired"
    assert force("2026-01-01", expires="2027", repealed="2025-08-01") == "repealed"


def test_a_repeal_of_an_unknown_day_is_told_without_one() -> None:
    meta = Metadata("甲", issued="2018-05-01", effective="2018-05-01", superseded_by="乙")
    assert status_on(meta, date(2020, 1, 1)) == Standing(Force.REPEALED, "", "乙")
    assert force("2025-03-15", effective="2020-01-01", repealed="2025-03") == "unknown"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"expires": "2026"}, "2026"),
        ({"repealed": "2025-08-01"}, "2025-07-31"),
        ({"expires": "2026", "repealed": "2025-08-01"}, "2025-07-31"),
        ({"expires": "2024", "repealed": "2025-08-01"}, "2024"),
        ({"expires": "2025", "repealed": "2025-08"}, "2025-08"),
        ({"issued": "2020-05", "superseded_by": "乙"}, "2020-05"),
        ({"superseded_by": "乙"}, "0001"),
    ],
)
def test_ranking_sees_the_earlier_of_expiry_and_repeal(
    fields: dict[str, str], expected: str
) -> None:
    assert last_day(Metadata("甲", **fields)) == expected  # type: ignore[arg-type]


DATES = st.one_of(
    st.just(""),
    st.dates(date(1990, 1, 1), date(2050, 1, 1)).map(str),
    st.dates(date(1990, 1, 1), date(2050, 1, 1)).map(lambda day: str(day)[:7]),
    st.integers(1990, 2050).map(str),
)


@given(DATES, DATES, DATES, DATES, st.dates(date(1980, 1, 1), date(2060, 1, 1)))
def test_what_is_over_never_comes_back(
    issued: str, effective: str, expires: str, repealed: str, day: date
) -> None:
    meta = Metadata("甲", issued=issued, effective=effective, expires=expires, repealed=repealed)
    order = [Force.NOT_YET, Force.UNKNOWN, Force.IN_FORCE, Force.EXPIRED, Force.REPEALED]
    now, later = status_on(meta, day).force, status_on(meta, day + timedelta(400)).force
    if now in order[3:]:
        assert later in order[3:]
    if later is Force.NOT_YET:
        assert now in (Force.NOT_YET, *order[3:])
