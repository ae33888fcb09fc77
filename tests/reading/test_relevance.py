from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.answer.quotes import stretches
from hyqa.index.build import Index
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.reading.relevance import probabilities, share_held
from hyqa.reading.sentences import sentences_of
from hyqa.types import Document, Metadata, Section

TEXT = (
    "为做好港口管理工作，制定本办法。港口设在城南。\n停泊费：每吨3元。\n过磅费：每车20元。\n"
    "（一）减免条件。从事转口贸易。注册满一年。综上，港口停泊费和过磅费应当按时缴纳。"
)


@pytest.fixture(scope="module")
def index(index_of: Callable[[str], Index]) -> Index:
    return index_of(TEXT)


def _document(text: str, title: str = "港口办法") -> Document:
    return Document("a", Metadata(title), text, (Section((), 0, len(text)),), (), "")


def _best(question: str, index: Index, text: str = TEXT) -> str:
    document = _document(text)
    sentences = sentences_of(document, [(0, len(text))], 0)
    sought = analyse(make_query(question), index)
    likely = probabilities(document, sentences, [((0, len(text)), 1.0)], sought)
    best = sentences[int(likely.argmax())]
    return text[best.start : best.end]


def test_the_line_whose_label_is_asked_for_is_likeliest(index: Index) -> None:
    assert _best("过磅费多少钱", index) == "过磅费：每车20元。"
    assert _best("停泊费多少钱", index) == "停泊费：每吨3元。"


def test_what_a_question_says_of_its_source_is_not_what_it_asks(index: Index) -> None:
    sought = analyse(make_query("根据港口管理办法，过磅费是多少？"), index)
    assert "过磅费" in sought.core or "_过磅" in sought.core
    assert "_管理" not in sought.core


def test_enumerated_things_are_sought_one_by_one(index: Index) -> None:
    aspects = analyse(make_query("停泊费、过磅费和减免条件分别是什么？"), index).aspects
    assert len(aspects) == 3


def test_sentences_are_those_of_the_text_and_of_what_is_near() -> None:
    document = _document(TEXT)
    every = sentences_of(document, [(0, len(TEXT))], 0)
    assert "".join(TEXT[one.start : one.end] for one in every) == TEXT.replace("\n", "")
    place = TEXT.index("停泊费")
    [one] = sentences_of(document, [(place, place + 1)], 0)
    assert TEXT[one.start : one.end] == "停泊费：每吨3元。"
    assert one.opens


def test_a_text_without_the_kind_that_is_asked_for_holds_nothing(index: Index) -> None:
    sought = analyse(make_query("过磅费多少钱"), index)
    assert share_held("过磅费：每车20元。", sought) > 0
    assert share_held("过磅费按车收取。", sought) == 0


@given(st.text(max_size=120), st.text(min_size=1, max_size=40))
def test_any_text_has_probabilities_for_any_question(
    index: Index, text: str, question: str
) -> None:
    document = _document(text, title=text[:10])
    sentences = sentences_of(document, [(0, len(text))], 0)
    likely = probabilities(document, sentences, [], analyse(make_query(question), index))
    assert len(likely) == len(sentences)
    assert ((likely >= 0) & (likely < 2)).all()
    everything = stretches(document, sentences, set(range(len(sentences))))
    assert all(text[a:b] == text[a:b].strip() for _, (a, b) in everything)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("办个公司要几天", "企业开办压缩到1天。"),
        ("HQ award?", "A headquarters is awarded 3 million yuan."),
    ],
)
def test_a_sentence_answers_in_other_words(question: str, answer: str, index: Index) -> None:
    text = "项目验收要5天。企业开办压缩到1天。\nA factory is cheap. A headquarters is awarded 3 million yuan."
    assert _best(question, index, text) == answer


def test_the_count_of_what_is_counted_is_likelier_than_another(index: Index) -> None:
    text = "引进的博士服务了205个单位。\n第三季以后累计引进博士833名。"
    assert "833" in _best("引进了几个博士", index, text)
