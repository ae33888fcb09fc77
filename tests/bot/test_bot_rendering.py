"""Answers become messages that Telegram takes, with every quote word for word."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram_html import Seen, parse, units
from telegram_schema import button_url

from bot.languages import Tongue
from bot.markup import ENTITIES, emphasised, parts
from bot.quoting import EXPANDABLE_FROM, LIMIT, MOST_HIGHLIGHTS
from bot.rendering import render
from bot.sources import SOURCE_LIMIT, opens
from bot.texts import TEXTS
from hyqa import (
    Answer,
    Citation,
    Form,
    Highlight,
    HighlightKind,
    Language,
    Metadata,
    Quote,
    Statement,
    Status,
    by_source,
)
from hyqa.types import Label

META = Metadata(title="人才政策", issued="2025-07", url="https://example.org/?a=1&b=2")
CITATION = Citation("talent", META, heading_path=("补贴",))


def quote(text: str, citation: Citation = CITATION) -> Quote:
    return Quote(text, citation, 0, len(text))


def answered(*quotes: Quote) -> Answer:
    return Answer("?", "?", Status.ANSWERED, Language.CHINESE, 0.9, quotes)


def not_found(*nearest: Citation) -> Answer:
    return Answer("?", "?", Status.NOT_FOUND, Language.CHINESE, 0.1, nearest=nearest)


def seen(answer: Answer, tongue: Tongue = Tongue.SIMPLIFIED) -> list[Seen]:
    return [parse(message) for message in render(answer, tongue, as_of=date(2025, 11, 20))]


def test_a_quote_stands_above_its_numbered_source() -> None:
    other = replace(CITATION, heading_path=("住房",))
    [message] = seen(answered(quote("博士每人 10 万元。"), quote("硕士 <3 万元> & 住房。", other)))
    assert message.text == (
        "博士每人 10 万元。\n[1] 《人才政策》，2025年7月；补贴\n\n"
        "硕士 <3 万元> & 住房。\n[2] 《人才政策》，2025年7月；住房"
    )
    assert message.quotes == ["博士每人 10 万元。", "硕士 <3 万元> & 住房。"]
    assert message.stretches("text_link") == ["人才政策", "人才政策"]
    assert message.links == [META.url, META.url]


def test_labels_are_in_the_language_of_the_answer() -> None:
    [message] = seen(answered(quote("x")), Tongue.ENGLISH)
    assert message.text == "x\n[1] “人才政策”, July 2025; 补贴"


def test_a_long_quote_is_folded() -> None:
    [short] = seen(answered(quote("字" * EXPANDABLE_FROM)))
    [long] = seen(answered(quote("字" * (EXPANDABLE_FROM + 1))))
    assert short.entities[0].kind == "blockquote"
    assert long.entities[0].kind == "expandable_blockquote"


def test_a_digest_is_never_shown_as_the_official_text() -> None:
    meta = replace(META, form=Form.DIGEST, source_title="关于人才的通知", publisher="市政府")
    [message] = seen(answered(quote("x", Citation("d", meta))))
    assert message.text.startswith(
        "整理稿摘录，非官方原文：\nx\n[1] 整理自 市政府《关于人才的通知》"
    )
    assert message.stretches("text_link") == ["关于人才的通知"]
    [english] = seen(answered(quote("x", Citation("d", meta))), Tongue.ENGLISH)
    assert english.text.startswith("From a digest, not the official text:\nx\n[1] Digest of 市政府")


def test_an_expired_document_is_said_to_be() -> None:
    meta = replace(META, expires="2025-10-01")
    [message] = seen(answered(quote("x", Citation("d", meta))))
    assert "已于2025年10月1日到期" in message.text


@pytest.mark.parametrize("url", ["", "ftp://a.org", "javascript:alert(1)", "//a.org", "http://["])
def test_only_web_addresses_are_linked(url: str) -> None:
    [message] = seen(answered(quote("x", Citation("d", replace(META, url=url)))))
    assert message.links == []
    assert "《人才政策》" in message.text


def test_a_source_line_too_long_to_link_is_shortened() -> None:
    long = replace(META, url="https://example.org/" + "a" * SOURCE_LIMIT)
    [message] = seen(answered(quote("x", Citation("d", long))))
    assert (message.links, message.text) == ([], "x\n[1] 《人才政策》，2025年7月")
    [message] = seen(answered(quote("x", Citation("d", replace(META, title="&" * 9999)))))
    assert message.text.endswith("&&…")


def test_a_long_quote_is_cut_at_sentences_over_several_messages() -> None:
    text = "".join(f"第{number}条，企业可以享受补贴 < 10%。" for number in range(900))
    messages = seen(answered(quote(text)))
    assert len(messages) > 2
    assert "".join(message.quotes[0] for message in messages) == text
    assert all(message.quotes[0].endswith("。") for message in messages)
    texts = TEXTS[Tongue.SIMPLIFIED]
    assert all(message.text.endswith(texts.continued) for message in messages[:-1])
    assert all(message.text.startswith(texts.continuation) for message in messages[1:])
    assert messages[-1].text.endswith("[1] 《人才政策》，2025年7月；补贴")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.\nThree. Four five", "One. Two.\n"),
        ("One two. Three. Four five six", "One two. Three."),
        ("One two three four five six", "One two three "),
        ("版本1.5.0.7.9.1.2.3.4.5.6.7.8.9", "版本1.5.0.7.9.1.2."),
        ("字" * 30, "字" * 16),
        ("字" * 15 + "e\u0301" + "字" * 9, "字" * 15),
        ("字" * 11 + "👩\u200d👩\u200d👧" + "字" * 9, "字" * 11),
    ],
)
def test_cuts_are_made_where_reading_pauses(text: str, first: str) -> None:
    assert next(parts(text, 16)) == first
    assert "".join(parts(text, 16)) == text


@pytest.mark.parametrize("tongue", Tongue)
def test_nothing_found_names_what_is_near_and_how_to_ask(tongue: Tongue) -> None:
    near = [replace(CITATION, meta=replace(META, title=f"文件{n}")) for n in range(5)]
    [message] = seen(not_found(*near), tongue)
    texts = TEXTS[tongue]
    assert message.text.startswith(f"{texts.not_found}\n\n{texts.nearest}\n• ")
    assert message.stretches("text_link") == ["文件0", "文件1", "文件2"]
    assert message.text.endswith(f"\n\n{texts.ask_better}")
    assert message.quotes == []


def test_nothing_found_tells_what_the_nearest_do_not_mention() -> None:
    [message] = seen(replace(not_found(CITATION), missing=("长沙", "<电话>")))
    assert "其中没有提到：长沙、<电话>\n" in message.text


def test_nothing_found_and_nothing_near() -> None:
    [message] = seen(not_found())
    assert TEXTS[Tongue.SIMPLIFIED].nearest not in message.text


unruly = st.text(
    st.characters(codec="utf-8") | st.sampled_from("<>&\"'。\n😀👩\u200d\u0301\u202e\x00 é"),
    max_size=60,
)
repeated = st.builds(lambda text, times: text * times, unruly, st.integers(1, 300))
urls = st.just(META.url) | unruly | unruly.map(lambda text: f"https://example.org/{text}")
metadata = st.builds(
    Metadata,
    title=repeated,
    form=st.sampled_from(Form),
    source_title=unruly,
    publisher=repeated,
    validity=unruly,
    url=urls,
)
citations = st.builds(
    Citation, st.just("d"), metadata, st.lists(unruly, max_size=2).map(tuple), st.none()
)
offsets = st.integers(0, 20_000)
highlights = st.builds(Highlight, st.sampled_from(HighlightKind), offsets, offsets)
labels = st.builds(Label, offsets, offsets, unruly)


@st.composite
def marked(draw: st.DrawFn) -> Quote:
    """A quote somewhere in a document, with highlights and labels that may lie anywhere."""
    start, text = draw(st.integers(0, 5000)), draw(repeated)
    marks = tuple(draw(st.lists(highlights, max_size=60)))
    names = tuple(draw(st.lists(labels, max_size=8)))
    return Quote(text, draw(citations), start, start + len(text), marks, names)


@given(st.lists(marked(), min_size=1, max_size=5), st.sampled_from(Tongue))
@example([quote("&" * 9000)], Tongue.SIMPLIFIED)
@example([quote("😀" * 9000)], Tongue.ENGLISH)
@example([quote("甲"), quote("乙" * 4090)], Tongue.ENGLISH)
@settings(max_examples=60, deadline=None)
def test_any_quotes_fit_and_stay_word_for_word(quotes: list[Quote], tongue: Tongue) -> None:
    sources = render(answered(*quotes), tongue)
    messages = [parse(source) for source in sources]
    assert all(units(source) <= LIMIT and message.units <= LIMIT
               for source, message in zip(sources, messages, strict=True))  # fmt: skip
    assert all(len(message.entities) <= ENTITIES for message in messages)
    shown = "".join(stretch for message in messages for stretch in message.quotes)
    assert shown == "".join(one.text for one in quotes)
    everything = "".join(message.text for message in messages)
    numbers = range(1, len(by_source(quotes)) + 1)
    assert -1 not in [everything.find(f"\n[{number}] ") for number in numbers]


@given(repeated, st.lists(st.tuples(st.integers(-5, 500), st.integers(-5, 500))))
@settings(deadline=None)
def test_any_stretches_in_bold_leave_the_text_as_it_is(
    text: str, stretches: list[tuple[int, int]]
) -> None:
    message = parse(emphasised(text, stretches))
    assert message.text == text
    for one in message.stretches("bold"):
        assert one in text


def test_amounts_dates_and_conditions_of_a_quote_are_bold() -> None:
    text = "2025年起，博士 <全职> 补贴10万元。"
    marks = tuple(
        Highlight(HighlightKind.AMOUNT, 100 + text.index(word), 100 + text.index(word) + len(word))
        for word in ("2025年", "<全职>", "10万元")
    )
    [message] = seen(answered(Quote(text, CITATION, 100, 100 + len(text), marks)))
    assert message.quotes == [text]
    assert message.stretches("bold") == ["2025年", "<全职>", "10万元"]


def test_what_is_bold_stays_so_where_a_quote_is_cut() -> None:
    text = "字" * 9000
    marks = (Highlight(HighlightKind.CONDITION, 0, 9000),)
    messages = seen(answered(Quote(text, CITATION, 0, 9000, marks)))
    assert len(messages) > 2
    assert "".join(one for message in messages for one in message.stretches("bold")) == text


def test_where_all_would_be_bold_nothing_is() -> None:
    marks = tuple(
        Highlight(HighlightKind.AMOUNT, 2 * at, 2 * at + 1) for at in range(MOST_HIGHLIGHTS + 1)
    )
    [message] = seen(answered(Quote("1、" * 60, CITATION, 0, 120, marks)))
    assert message.stretches("bold") == []


def test_quotes_of_one_section_stand_above_one_source() -> None:
    first, second = quote("博士10万元。"), Quote("须全职。", CITATION, 40, 44)
    [message] = seen(answered(first, second))
    assert message.quotes == ["博士10万元。", "须全职。"]
    assert message.text == "博士10万元。\n…\n须全职。\n[1] 《人才政策》，2025年7月；补贴"


def test_quotes_of_one_section_that_fill_messages_each_have_their_source() -> None:
    messages = seen(answered(quote("甲" * 3000), quote("乙" * 3000)))
    assert [message.text.count("[1] ") for message in messages] == [1, 1]


def test_english_names_stand_below_a_chinese_quote() -> None:
    text = "松木经开区的<园区>"
    names = (Label(50, 55, "Songmu Economic Development Zone"), Label(57, 59, "park & zone"))
    one = Quote(text, CITATION, 50, 50 + len(text), labels=names)
    [message] = seen(answered(one), Tongue.ENGLISH)
    assert message.text.splitlines()[:2] == [
        text,
        "松木经开区 = Songmu Economic Development Zone; 园区 = park & zone",
    ]
    assert message.quotes == [text]


@given(st.lists(citations, max_size=5), st.lists(repeated, max_size=3), st.sampled_from(Tongue))
@settings(max_examples=60, deadline=None)
def test_any_nearest_documents_fit(
    nearest: list[Citation], missing: list[str], tongue: Tongue
) -> None:
    [source] = render(replace(not_found(*nearest), missing=tuple(missing)), tongue)
    assert units(source) <= LIMIT
    assert parse(source).text.startswith(TEXTS[tongue].not_found)


@given(urls)
@example("https://example.org/a b")
@example("https://localhost/")
@example("https://example.org/\u2028")
@settings(deadline=None)
def test_what_is_linked_can_be_a_button(url: str) -> None:
    if opens(url):
        assert button_url(url) == url
        assert url.isprintable()


@given(repeated, st.integers(8, 200))
@settings(deadline=None)
def test_parts_fit_and_join_to_the_text(text: str, limit: int) -> None:
    cut = list(parts(text, limit))
    assert "".join(cut) == text
    assert all(cut) or not text


@pytest.mark.parametrize("tongue", Tongue)
def test_a_part_that_is_left_open_is_told_first(tongue: Tongue) -> None:
    answer = replace(answered(quote("甲")), missing=("<长沙>", "电话"))
    message, *others = seen(replace(answer, status=Status.PARTIAL), tongue)
    assert others == []
    assert message.text.startswith(f"{TEXTS[tongue].partial}<长沙>")
    assert message.quotes == seen(answered(quote("甲")), tongue)[0].quotes


@pytest.mark.parametrize("tongue", Tongue)
def test_a_summary_stands_above_the_quotes(tongue: Tongue) -> None:
    summary = (Statement("甲<乙>", (1,)), Statement("丙", (1, 2, 3)))
    quotes = quote("甲"), quote("乙"), quote("丁", replace(CITATION, heading_path=("住房",)))
    message, *_ = seen(replace(answered(*quotes), summary=summary), tongue)
    assert message.text.startswith("甲<乙>[1] 丙[1][2]\n")  # by sources, two quotes have one


@pytest.mark.parametrize("tongue", Tongue)
def test_documents_that_differ_are_told_to(tongue: Tongue) -> None:
    message, *_ = seen(replace(answered(quote("甲"), quote("乙")), differs=True), tongue)
    assert message.text.startswith(TEXTS[tongue].differs)


@pytest.mark.parametrize("tongue", Tongue)
def test_a_question_asked_back_lists_the_choices_that_a_button_would_cut(tongue: Tongue) -> None:
    answer = replace(not_found(), status=Status.CLARIFY, nearest=(), choices=("甲？", "<乙>？"))
    [short] = seen(answer, tongue)
    assert short.text == TEXTS[tongue].clarify
    [long] = seen(replace(answer, choices=("甲？", "<乙>" * 99)), tongue)
    assert long.text == f"{TEXTS[tongue].clarify}\n1. 甲？\n2. {'<乙>' * 99}"


@pytest.mark.parametrize("tongue", Tongue)
def test_a_question_about_other_things_is_told_as_such(tongue: Tongue) -> None:
    [message] = seen(replace(not_found(), status=Status.OUT_OF_SCOPE), tongue)
    assert message.text.startswith(TEXTS[tongue].out_of_scope)
