import re

import pytest

from hyqa.text.figures import FIGURE_WITH_UNIT, FIGURES, SCALED, SCALES, UNITS, read_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("三十一", 31),
        ("一百", 100),
        ("一百零五", 105),
        ("百二十", 120),
        ("二〇二四", 2024),
        ("①", 1),
        ("⑳", 20),
    ],
)
def test_numbers_are_read_in_digits_numerals_and_circles(written: str, value: int) -> None:
    assert read_number(written) == value


@pytest.mark.parametrize("written", ["", "甲", "二三十", "十十"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        read_number(written)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "投资1,370.5万元", 13_705_000),
        ("money", "to pay RMB 3 million yuan", 3_000_000),
        ("percentage", "增长5.2%", 5.2),
        ("percentage", "提高3个百分点", 3),
        ("area", "占地1200余亩", 1200),
        ("area", "12万平方公里", 120_000),
        ("duration", "在5个工作日内", 5),
        ("number", "833名博士", 833),
    ],
)
def test_a_figure_is_read_with_its_scale_and_unit(kind: str, text: str, value: float) -> None:
    match = FIGURES[kind].search(text)
    assert match is not None
    number = float(match["value"].replace(",", "")) * SCALES.get(match["scale"], 1.0)
    assert number == pytest.approx(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("duration", "2024年5月"),
        ("number", "湘政发〔2020〕4号"),
        ("number", "2005届毕业生"),
        ("number", "3个月"),
        ("money", "第3元"),
    ],
)
def test_years_ordinals_and_document_numbers_are_no_figures(kind: str, text: str) -> None:
    assert FIGURES[kind].search(text) is None


def test_a_number_is_taken_whole_up_to_its_unit() -> None:
    for text in ("300元", "300余万元", "三百多万元", "3.5 亿元"):
        assert re.fullmatch(f"{SCALED}{UNITS['money']}", text)


def test_a_single_numeral_is_a_figure_before_few_words_only() -> None:
    assert [one.group() for one in FIGURE_WITH_UNIT.finditer("三年内建成一批园区")] == ["三年"]
