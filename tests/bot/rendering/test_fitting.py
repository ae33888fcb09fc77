"""Any answer fits into messages that Telegram takes, with every quote word for word."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from standin.html import parse, units
from standin.schema import button_url

from bot.languages import Tongue
from bot.rendering.answers import render
from bot.rendering.markup import ENTITIES, emphasised, parts
from bot.rendering.quoting import LIMIT
from bot.rendering.sources import opens
from bot.texts import TEXTS
from hyqa import (
    Citation,
    Form,
    Highlight,
    HighlightKind,
    Metadata,
    Quote,
    by_source,
)
from hyqa.types import Label
from rendering.answers import META, answered, not_found, quote, seen

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


@given(st.lists(marked(), min_size=1, max_size=5), repeated, st.sampled_from(Tongue))
@example([quote("&" * 9000)], "&" * 99, Tongue.SIMPLIFIED)
@example([quote("😀" * 9000)], "?", Tongue.ENGLISH)
@example([quote("甲"), quote("乙" * 4090)], "?" * 999, Tongue.ENGLISH)
@settings(max_examples=60, deadline=None)
def test_any_quotes_fit_and_stay_word_for_word(
    quotes: list[Quote], related: str, tongue: Tongue
) -> None:
    sources = render(replace(answered(*quotes), related=(related,)), tongue)
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


@given(
    st.lists(citations, max_size=5), st.lists(repeated, max_size=3),
    st.lists(repeated, max_size=3), st.sampled_from(Tongue),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_nearest_documents_fit(
    nearest: list[Citation], missing: list[str], related: list[str], tongue: Tongue
) -> None:
    refused = replace(not_found(*nearest), missing=tuple(missing), related=tuple(related))
    [source] = render(refused, tongue)
    assert units(source) <= LIMIT
    assert parse(source).text.startswith(TEXTS[tongue].not_found)
    [source] = render(replace(refused, pointer="<电价>由甲公布。" * 999), tongue)
    assert units(source) <= LIMIT
    assert parse(source).text.startswith("<电价>由甲公布。")


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
