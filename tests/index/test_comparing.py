"""Questions that ask the same of several parks are answered by the cells of the table."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from hyqa import Answer, Engine, HashEncoder, Status, load_encoder
from hyqa.index.build import build_index, open_index
from hyqa.index.foreseen import ParkQuestions, write_park_questions
from hyqa.index.foreseen.comparing import FILE
from hyqa.parsing.corpus.directories import read_table
from hyqa.parsing.corpus.locating import locate
from hyqa.types.errors import SnapshotError

SHIPPED = Path(__file__).parents[2] / "docs_corpus"
QUESTIONS = Path(__file__).with_name("comparing.jsonl")
TEXT = """\
---
title: 云岭的园区
issued: "2025-03-01"
language: zh
---

云岭高新区规划面积 12 平方公里。

青螺洲工业园规划面积 30 平方公里。

鹭鸣物流园位于云岭市。
"""
TOML = """\
stand_ins = { zh = ["甲园", "乙园", "丙园"], en = ["Park A", "Park B"] }
others = ["{}和{}之间有多远"]

[attributes.area]
zh = "面积"
en = "Area"
questions = ["{}和{}哪个大", "Which is larger, {} or {}?"]

[attributes.place]
zh = "所在地"
en = "Place"
questions = ["{}、{}分别在哪"]

[parks.yunling]
zh = "云岭高新区"
en = "Yunling High-tech Zone"
aliases = ["高新区", "Yunling"]
cells = [{ attribute = "area", zh = { document = "a.md", quote = "云岭高新区规划面积 12 平方公里。" } }]

[parks.qingluo]
zh = "青螺洲工业园"
en = "Qingluo Park"
cells = [{ attribute = "area", zh = { document = "a.md", quote = "青螺洲工业园规划面积 30 平方公里。" } }]

[parks.luming]
zh = "鹭鸣物流园"
en = "Luming Park"
cells = [{ attribute = "place", zh = { document = "a.md", quote = "鹭鸣物流园位于云岭市。" } }]
"""


def indexed(folder: Path, toml: str = TOML) -> tuple[Engine, list[str]]:
    """An engine over a small corpus, and what was wrong with its parks."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    (corpus / "a.md").write_text(TEXT, encoding="utf-8")
    (corpus / "parks.toml").write_text(toml, encoding="utf-8")
    result = build_index(corpus, folder / "index", HashEncoder())
    faults = [f"{one.source}: {one.reason}" for one in result.failures]
    return Engine(open_index(folder / "index"), HashEncoder()), faults


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made, faults = indexed(tmp_path_factory.mktemp("parks"))
    assert faults == []
    return made


def texts(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes]


