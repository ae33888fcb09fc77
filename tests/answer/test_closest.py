"""What comes closest, where nothing answers surely."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log

import pytest

from hyqa.answer.citing import further_documents
from hyqa.answer.leading import WORTH_READING
from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.models import HashEncoder
from hyqa.question.follow_ups import Conversation
from hyqa.reading.lexical import LexicalReader
from hyqa.types import (
    Answer,
    Document,
    Query,
    QuestionAnalysis,
    Ranking,
    Reading,
    Sentence,
    Status,
)

TEXTS = {
    "park.md": "---\ntitle: 甲园区\n---\n# 面积\n\n甲园区规划面积 20 平方公里。但沿江一带除外。\n",
    "rail.md": "---\ntitle: 铁路\n---\n# 铁路\n\n甲园区旁有一条铁路通到港口。\n",
}
TODAY = date(2026, 11, 30)


@dataclass
class Doubting:
    """Reads as words tell, and takes the likeliest for as likely as it is told."""

    reader: LexicalReader
    likely: float

    def read(
        self, query: Query, question: QuestionAnalysis, ranking: Ranking
    ) -> tuple[Reading, ...]:
        readings = self.reader.read(query, question, ranking)
        logit = log(self.likely / (1 - self.likely))
        return tuple(replace(one, logit=logit - n) for n, one in enumerate(readings))

    def score_sentences(
        self, question: QuestionAnalysis, document: Document, hits: Sequence[Reading]
    ) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
        return self.reader.score_sentences(question, document, hits)


@pytest.fixture
def asked(index_foreseen: Callable[..., Index]) -> Callable[..., Answer]:
    index = index_foreseen(TEXTS, [])

    def ask(likely: float, question: str = "甲园区面积多大") -> Answer:
        reader = Doubting(LexicalReader(index), likely)
        return Engine(index, HashEncoder(), reader).ask(question, as_of=TODAY)

    return ask


def test_words_that_may_help_are_shown_below_a_refusal_with_what_limits_them(
    asked: Callable[..., Answer],
) -> None:
    answer = asked(WORTH_READING + 0.05)
    assert (answer.status, answer.quotes) == (Status.NOT_FOUND, ())
    [closest] = answer.closest
    assert closest.text == "甲园区规划面积 20 平方公里。但沿江一带除外。"
    assert closest.citation.document_id == "park.md"


def test_words_that_hardly_help_are_not_shown(asked: Callable[..., Answer]) -> None:
    assert asked(WORTH_READING - 0.05).closest == ()


def test_an_answer_has_no_closest_words_beside_its_quotes(asked: Callable[..., Answer]) -> None:
    answer = asked(0.95)
    assert answer.quotes and answer.closest == ()


def test_documents_that_are_near_are_named_but_for_that_of_the_words(
    asked: Callable[..., Answer],
) -> None:
    answer = asked(WORTH_READING + 0.05)
    near = {one.document_id for one in answer.nearest}
    assert "park.md" in near
    assert {one.document_id for one in further_documents(answer)} == near - {"park.md"}


def test_a_follow_up_may_ask_about_the_words_that_came_closest(
    asked: Callable[..., Answer],
) -> None:
    answer = asked(WORTH_READING + 0.05)
    assert Conversation().add(answer.question, answer).told == answer.closest[0].text
