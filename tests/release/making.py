"""A small corpus with golden questions, its snapshots, and the ways in which a build is spoilt."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from hyqa.config import Settings
from hyqa.engine import Engine
from hyqa.index.build import build_index, open_index
from hyqa.index.dense import DenseIndex
from hyqa.index.snapshots import current_snapshot, snapshot_name
from hyqa.maintenance.release import Questions, Side, Verdict, golden_questions, judge_build
from hyqa.models import HashEncoder
from hyqa.reading import Reader
from hyqa.types import Document, Query, QuestionAnalysis, Ranking, Reading, Sentence

GOLDEN: tuple[dict[str, object], ...] = (
    {"id": "area", "question": "青螺洲工业园规划面积多大？", "answers": ["12.5平方公里"]},
    {"id": "firms", "question": "青螺洲工业园有多少规模以上企业？", "answers": ["86家"]},
    {"id": "bonded", "question": "云岭综合保税区围网面积多大？", "answers": ["1.2平方公里"]},
    {"id": "house", "question": "博士在云岭市首次购房有多少购房补贴？", "answers": ["15万元"]},
    {"id": "yard", "question": "鹭鸣站货场年吞吐量多少？", "answers": ["600万吨"]},
    {"id": "court", "question": "涉外商事法庭受理什么纠纷？", "answers": ["外商投资纠纷"]},
    {"id": "neptune", "question": "海王星上氦的沸点是多少？", "answerable": False},
    {"id": "rent", "question": "青螺洲工业园厂房租金每月多少钱？", "answerable": False},
    {"id": "ground", "question": "时针谷产业园占地多少？", "answerable": False},
    {"id": "year", "question": "货场建于哪年？", "answerable": False},
)
"""What the corpus of tests/fixtures.py answers and what it does not."""


DAY = date(2026, 3, 1)
"""On which all is asked."""


def with_golden(corpus: Path, folder: Path) -> Path:
    """A copy of a corpus with golden questions."""
    copy = shutil.copytree(corpus, folder)
    lines = [json.dumps(one, ensure_ascii=False) for one in GOLDEN]
    (copy / "golden.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return copy


def side(root: Path, reader: Callable[[Reader], Reader] | None = None) -> Side:
    """The snapshot in force, with an engine."""
    index, encoder = open_index(root), HashEncoder()
    engine = Engine(index, encoder)
    if reader:
        engine = Engine(index, encoder, reader(engine.reader))
    return Side(snapshot_name(root), index, engine)


def built(corpus: Path, root: Path) -> Side:
    """An index of a corpus, whose documents are read once for all tests, as a process is begun for it."""
    build_index(corpus, root, HashEncoder(), cache=Settings.from_environment().cache)
    return side(root)


def spoilt(root: Path, copy: Path, spoil: Callable[[Path], None]) -> Path:
    """A copy of an index whose snapshot was written with a fault, so that its name is right."""
    shutil.copytree(root, copy)
    folder = current_snapshot(copy)
    spoil(folder)
    name = _content_name(folder)
    folder.rename(copy / name)
    (copy / "CURRENT").write_text(name + "\n")
    return copy


def _content_name(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def shuffle_a_third(folder: Path) -> None:
    """Put a third of the vectors of a snapshot at each other's places."""
    dense = DenseIndex.load(folder)
    vectors = dense.vectors(range(len(dense)))
    random = np.random.default_rng(0)
    places = random.choice(len(vectors), len(vectors) // 3, replace=False)
    vectors[places] = vectors[np.roll(places, 1)]
    DenseIndex.build(vectors).save(folder)


def judged(root: Path, old: Side | None, new: Side, corpus: Path, *accepted: str) -> Verdict:
    """What the gate says of a snapshot."""
    golden, unread = golden_questions(corpus)
    questions = Questions(golden, unread=unread)
    return judge_build(root, old, new, questions, day=DAY, accepted=accepted)


class Halved:
    """A reader that shows what is half as likely to answer as it should be."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(
        self, query: Query, question: QuestionAnalysis, ranking: Ranking
    ) -> tuple[Reading, ...]:
        """As the reader that it stands for, but with half of its threshold."""
        readings = self._reader.read(query, question, ranking)
        return tuple(replace(one, threshold=one.threshold / 2) for one in readings)

    def score_sentences(
        self, question: QuestionAnalysis, document: Document, hits: Sequence[Reading]
    ) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
        """As the reader that it stands for."""
        return self._reader.score_sentences(question, document, hits)
