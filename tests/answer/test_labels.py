from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hyqa.answer.labels import MAX_LABELS, label_quote
from hyqa.types import Citation, Language, Metadata, Quote

TERMS = {
    "青螺洲": "Snail Isle",
    "青螺洲工业园": "Snail Isle Industrial Park",
    "标准厂房": "factories",
}


def quote(text: str, language: Language = Language.CHINESE) -> Quote:
    citation = Citation("a.md", Metadata(title="概况", language=language))
    return Quote(text, citation, 5, 5 + len(text))


def test_an_english_reader_gets_the_glossarys_names_of_the_longest_terms() -> None:
    found = label_quote(
        quote("青螺洲工业园有标准厂房，青螺洲工业园在江边。"), TERMS, Language.ENGLISH
    )
    assert [(one.start, one.end, one.english) for one in found.labels] == [
        (5, 11, "Snail Isle Industrial Park"),
        (12, 16, "factories"),
    ]
    assert replace(found, labels=()) == quote("青螺洲工业园有标准厂房，青螺洲工业园在江边。")


def test_a_chinese_reader_and_an_english_quote_need_no_labels() -> None:
    assert label_quote(quote("青螺洲"), TERMS, Language.CHINESE).labels == ()
    assert label_quote(quote("青螺洲", Language.ENGLISH), TERMS, Language.ENGLISH).labels == ()


def test_a_quote_without_terms_gets_none() -> None:
    assert label_quote(quote("无"), TERMS, Language.ENGLISH).labels == ()
    assert label_quote(quote("青螺洲"), {}, Language.ENGLISH).labels == ()


@given(st.text("青螺洲工业园标准厂房，", max_size=80))
def test_labels_are_few_in_order_and_apart(text: str) -> None:
    found = label_quote(quote(text), TERMS, Language.ENGLISH).labels
    assert len(found) <= MAX_LABELS
    assert all(TERMS[text[one.start - 5 : one.end - 5]] == one.english for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
