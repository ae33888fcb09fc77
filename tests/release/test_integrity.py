"""What is wrong in a snapshot itself is found, kind by kind, in snapshots that were written so."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from hyqa.index.build import build_index, open_index
from hyqa.index.dense import DenseIndex
from hyqa.index.foreseen.keys import FILE, FOLDER
from hyqa.index.snapshots.directories import PARKS
from hyqa.maintenance.release import faults_of
from hyqa.maintenance.release.documents import same_documents
from hyqa.maintenance.release.integrity import MOST_NAMED
from hyqa.maintenance.release.known import Known, known_of
from hyqa.models import HashEncoder, Vectors
from hyqa.models.encoder import Progress
from release.making import spoilt

_PARKS = """\
[attributes]
area = { zh = "面积", en = "Area" }

[parks.isle]
zh = "青螺洲工业园"
en = "Snail Isle"

[[parks.isle.cells]]
attribute = "area"
zh = { document = "parks/snail-isle.md", quote = "青螺洲工业园规划面积12.5平方公里", undated = true }
"""
_FORESEEN = '{"question": "园区多大", "answers": {"parks/snail-isle.md": "12.5平方公里"}}\n'


@pytest.fixture(scope="module")
def root(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(corpus, tmp_path_factory.mktemp("parks") / "corpus")
    (folder / "parks.toml").write_text(_PARKS, encoding="utf-8")
    (folder / "questions").mkdir()
    (folder / "questions" / "parks.jsonl").write_text(_FORESEEN, encoding="utf-8")
    root = tmp_path_factory.mktemp("whole")
    assert build_index(folder, root, HashEncoder()).failures == ()
    return root


def _sql(name: str, *statements: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        with closing(sqlite3.connect(folder / name)) as connection, connection:
            for statement in statements:
                assert connection.execute(statement).rowcount

    return spoil


def _vector(value: float) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        vectors = DenseIndex.load(folder).vectors(range(len(DenseIndex.load(folder))))
        vectors[3] *= value
        DenseIndex.build(vectors).save(folder)

    return spoil


def _foreseen_vector(folder: Path) -> None:
    dense = DenseIndex.load(folder / FOLDER)
    vectors = dense.vectors(range(len(dense)))
    DenseIndex.build(np.roll(vectors, 1, axis=0)).save(folder / FOLDER)


def _cell(folder: Path) -> None:
    told = msgspec.json.decode((folder / PARKS).read_bytes())
    told["entries"][0]["cells"][0]["end"] = 10_000
    (folder / PARKS).write_bytes(msgspec.json.encode(told))


def test_cells_must_have_the_words_of_their_file(root: Path, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "parks.toml").write_text(_PARKS, encoding="utf-8")
    index = open_index(root)
    assert faults_of(index, HashEncoder(), tmp_path) == []

    def shift(folder: Path) -> None:
        told = msgspec.json.decode((folder / PARKS).read_bytes())
        told["entries"][0]["cells"][0]["value_start"] += 1  # it lies in its document still
        (folder / PARKS).write_bytes(msgspec.json.encode(told))

    shifted = open_index(spoilt(root, tmp_path / "spoilt", shift))
    fault = "isle: the words of a cell in parks/snail-isle.md are not parks.toml's"
    assert faults_of(shifted) == [] and faults_of(shifted, None, tmp_path) == [fault]
    (tmp_path / "parks.toml").write_text(_PARKS.replace("parks.isle", "parks.other"), "utf-8")
    assert faults_of(index, None, tmp_path) == [fault]


def test_a_whole_snapshot_has_no_fault(root: Path) -> None:
    index = open_index(root)
    assert len(index.foreseen.links) == 1 and len(index.parks.entries[0].cells) == 1
    assert faults_of(index, HashEncoder()) == []
    assert faults_of(index) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_sql("documents.sqlite", "UPDATE documents SET text = substr(text, 1, 40) WHERE id = 'rules.md'"), "rules.md: the text from"),
        (_sql("documents.sqlite", "UPDATE chunks SET start = start + 1 WHERE document = 'railway.md'"), "railway.md: its passages are not the ones"),
        (_sql("documents.sqlite", "DELETE FROM documents WHERE id = 'gdp'"), "the manifest tells of 14 documents, and there are 13"),
        (_sql("documents.sqlite", "DELETE FROM documents WHERE id = 'parks/snail-isle.md'"), "so torn that looking at it fails (KeyError)"),
        (_vector(float("nan")), "the vector of passage 3 is no unit vector"),
        (_vector(0.5), "the vector of passage 3 is no unit vector"),
        (_vector(-1.0), "is another text's"),
        (_foreseen_vector, "the vector of foreseen question"),
        (_sql(f"{FOLDER}/{FILE}", "UPDATE links SET start = 9000, end = 9005"), "leads to no words of passage"),
        (_cell, "isle: a cell's words do not stand in parks/snail-isle.md"),
    ],
    ids=["cut", "shifted", "missing", "linked", "nan", "short", "turned", "foreseen", "link", "cell"],
)  # fmt: skip
def test_each_fault_is_found(
    root: Path, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    index = open_index(spoilt(root, tmp_path / "spoilt", spoil))
    faults = faults_of(index, HashEncoder())
    assert any(told in one for one in faults), faults


def test_documents_that_were_found_right_elsewhere_are_not_cut_again(
    root: Path, tmp_path: Path
) -> None:
    spoil = _sql("documents.sqlite", "UPDATE chunks SET start = start + 1 WHERE document = 'railway.md'")  # fmt: skip
    index = open_index(spoilt(root, tmp_path / "spoilt", spoil))
    assert faults_of(index, known=Known(frozenset({"railway.md"}))) == []
    assert len(faults_of(index, known=Known(frozenset({"rules.md"})))) == 1


def test_only_vectors_that_are_not_as_they_were_are_made_again(root: Path, tmp_path: Path) -> None:
    index = open_index(root)
    same = same_documents(index.store, index.store)
    known = known_of(index, index, same)
    assert known.rows.tolist() == list(range(len(index.dense)))
    assert known.questions.tolist() == list(range(len(index.foreseen)))
    assert faults_of(index, Refusing(), known=known) == []
    turned = open_index(spoilt(root, tmp_path / "spoilt", _vector(-1.0)))
    known = known_of(index, turned, same_documents(index.store, turned.store))
    assert 3 not in known.rows and len(known.rows) == len(index.dense) - 1
    (fault,) = faults_of(turned, HashEncoder(), known=known)
    assert fault.endswith("is another text's")
    other = open_index(spoilt(root, tmp_path / "foreseen", _new_words))
    assert known_of(index, other, same).questions.tolist() == []
    made = replace(index, manifest=replace(index.manifest, encoder="another"))
    assert not len(known_of(made, index, same).rows) and known_of(made, index, same).documents


class Refusing(HashEncoder):
    """An encoder that must not be asked."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode nothing."""
        raise AssertionError(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode nothing."""
        raise AssertionError(texts)


def _new_words(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FOLDER / FILE)) as connection, connection:
        connection.execute("UPDATE questions SET text = '园区有多大'")


def test_of_many_faults_a_few_are_named(root: Path, tmp_path: Path) -> None:
    def spoil(folder: Path) -> None:
        vectors = DenseIndex.load(folder).vectors(range(len(DenseIndex.load(folder))))
        DenseIndex.build(vectors * 2).save(folder)

    faults = faults_of(open_index(spoilt(root, tmp_path / "spoilt", spoil)))
    assert len(faults) == MOST_NAMED + 1 and faults[-1] == "there is more of this kind"


def test_an_index_cut_by_another_rule_is_only_asked_for_its_places(root: Path) -> None:
    index = open_index(root)
    other = replace(index, manifest=replace(index.manifest, chunking="another"))
    assert faults_of(other, HashEncoder()) == []
