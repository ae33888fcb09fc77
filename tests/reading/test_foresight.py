"""What is measured of a passage beside words, and what of it a conversation has told."""

from collections.abc import Callable
from datetime import date

import pytest

from hyqa import Engine, HashEncoder
from hyqa.index.build import Index
from hyqa.question.analysis import analyse
from hyqa.question.follow_ups import NOTHING, Conversation
from hyqa.question.understanding import Question, understand
from hyqa.reading.foreseen import described
from hyqa.reading.reranking import candidates_of

TODAY = date(2025, 9, 1)
PARKS = {
    "yunling.md": "---\ntitle: 云岭高新区\n---\n\n云岭高新区主导产业是装备制造。云岭高新区由管委会管理。\n",
    "beihe.md": "---\ntitle: 北河工业园\n---\n\n北河工业园主导产业是食品加工。北河工业园由县政府管理。\n",
}
FORESEEN = [
    {"question": "云岭高新区谁管", "answers": {"yunling.md": "由管委会管理"}},
    {"question": "北河工业园谁管", "answers": {"beihe.md": "由县政府管理"}},
]


@pytest.fixture
def engine(index_foreseen: Callable[..., Index]) -> Engine:
    return Engine(index_foreseen(PARKS, FORESEEN), HashEncoder())


def measured(engine: Engine, question: str, talk: Conversation) -> dict[str, dict[str, float]]:
    """Features by document."""
    query = understand(Question(question, talk, TODAY), engine.index, engine.speller).query
    ranking = engine.find(query, as_of=TODAY)
    candidates = candidates_of(engine.index, query, analyse(query, engine.index), ranking)
    readings = described(engine.index, query, candidates, ranking)
    return {one.hit.chunk.document_id: dict(one.features) for one in readings}


def test_a_passage_on_what_is_talked_of_is_told_from_others(engine: Engine) -> None:
    answer = engine.ask("云岭高新区主导产业", as_of=TODAY)
    talk = NOTHING.add("云岭高新区主导产业", answer)
    found = measured(engine, "谁管", talk)
    assert found["yunling.md"]["title_talked"] == 1
    assert found["yunling.md"]["foreseen_talked"] == 1
    assert found["beihe.md"]["title_talked"] < 0.5
    assert found["beihe.md"]["foreseen_talked"] < 1


def test_outside_of_a_conversation_nothing_was_talked_of(engine: Engine) -> None:
    found = measured(engine, "云岭高新区谁管", NOTHING)
    assert {one["title_talked"] for one in found.values()} == {0}
    assert {one["foreseen_talked"] for one in found.values()} == {0}
    assert found["yunling.md"]["foreseen_held"] == 1
