"""Reading closely: which passages, what of them, and what becomes of their order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from hyqa import Engine, HashEncoder
from hyqa.index.build import Index
from hyqa.models.boosting import Boosting
from hyqa.models.encoder import PassageText
from hyqa.question.analysis import analyse
from hyqa.question.follow_ups import NOTHING
from hyqa.question.understanding import Question, understand
from hyqa.reading import ForeseenReader
from hyqa.reading.close_reading import (
    LEAST,
    MOST,
    CloseReader,
    passage_text,
    question_text,
    shipped_weighing,
)
from hyqa.reading.foreseen import shipped_model
from hyqa.types import Query, Reading

TODAY = date(2025, 9, 1)
TEXT = "# 云岭高新区\n\n云岭高新区面积 12 平方公里。园区由管委会管理。园区有企业 30 家。园区建于 2010 年。\n"
FORESEEN = [
    {"question": "云岭高新区有多大", "answers": {"park.md": "面积 12 平方公里"}},
    {"question": "云岭高新区哪年建的", "answers": {"park.md": "园区建于 2010 年"}},
]


class Preferring(HashEncoder):
    """Reads pairs: what holds a word answers, and nothing else does."""

    reads_by = "a word"

    def __init__(self, word: str) -> None:
        self.word, self.read = word, list[tuple[str, Sequence[PassageText]]]()

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[float]:
        self.read.append((question, passages))
        return [6.0 if self.word in words else -6.0 for _, _, words in passages]


@pytest.fixture
def index(index_foreseen: Callable[..., Index]) -> Index:
    others = {
        f"{number}.txt": f"北河工业园第{number}次会议通报园区面积，面积为 {number + 3} 平方公里。"
        for number in range(8)
    }
    return index_foreseen({"park.md": TEXT, **others}, FORESEEN)


def readings_of(
    index: Index, question: str, close: CloseReader | None = None
) -> tuple[Query, tuple[Reading, ...]]:
    engine = Engine(index, HashEncoder())
    query = understand(Question(question, NOTHING, TODAY), index, engine.speller).query
    ranking = engine.find(query, as_of=TODAY)
    reader = ForeseenReader(index, shipped_model(), close)
    return query, reader.read(query, analyse(query, index), ranking)


def test_few_passages_are_read_and_what_is_said_of_them_counts(index: Index) -> None:
    encoder = Preferring("2010")
    query, before = readings_of(index, "园区哪年建的，面积多大")
    close = CloseReader(index, encoder, shipped_weighing())
    after = close.read(query, before)
    [(question, texts)] = encoder.read
    assert question == query.asked
    assert 0 < len(texts) <= MOST
    read = [one for one in after if "pair" in one.features]
    assert len(read) == len(texts)
    assert [one.hit for one in after] == [one.hit for one in before]
    untouched = [one for one in zip(before, after, strict=True) if "pair" not in one[1].features]
    assert all(old == new for old, new in untouched)
    assert min(one.logit for one in before if one.hit in [r.hit for r in read]) >= LEAST


def test_what_the_pair_reader_says_decides_between_passages(index: Index) -> None:
    question = "园区哪年建的，面积多大"
    for_year = CloseReader(index, Preferring("2010"), shipped_weighing())
    against = CloseReader(index, Preferring("没有这样的词"), shipped_weighing())
    [yes], [no] = (
        [one for one in readings_of(index, question, close)[1] if one.hit.chunk.document_id == "park.md"]
        for close in (for_year, against)
    )  # fmt: skip
    assert yes.logit > no.logit


def test_the_sentences_that_hold_what_was_foreseen_are_read(index: Index) -> None:
    _, readings = readings_of(index, "云岭高新区哪年建的")
    [park] = [one for one in readings if one.hit.chunk.document_id == "park.md"]
    title, foreseen, words = passage_text(index, park.hit)
    assert (title, foreseen) == ("云岭高新区", "云岭高新区哪年建的")
    assert words.startswith("园区建于 2010 年。")
    assert "管委会" not in words


def test_a_passage_of_which_nothing_was_foreseen_is_read_from_its_beginning(index: Index) -> None:
    _, readings = readings_of(index, "第3次会议通报园区面积")
    [other] = [one for one in readings if one.hit.chunk.document_id == "3.txt"]
    _, foreseen, words = passage_text(index, other.hit)
    assert foreseen == ""
    assert words.startswith("北河工业园第3次会议")


def test_a_follow_up_is_read_with_what_it_follows() -> None:
    told = "云岭高新区位于\n北部。" + "其余" * 100
    text = question_text("云岭在哪\n它多大", told)
    first, middle, last = text.split("\n")
    assert (first, last) == ("云岭在哪", "它多大")
    assert middle.startswith("云岭高新区位于 北部。")
    assert question_text("云岭在哪", "") == "云岭在哪"


def test_the_models_names_are_those_that_are_weighed() -> None:
    model: Boosting = shipped_weighing()
    assert set(model.names) == {"before", "pair", "follows", "abroad"}


@pytest.mark.parametrize(("switch", "closely"), [("on", True), ("off", False)])
def test_it_can_be_switched_off(
    index: Index, monkeypatch: pytest.MonkeyPatch, switch: str, closely: bool
) -> None:
    monkeypatch.setenv("HYQA_READER", switch)
    monkeypatch.setattr(
        "hyqa.reading.shipped_model", lambda: replace(shipped_model(), about={"encoder": "hash"})
    )
    encoder = Preferring("2010")
    trace = Engine(index, encoder).trace("园区哪年建的", as_of=TODAY)
    assert bool(encoder.read) is closely
    [step] = trace.steps
    assert any("pair" in one.features for one in step.readings) is closely
