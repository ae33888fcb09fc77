"""Snapshots as released versions of hyqa wrote them: opened, or refused by name with what to do.

Each folder of ``released`` is an index of one document, written by the hyqa that first had that
schema: ``hyqa index --encoder hash``. A new schema adds one, and takes none away.
"""

import shutil
from pathlib import Path

import pytest

from hyqa import Engine, HashEncoder, SnapshotError, Status, build_index
from hyqa.index.build import open_index
from hyqa.index.snapshots import current_snapshot, list_snapshots, rollback
from hyqa.index.snapshots.manifest import SCHEMA

RELEASED = sorted((Path(__file__).parent / "released").iterdir())


def schema_of(folder: Path) -> int:
    return int(folder.name.removeprefix("schema-"))


@pytest.fixture(params=RELEASED, ids=lambda folder: folder.name)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / request.param.name))


def test_there_is_one_of_the_schema_of_this_hyqa() -> None:
    assert SCHEMA in map(schema_of, RELEASED)


def test_it_is_opened_and_answers_or_is_refused_by_name(released: Path) -> None:
    if schema_of(released) != SCHEMA:
        with pytest.raises(SnapshotError) as refused:
            open_index(released)
        told = str(refused.value)
        assert f"schema {schema_of(released)}," in told and f"schema {SCHEMA}" in told
        assert "run `hyqa index`" in told
        return
    engine = Engine(open_index(released), HashEncoder())
    answer = engine.ask("博士每月生活补贴多少钱？")
    assert answer.status is Status.ANSWERED and "3000元" in answer.quotes[0].text


def test_it_is_listed_and_built_anew_whatever_its_format(released: Path, tmp_path: Path) -> None:
    (one,) = list_snapshots(released)
    assert one.in_force and one.whole and (one.documents, one.passages) == (1, 1)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "talent.md").write_text("# 办法\n\n博士每月补贴5000元。\n", "utf-8")
    old = current_snapshot(released).name
    result = build_index(corpus, released, HashEncoder())
    assert current_snapshot(released).name == result.snapshot != old
    if schema_of(released) == SCHEMA:
        assert rollback(released) == old
    else:
        with pytest.raises(SnapshotError, match="schema"):
            rollback(released)