@pytest.mark.parametrize(
    "question",
    [
        "云岭高新区和青螺洲工业园哪个大",
        "雲嶺高新區和青螺洲工業園哪個大",
        "高新区和青螺洲工业园哪个大",
    ],
)
def test_two_parks_are_compared_by_their_cells(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.question == question
    assert texts(answer) == [
        "云岭高新区规划面积 12 平方公里。",
        "青螺洲工业园规划面积 30 平方公里。",
    ]
    for quote in answer.quotes:
        text = engine.document(quote.citation.document_id).text
        assert text[quote.start : quote.end] == quote.text


def test_quotes_stand_in_the_order_in_which_parks_are_named(engine: Engine) -> None:
    answer = engine.ask("Which is larger, Qingluo Park or Yunling?")
    assert texts(answer) == [
        "青螺洲工业园规划面积 30 平方公里。",
        "云岭高新区规划面积 12 平方公里。",
    ]


def test_a_park_that_has_no_cell_is_named_as_missing(engine: Engine) -> None:
    answer = engine.ask("云岭高新区和鹭鸣物流园哪个大")
    assert (answer.status, answer.missing) == (Status.PARTIAL, ("鹭鸣物流园",))
    assert texts(answer) == ["云岭高新区规划面积 12 平方公里。"]


@pytest.mark.parametrize(
    "question",
    [
        "云岭高新区和青螺洲工业园之间有多远",
        "云岭高新区哪个大",
        "高新区和云岭高新区哪个大",
        "哪个大",
        "云岭高新区、青螺洲工业园、鹭鸣物流园和Yunlingia哪个大",
        "Which is larger, Yunlings or Qingluo Parks?",
        "云岭高新区和青螺洲工业园的电价是多少",
        "İ云岭高新区和青螺洲工业园哪个大",
        "",
    ],
)
def test_other_questions_are_not_for_the_table(engine: Engine, question: str) -> None:
    assert engine.index.park_questions.asked(question, engine.encoder) is None


def test_what_no_document_states_of_any_park_is_left_to_the_documents(engine: Engine) -> None:
    asked = engine.index.park_questions.asked("云岭高新区、青螺洲工业园分别在哪", engine.encoder)
    assert asked is not None and asked.attribute == "place"
    assert engine.ask("云岭高新区、青螺洲工业园分别在哪").confidence != 0.9


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"{}和{}哪个大"', '"{}哪个大"'),
        ('"{}和{}哪个大"', '"{}{}{}{}哪个大"'),
        ('en = ["Park A", "Park B"]', "en = []"),
    ],
)
def test_an_example_without_names_for_its_places_is_named(
    tmp_path: Path, right: str, wrong: str
) -> None:
    _, [fault] = indexed(tmp_path, TOML.replace(right, wrong, 1))
    assert fault.startswith("parks.toml: '") and "needs {} for two names" in fault


def test_without_examples_nothing_is_for_the_table(tmp_path: Path) -> None:
    without = "\n".join(
        line for line in TOML.splitlines() if not line.startswith(("questions", "others"))
    )
    engine, faults = indexed(tmp_path, without)
    assert faults == []
    question = "云岭高新区和青螺洲工业园哪个大"
    assert engine.index.park_questions.asked(question, engine.encoder) is None


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"PK\x03\x04"])
def test_damaged_vectors_are_told(engine: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SnapshotError):
        ParkQuestions(tmp_path, engine.index.parks)


def test_vectors_of_other_examples_are_told(engine: Engine, tmp_path: Path) -> None:
    np.save(tmp_path / FILE, np.zeros((1, 64), np.float32))
    with pytest.raises(SnapshotError):
        ParkQuestions(tmp_path, engine.index.parks)
    (tmp_path / FILE).unlink()
    with pytest.raises(SnapshotError):
        ParkQuestions(tmp_path, engine.index.parks)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Tells the attribute that a question asks of the shipped parks, '' for none."""
    folder, encoder = tmp_path_factory.mktemp("shipped"), load_encoder()
    directory, _ = locate(read_table(SHIPPED, "parks.toml"), [])
    write_park_questions(folder, directory, encoder)
    questions = ParkQuestions(folder, directory)

    def told(question: str) -> str:
        asked = questions.asked(question, encoder)
        return asked.attribute if asked else ""

    return told


def labelled(*, held_out: bool) -> list[tuple[str, str]]:
    lines = map(json.loads, QUESTIONS.read_text("utf-8").splitlines())
    return [(one["question"], one["attribute"]) for one in lines if one["held_out"] is held_out]


@pytest.mark.parametrize(("held_out", "least"), [(False, 34), (True, 16)])
def test_the_shipped_examples_tell_comparisons_from_other_questions(
    shipped: Callable[[str], str], held_out: bool, least: int
) -> None:
    """Of 60 and 30 other questions at most one each is taken for a comparison of an attribute."""
    questions = labelled(held_out=held_out)

    def count(pairs: Iterable[tuple[str, str]]) -> int:
        return sum(bool(shipped(question)) for question, _ in pairs)

    assert count(one for one in questions if not one[1]) <= 1
    right = [question for question, attribute in questions if attribute == shipped(question) != ""]
    wrong = [one for one in questions if one[1] and shipped(one[0]) not in ("", one[1])]
    assert wrong == []
    assert len(right) >= least
