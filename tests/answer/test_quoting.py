from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hyqa.answer.leading import MAX_DOCUMENTS, leading_readings
from hyqa.answer.quoting import QUOTE_WIDTH, choose_quotes
from hyqa.engine import Engine
from hyqa.index.build import Index, build_index, open_index
from hyqa.models import HashEncoder
from hyqa.types import Answer, Quote

Ask = Callable[[str], Answer]
TODAY = date(2025, 11, 1)
OTHER = "青螺洲工业园规划面积12.5平方公里，分三期建设。"
"""A document about something else: in a corpus of one document no word tells anything."""


@pytest.fixture
def quotes_of(tmp_path: Path) -> Callable[..., tuple[Quote, ...]]:
    """Quotes that answer a question over a few documents, given as name and text.

    The corpus knows two cities.
    """

    def quote(question: str, **documents: str) -> tuple[Quote, ...]:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for name, text in documents.items():
            (corpus / f"{name}.md").write_text(text, encoding="utf-8")
        (corpus / "glossary.toml").write_text('[regions]\nplaces = "长沙 株洲"\n', "utf-8")
        build_index(corpus, tmp_path / "index", HashEncoder())
        engine = Engine(open_index(tmp_path / "index"), HashEncoder())
        step = engine.trace(question, as_of=TODAY).steps[0]
        # Whether they answer is decided elsewhere.
        readings = [replace(one, threshold=0.0) for one in step.readings]
        leading = leading_readings(
            engine.index, engine.reader, step.analysis, readings, as_of=TODAY
        )
        return choose_quotes(engine.index, step.analysis, leading)

    return quote


def test_every_quote_is_the_documents_own_text(index: Index) -> None:
    engine = Engine(index, HashEncoder())
    for question in ("博士生活补贴多少钱", "青螺洲工业园规划面积", "living allowance of a doctor"):
        answer = engine.ask(question, as_of=TODAY)
        assert answer.quotes
        for quote in answer.quotes:
            text = engine.document(quote.citation.document_id).text
            assert text[quote.start : quote.end] == quote.text == quote.text.strip()


def test_a_quote_carries_the_condition_in_the_next_sentence(index: Index) -> None:
    quote = Engine(index, HashEncoder()).ask("博士生活补贴每月多少钱", as_of=TODAY).quotes[0]
    assert "3000元" in quote.text
    assert "已享受其他同类补贴的除外" in quote.text


