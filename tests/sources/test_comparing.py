"""A digest beside its original, both made for this."""

import pytest

from hyqa.maintenance.sources.comparing import Kind, Unsupported, compare, pairs
from hyqa.maintenance.sources.figures import numerals_value, values_in
from hyqa.types import Document, Form, Language, Metadata

ORIGINAL = """\
云岭市人民政府办公室关于支持企业发展的通知
云政办发〔2025〕8号
对新认定的企业给予奖励，标准为每家二十万元；投资一亿二千万元以上的，另奖2,500万元。
用地不少于 300 亩，补贴比例为百分之十五，期限3个月。
本通知自2025年4月1日起施行。申报截止6月30日。
"""


def document(text: str, name: str = "a.md", /, **fields: object) -> Document:
    meta = Metadata(title="关于支持企业发展", **fields)  # type: ignore[arg-type]
    return Document(name, meta, text, (), (), "")


def found(text: str, **fields: object) -> list[tuple[Kind, str]]:
    digest = document(text, form=Form.DIGEST, **fields)
    original = document(ORIGINAL, "originals/a.html", original_of=("a.md",))
    return [(one.kind, one.words) for one in compare(digest, original)]


@pytest.mark.parametrize(
    "text",
    [
        "每家奖励20万元。",
        "每家奖励 200,000 元。",
        "投资1.2亿元以上的再奖2500万元，用地300亩。",
        "补贴15%，期限3个月，自2025年4月起施行，6月30日截止。",
        "2025年的通知（云政办发[2025]8号）。",
        "A company gets 200,000 yuan, or 25 million yuan, within 3 months, since 1 April 2025.",
        "企业很多。",
    ],
)
def test_what_stands_in_the_original_is_no_fault(text: str) -> None:
    assert found(text) == []


def test_a_figure_a_date_and_a_number_that_do_not_stand_there_are_told() -> None:
    text = "每家奖励30万元。自2026年4月1日起施行。依据云政发〔2025〕8号，补贴15%。"
    assert found(text) == [
        (Kind.FIGURE, "30万元"),
        (Kind.DATE, "2026年4月1日"),
        (Kind.NUMBER, "政发〔2025〕8号"),
    ]


def test_metadata_that_the_original_does_not_state_are_told() -> None:
    told = found(
        "企业很多。", number="云政办发〔2025〕9号", issued="2025-04", effective="2025-04-02"
    )
    assert told == [(Kind.NUMBER, "云政办发〔2025〕9号"), (Kind.DATE, "2025-04-02")]


def test_figures_in_numerals_are_looked_for_too() -> None:
    assert found("每家奖励三十万元，补贴百分之二十，期限三个月，共一家。") == [
        (Kind.FIGURE, "三十万元"),
        (Kind.FIGURE, "百分之二十"),
    ]
    assert found("每家奖励二十万元，补贴百分之十五。") == []


def test_words_are_told_once_with_their_sentence() -> None:
    digest = document("每家奖励30万元。共有30 万元。", form=Form.DIGEST)
    (one,) = compare(digest, document(ORIGINAL))
    assert one == Unsupported(Kind.FIGURE, "30万元", 4, "每家奖励30万元。")


def test_a_figure_of_another_scale_is_another_figure() -> None:
    assert found("每家奖励20亿元。") == [(Kind.FIGURE, "20亿元")]
    assert found("一年内投资达到12亿元。") == [(Kind.FIGURE, "12亿元")]


def test_only_digests_have_originals() -> None:
    digest = document("甲", "a.md", form=Form.DIGEST)
    official = document("乙", "b.md")
    original = document("丙", "originals/c.html", original_of=("a.md", "b.md", "gone.md"))
    assert list(pairs([digest, official, original])) == [(digest, original)]
    assert original.meta.language is Language.CHINESE


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二十", 20), ("十五", 15), ("一百零五", 105), ("两千三百", 2300), ("一亿二千万", 120_000_000),
        ("三十万", 300_000), ("二〇二五", 2025), ("一千二百万", 12_000_000), ("万", 10_000),
    ],
)  # fmt: skip
def test_numerals(written: str, value: float) -> None:
    assert numerals_value(written) == value


def test_values_are_found_however_they_are_written() -> None:
    assert {2500.0, 25_000_000.0} <= values_in("2,500 万元")
    assert {1.2, 120_000_000.0} <= values_in("1.2亿")
    assert 20_000_000.0 in values_in("RMB 20 million")
