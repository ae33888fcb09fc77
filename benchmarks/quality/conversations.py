"""Conversations to fit on: what is measured of the passages that are found for a last turn."""

import json
from collections.abc import Mapping
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
LAST_TURN = -1
"""Stands in the place of a foreseen question's number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it was asked, with what was measured of its candidates."""

    written: Written
    readings: tuple[Reading, ...]
    labels: tuple[Label, ...]


def measured(engine: Engine, query: Query) -> tuple[Reading, ...]:
    """Search for a query and describe what is found, without near misses: there are many."""
    ranking = engine.find(query, as_of=DAY)
    candidates = candidates_of(engine.index, query, analyse(query, engine.index), ranking)
    readings = described(engine.index, query, candidates, ranking)
    return tuple(replace(one, hit=replace(one.hit, near_miss=None)) for one in readings)


def talks_of(engine: Engine, path: Path) -> list[Found]:
    """The last turns of conversations, asked after those before them were answered."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        conversation = Conversation()
        for turn in read["turns"][:-1]:
            conversation = conversation.add(
                turn, engine.ask(turn, conversation=conversation, as_of=DAY)
            )
        asked = Question(read["turns"][-1], conversation, DAY)
        query = understand(asked, engine.index, engine.speller).query
        readings = measured(engine, query)
        labels = tuple(_held_words(read["answers"], one) for one in readings)
        answers = {0: (0, 1)} if read["answers"] else {}
        written = Written(LAST_TURN, query.asked, answers, frozenset(read["answers"]))
        found.append(Found(written, readings, labels))
    return found


def _held_words(answers: Mapping[str, str], reading: Reading) -> Label:
    """Whether a passage holds the words that answer, or stands beside them."""
    text = "".join(reading.hit.chunk.text.split())
    if any("".join(words.split()) in text for words in answers.values()):
        return Label.ANSWERS
    return Label.BESIDE if reading.hit.chunk.document_id in answers else Label.NOT