def test_paragraphs_that_add_nothing_are_left_out(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    text = (
        "云岭码头建有千吨级泊位3个。\n\n"
        "会议听取了关于春季绿化的汇报，与会人员进行了讨论。\n\n"
        "会议还研究了道路保洁，要求各单位落实到位。\n"
    )
    [quote] = quotes_of("云岭码头有几个泊位", harbour=text)
    assert quote.text == "云岭码头建有千吨级泊位3个。"


def test_a_paragraph_that_limits_the_one_before_stays(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    text = "云岭码头对集装箱免收装卸费50元。\n\n但危险品集装箱除外。\n\n会议还研究了道路保洁。\n"
    [quote] = quotes_of("云岭码头对集装箱免收装卸费50元", harbour=text)
    assert quote.text.endswith("但危险品集装箱除外。")


def test_items_stay_with_the_sentence_that_introduces_them(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    text = "云岭码头的收费项目如下：\n\n1. 停泊费按日收取。\n\n2. 过磅费按车收取。\n"
    [quote] = quotes_of("云岭码头有哪些收费项目", harbour=text)
    assert "停泊费" in quote.text and "过磅费" in quote.text


def test_quotes_are_few_and_of_bounded_width(quotes_of: Callable[..., tuple[Quote, ...]]) -> None:
    texts = {
        name: "".join(
            f"{name}云岭码头第{n}号泊位停靠千吨级货船，由港务公司管理。" for n in range(60)
        )
        for name in "甲乙丙丁戊"
    }
    quotes = quotes_of("港务公司管理的千吨级泊位", **texts)
    shown = Counter[str]()
    for quote in quotes:
        shown[quote.citation.document_id] += len(quote.text)
    assert 1 <= len(shown) <= MAX_DOCUMENTS
    assert max(shown.values()) <= 1.25 * QUOTE_WIDTH  # what limits a sentence may go beyond


def test_what_another_document_repeats_is_shown_once(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    text = "云岭码头有千吨级泊位9个，由港务公司管理。"
    assert len(quotes_of("云岭码头有几个千吨级泊位", a=text, b=text)) == 1


def test_an_answer_in_several_places_is_quoted_place_by_place(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    between = (
        "会议听取了关于春季绿化的汇报，与会人员围绕道路保洁和文明创建进行了充分而热烈的讨论。" * 3
    )
    text = f"云岭码头的停泊费每吨3元。{between}云岭码头的过磅费每车20元。{between}云岭码头的仓储费每天5元。"
    quotes = quotes_of("云岭码头的停泊费、过磅费和仓储费多少钱？", harbour=text, park=OTHER)
    shown = [quote.text for quote in quotes]
    for fee in ("停泊费每吨3元", "过磅费每车20元", "仓储费每天5元"):
        assert any(fee in one for one in shown)
    assert len(quotes) == 3
    _, *rest = [quote.start for quote in quotes]  # the likeliest stands first
    assert rest == sorted(rest)


def test_a_sentence_longer_than_the_limit_is_shown_whole(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    sentence = "云岭码头的泊位" + "，设有岸桥和堆场" * 60 + "。"
    [quote] = quotes_of("云岭码头的泊位", harbour=sentence)
    assert quote.text == sentence


def test_of_equally_good_figures_the_newest_leads(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    document = (
        "---\ntitle: 云岭码头泊位\nissued: '{year}'\n---\n\n{year}年云岭码头有泊位{count}个。\n"
    )
    quotes = quotes_of(
        "云岭码头有多少个泊位",
        old=document.format(year=2021, count=3),
        new=document.format(year=2025, count=9),
    )
    assert quotes[0].citation.meta.issued == "2025"


def test_what_has_expired_does_not_lead(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    document = "---\ntitle: 云岭码头停泊办法{end}\nissued: '2019'\nexpires: '{end}'\n---\n\n云岭码头的停泊费由港务所收取。\n第{end}号窗口办理。\n"
    quotes = quotes_of(
        "云岭码头的停泊费由谁收取",
        old=document.format(end=2021),
        valid=document.format(end=2030).replace("港务所", "航运局"),
        park=OTHER,
    )
    assert quotes[0].citation.document_id == "valid.md"


def test_what_has_expired_is_shown_where_it_is_all_there_is(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    old = "---\ntitle: 云岭码头停泊办法\nissued: '2019'\nexpires: '2021'\n---\n\n云岭码头的停泊费由港务所收取。\n"
    quotes = quotes_of("云岭码头的停泊费由谁收取", old=old, park=OTHER)
    assert quotes[0].citation.document_id == "old.md"


def test_of_another_place_only_what_names_it_is_quoted(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    # At home in Changsha, which all name; asked about Zhuzhou.
    homes = {
        f"home{n}": f"长沙市第{n}号园区位于长沙城东，规划面积{n}平方公里。" for n in range(1, 9)
    }
    text = (
        "通知同时印发了长沙和株洲两个综试区的实施方案。\n\n"
        "长沙综试区要建设跨境电商综试区的优惠政策高地。\n\n"
        "另有株洲跨境电商综试区享受同样的优惠政策。\n"
    )
    found = quotes_of("株洲跨境电商综试区的优惠政策", zones=text, **homes)
    quoted = [quote.text for quote in found if "综试区" in quote.text]
    assert any("株洲" in text for text in quoted)
    assert not any("政策高地" in text for text in quoted)


def test_of_several_years_only_the_one_that_is_asked_for_is_quoted(
    quotes_of: Callable[..., tuple[Quote, ...]],
) -> None:
    aside = "\n\n".join(
        f"会议听取了第{number}小组关于绿化的汇报，与会人员进行了讨论。" for number in "一二三四五六"
    )
    text = (
        f"2018年云岭市人均地区生产总值为42163元。\n\n{aside}\n\n"
        f"2021年云岭人均地区生产总值为57840元。\n\n{aside}\n"
    )
    [quote] = quotes_of("云岭市2021年人均地区生产总值多少", economy=text, other=OTHER)
    assert quote.text.startswith("2021年")
