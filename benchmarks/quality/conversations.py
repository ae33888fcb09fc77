"""Conversations to fit on: what is measured of the passages that are found for a last turn."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hyqa.engine import Engine
from hyqa.maintenance.evaluation.leave_one_out import Label, Written
from hyqa.question.analysis import analyse
from hyqa.question.follow_ups import Conversation
from hyqa.question.understanding import Question, understand
from hyqa.reading.foreseen import described
from hyqa.reading.reranking import candidates_of
from hyqa.types import Query, Reading

DAY = date(2026, 11, 29)
TALK, PARTLY = "talk", "partly"
"""What a study says of small talk, and of what the documents answer in part."""
LAST_TURN = -1
"""Stands in the place of a foreseen question's number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it was asked, with what was measured of its candidates.

    ``told`` is what was answered to the question before it in a conversation, '' where there was none.
    """

    written: Written
    readings: tuple[Reading, ...]
    labels: tuple[Label, ...]
    told: str = ""

    @property
    def line(self) -> str:
        """The question in one line of a file, below each other what is asked in a conversation."""
        return self.written.text.replace("\n", " >> ")


def measured(engine: Engine, query: Query) -> tuple[Reading, ...]:
    """Search for a query and describe what is found, without near misses: there are many."""
    ranking = engine.find(query, as_of=DAY)
    candidates = candidates_of(engine.index, query, analyse(query, engine.index), ranking)
    readings = described(engine.index, query, candidates, ranking)
    return tuple(replace(one, hit=replace(one.hit, near_miss=None)) for one in readings)


def talks_of(engine: Engine, path: Path) -> list[Found]:
    """The last turns of conversations, asked after those before them were answered."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [_asked(engine, read["turns"], [*read["answers"].items()]) for read in lines]


def studied(engine: Engine, path: Path, studies: Collection[str]) -> list[Found]:
    """The questions and conversations of some studies, by their names; small talk is none."""
    found = []
    for read in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if read["study"] in studies and read["held"] != TALK:
            answers = [(one["document"], one["words"]) for one in read["answers"]]
            found.append(_asked(engine, read["turns"], answers, partly=read["held"] == PARTLY))
    return found


def _asked(
    engine: Engine,
    turns: Sequence[str],
    answers: Sequence[tuple[str, str]],
    *,
    partly: bool = False,
) -> Found:
    """Ask the last of some turns; ``answers`` are documents with the words that answer it."""
    conversation = Conversation()
    for turn in turns[:-1]:
        conversation = conversation.add(
            turn, engine.ask(turn, conversation=conversation, as_of=DAY)
        )
    asked = Question(turns[-1], conversation, DAY)
    query = understand(asked, engine.index, engine.speller).query
    readings = measured(engine, query)
    labels = tuple(_held_words(answers, one, partly=partly) for one in readings)
    documents = frozenset(document for document, _ in answers)
    lacks = PARTLY if partly else ""
    places = {0: (0, 1)} if answers else {}
    written = Written(LAST_TURN, query.asked, places, documents, lacks)
    return Found(written, readings, labels, query.told)


def _held_words(
    answers: Sequence[tuple[str, str]], reading: Reading, *, partly: bool = False
) -> Label:
    """Whether a passage holds the words that answer, or stands beside them."""
    text = "".join(reading.hit.chunk.text.split())
    if any("".join(words.split()) in text for _, words in answers):
        return Label.PARTLY if partly else Label.ANSWERS
    beside = any(reading.hit.chunk.document_id == document for document, _ in answers)
    return Label.BESIDE if beside else Label.NOT
