"""The stand-in reads HTML as Telegram does."""

import pytest

from standin.html import KINDS, BadHtml, Entity, parse, received


def test_tags_become_entities_counted_in_utf16() -> None:
    seen = parse('😀<b>a<i>b</i></b> <a href="https://a.org/?x=1&amp;y=2">c</a>')
    assert seen.text == "😀ab c"
    assert seen.entities == (
        Entity("bold", 2, 2),
        Entity("italic", 3, 1),
        Entity("text_link", 5, 1, "https://a.org/?x=1&y=2"),
    )


@pytest.mark.parametrize("tag", sorted(KINDS.keys() - {"a", "span"}))
def test_known_tags_are_taken(tag: str) -> None:
    [entity] = parse(f"<{tag}>x</{tag.upper()}>").entities
    assert (entity.offset, entity.length) == (0, 1)


def test_quotes_may_be_folded() -> None:
    seen = parse("<blockquote expandable>a</blockquote>b<blockquote>c</blockquote>")
    assert [entity.kind for entity in seen.entities] == ["expandable_blockquote", "blockquote"]
    assert seen.quotes == ["a", "c"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#39;&#x27;", "''"),
        ("a & b &nbsp; &copy", "a & b &nbsp; &copy"),
        ("a > b", "a > b"),
        ('<a href="javascript:x">a</a>', "a"),
    ],
)
def test_what_is_not_markup_stays(source: str, text: str) -> None:
    assert parse(source).text == text
    assert parse(source).links == []


@pytest.mark.parametrize(
    "source",
    [
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<div>x</div>",
        "<br>",
        "a < b",
        "<b",
        "<>x</>",
        '<span class="red">x</span>',
        "<span>x</span>",
        "<a href=https://a.org/?b>x</a>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
    ],
)
def test_bad_markup_is_refused(source: str) -> None:
    with pytest.raises(BadHtml):
        parse(source)


def test_a_message_arrives_cleaned_and_trimmed() -> None:
    seen = received("<blockquote>a\tb\x00c\r\u202e \n</blockquote> \n")
    assert seen.text == "a b c"
    assert seen.quotes == ["a b c"]
