"""Ask the foreseen questions of an index, each as if it had not been foreseen.

What is learned from them must hold for questions that nobody foresaw. So a question is left out of
the keys while it is asked, with the others of the same wording; or all of its document are, as when a
maintainer has added one and foreseen nothing; or all of some documents that do not answer it, or what
has no foreseen questions would always be what answers.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from hyqa.engine import Engine
from hyqa.index.search import TOP_K, rank
from hyqa.models import encode_questions
from hyqa.question.analysis import analyse
from hyqa.question.follow_ups import NOTHING
from hyqa.question.understanding import Question, understand
from hyqa.reading.reranking import Candidate, candidates_of
from hyqa.types import Query, QuestionAnalysis, Ranking

OTHER_SHARE = 5
_SHORTEST = 4
"""Characters of words that tell the same fact where they stand in another passage."""
_FIGURE = re.compile(r"\d[\d.,]*")
_SPACES = re.compile(r"[\s,，]")


class Kin(StrEnum):
    """What is left out of the keys with a question."""

    WORDING = "wording"
    DOCUMENT = "document"
    OTHERS = "others"
    """All of one in ``OTHER_SHARE`` of the documents that are none of the question's."""


class Label(StrEnum):
    """Whether a candidate answers, as far as the written questions tell."""

    ANSWERS = "answers"
    NOT = "not"
    PARTLY = "partly"
    """It answers a part, or for another year or level."""
    PERHAPS = "perhaps"
    """It holds the figures that answer."""
    BESIDE = "beside"
    """Another passage of a document that answers."""
    UNKNOWN = "unknown"
    """Another document's, of a near miss: nobody has looked."""


@dataclass(frozen=True, slots=True)
class Written:
    """A foreseen question with where its answers stand, by row: (start, end); none of a near miss.

    ``documents`` are the ids of those that answer or look as if they did; ``topic`` is the name of
    what no document holds, '' of any other.
    """

    number: int
    text: str
    answers: Mapping[int, tuple[int, int]]
    documents: frozenset[str]
    lacks: str = ""
    topic: str = ""

    @property
    def partly(self) -> bool:
        """Whether its documents answer but a part."""
        return bool(self.answers and self.lacks)


@dataclass(frozen=True, slots=True)
class Asked:
    """A foreseen question as it was asked, and what was found for it."""

    written: Written
    kin: Kin
    query: Query
    question: QuestionAnalysis
    ranking: Ranking
    candidates: tuple[Candidate, ...]
    labels: tuple[Label, ...]


class LeaveOneOut:
    """Asks the foreseen questions of an engine's index.

    Args:
        engine: its index holds them.
        as_of: the day on which they are asked.
        judged: texts of those whose writers said that no document answers, where none is named.
    """

    def __init__(self, engine: Engine, as_of: date, judged: Set[str] = frozenset()) -> None:
        self._engine, self._day, self._judged = engine, as_of, judged
        self._index = index = engine.index
        chunks = index.store.chunks(list(range(index.store.chunk_count)))
        self._rows = {chunk.id: row for row, chunk in enumerate(chunks)}
        self._documents = [chunk.document_id for chunk in chunks]
        self._texts = [_bare(chunk.text) for chunk in chunks]
        self.questions = self._written()
        self._of_wording: dict[str, set[int]] = {}
        self._of_document: dict[str, set[int]] = {}
        for one in self.questions:
            self._of_wording.setdefault(_wording(one), set()).add(one.number)
            for document in one.documents:
                self._of_document.setdefault(document, set()).add(one.number)

    def ask(self, written: Written, kin: Kin) -> Asked:
        """Ask one question, its kin left out of the keys."""
        engine, index = self._engine, self._index
        asked = Question(written.text, NOTHING, self._day)
        query = understand(asked, index, engine.speller).query
        vectors = encode_questions(engine.encoder, [query.asked])
        ranking = rank(
            index,
            query,
            vectors.meaning[0],
            vectors.asking[0],
            top_k=TOP_K,
            as_of=self._day,
            unforeseen=sorted(self._left_out(written, kin)),
        )
        question = analyse(query, index)
        candidates = candidates_of(index, query, question, ranking)
        same = self._telling_the_same(written)
        labels = tuple(self._label(written, one, same) for one in candidates)
        return Asked(written, kin, query, question, ranking, candidates, labels)

    def _written(self) -> list[Written]:
        foreseen = self._index.foreseen
        answers: dict[int, dict[int, tuple[int, int]]] = {}
        documents: dict[int, set[str]] = {}
        for number, row, start, end in foreseen.all_links():
            documents.setdefault(number, set()).add(self._documents[row])
            if end:
                answers.setdefault(number, {})[row] = (start, end)
        topics = foreseen.topic_of_wordings()
        return [
            Written(
                number=number,
                text=text,
                answers=answers.get(number, {}),
                documents=frozenset(documents.get(number, ())),
                lacks=lacks,
                topic=topics.get(number, ""),
            )
            for number, (text, lacks) in sorted(foreseen.all_texts().items())
        ]

    def _left_out(self, written: Written, kin: Kin) -> set[int]:
        """Numbers of the questions that are left out with one, itself included."""
        alike = self._of_wording[_wording(written)]
        if kin is Kin.WORDING:
            return alike
        own = self._leading_to(written.documents)
        if kin is Kin.DOCUMENT:
            return alike | own
        return alike | (self._leading_to(self._others(written)) - own)

    def _leading_to(self, documents: Iterable[str]) -> set[int]:
        return {number for one in documents for number in self._of_document.get(one, ())}

    def _others(self, written: Written) -> list[str]:
        """Some of the documents that are not a question's, drawn by its number."""
        others = sorted({*self._documents} - written.documents)
        return Random(written.number).sample(others, len(others) // OTHER_SHARE)

    def _label(self, written: Written, one: Candidate, same: Set[int]) -> Label:
        row, own = self._rows[one.hit.chunk.id], one.hit.chunk.document_id
        if written.topic:
            return Label.NOT
        if not written.answers:
            judged = own in written.documents or written.text in self._judged
            return Label.NOT if judged else Label.UNKNOWN
        if row in same:
            return Label.PARTLY if written.lacks else Label.ANSWERS
        words = [
            self._index.store.document(self._documents[at]).text[start:end]
            for at, (start, end) in written.answers.items()
        ]
        if any(len(text) >= _SHORTEST and text in self._texts[row] for text in map(_bare, words)):
            return Label.PARTLY if written.lacks else Label.ANSWERS
        figures = [set(_FIGURE.findall(text)) for text in words]
        if any(some and all(one in self._texts[row] for one in some) for some in figures):
            return Label.PERHAPS
        return Label.BESIDE if own in written.documents else Label.NOT

    def _telling_the_same(self, written: Written) -> set[int]:
        """Rows that answer, and those that answer the same foreseen questions by the same words."""
        same = (
            self._index.foreseen.same_answers([row], start, end)
            for row, (start, end) in written.answers.items()
        )
        return {*written.answers, *(row for found in same for row, _, _ in found)}


def _wording(written: Written) -> str:
    return written.text.strip().lower()


def _bare(text: str) -> str:
    """A text without spaces and commas, which figures are written with and without."""
    return _SPACES.sub("", text).lower()
