import pytest

from hyqa.answer.conditions import limits_of, with_conditions
from hyqa.reading.sentences import sentences_of
from hyqa.types import Document, Metadata, Section, Table


def _document(text: str, *tables: Table) -> Document:
    sections = (Section((), 0, len(text)),)
    return Document("a", Metadata("港口收费办法"), text, sections, (), "", tables)


def _shown(text: str, wanted: str, *tables: Table) -> str:
    """What is shown of a text of which one sentence answers."""
    document = _document(text, *tables)
    sentences = sentences_of(document, [(0, len(text))], 0)
    texts = [text[one.start : one.end] for one in sentences]
    chosen = {place for place, one in enumerate(texts) if wanted in one}
    assert len(chosen) == 1
    return "".join(texts[place] for place in sorted(with_conditions(document, sentences, chosen)))


@pytest.mark.parametrize(
    "limit",
    [
        "但危险品除外。",
        "除临时泊位外，均可申请。",
        "同一货物不得重复享受。",
        "已享受其他减免的，不再享受。",
        "上述减免不适用于转口货物。",
        "本办法试行一年，有效期至2026年。",
        "However, dangerous goods are charged.",
        "Unless the goods are in transit, a form is needed.",
        "Dangerous goods are excluded.",
    ],
)
def test_what_limits_a_sentence_is_shown_with_it(limit: str) -> None:
    text = f"码头每吨收费3元。{limit}\n会议强调了安全。"
    assert _shown(text, "3元") == f"码头每吨收费3元。{limit}"


def test_an_unrelated_sentence_is_not() -> None:
    assert _shown("码头每吨收费3元。会议强调了安全。", "3元") == "码头每吨收费3元。"


@pytest.mark.parametrize(
    "reference",
    ["前款费用按月结算。", "上述费用按月结算。", "该费用按月结算。", "It is paid monthly."],
)
def test_what_a_sentence_refers_back_to_is_shown(reference: str) -> None:
    text = f"会议强调了安全。码头每吨收费3元。{reference}"
    assert _shown(text, reference) == f"码头每吨收费3元。{reference}"


def test_a_city_that_is_named_by_this_refers_to_nothing() -> None:
    assert _shown("会议强调了安全。该市有码头3座。", "3座") == "该市有码头3座。"


def test_an_item_is_shown_under_the_line_that_introduces_its_list() -> None:
    text = "会议强调了安全。\n收费如下：\n1. 停泊费按日收取。\n2. 过磅费按车收取。"
    assert _shown(text, "过磅") == "收费如下：2. 过磅费按车收取。"


def test_a_row_is_shown_under_its_header() -> None:
    text = "会议强调了安全。\n区域 | 泊位\n东区 | 3\n西区 | 5"
    start, end = text.index("区域"), text.index("\n东区")
    shown = _shown(text, "西区", Table(start, len(text), start, end))
    assert shown == "区域 | 泊位西区 | 5"


def test_a_sentence_right_below_a_heading_is_shown_with_it() -> None:
    text = "港口设在城南。\n（二）挪用船闸经费\n账目显示支出五万元。\n其余不实。"
    shown = _shown(text, "账目显示支出五万元。")
    assert shown == "（二）挪用船闸经费账目显示支出五万元。"


def test_what_limits_a_stretch_is_found_behind_it_alone() -> None:
    text = "船舶港务费每吨2元。但危险品除外。同一货物不得重复享受减免。港区每日八时开门。"
    document = _document(text)
    fee = (text.index("船舶"), text.index("但"))
    limits = [text[start:end] for start, end in limits_of(document, [fee])]
    assert limits == ["但危险品除外。", "同一货物不得重复享受减免。"]
    inside = (fee[0] + 2, fee[1] - 3)
    assert limits_of(document, [inside]) == limits_of(document, [fee])
    assert limits_of(document, [(fee[0], text.index("港区"))]) == ()
    assert limits_of(document, [(text.index("港区"), len(text))]) == limits_of(document, []) == ()
