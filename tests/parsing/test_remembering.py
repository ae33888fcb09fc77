"""What was read is not read again, unless anything that it depends on has changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hyqa.parsing import read_corpus
from hyqa.parsing.corpus import documents, remembering
from hyqa.parsing.corpus.reading import Job, read_document
from hyqa.parsing.corpus.remembering import DAYS, FILE, Memory, ReadBefore, key_of
from hyqa.types import Document, ParseFailure

DAY = 86_400


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(3):
        (folder / f"d{number}.md").write_text(f"# 办法{number}\n\n补贴{number}万元。\n", "utf-8")
    return folder


class Reading:
    """Reads a corpus with what was kept, and tells which files were read in earnest."""

    def __init__(self, corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._corpus, self._cache, self._monkeypatch = corpus, cache, monkeypatch

    def __call__(self) -> tuple[list[str], list[Document | ParseFailure]]:
        read: list[str] = []
        real = read_document

        def told(job: Job) -> Document | ParseFailure:
            read.append(job.name)
            return real(job)

        with self._monkeypatch.context() as patch, closing(Memory(self._cache)) as memory:
            patch.setattr(documents, "read_document", told)
            found = list(read_corpus(self._corpus, before=ReadBefore(memory)))
        return read, found


@pytest.fixture
def reading(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    return Reading(corpus, tmp_path / "cache", monkeypatch)


def test_only_what_has_changed_is_read_again_and_the_rest_is_the_same(
    corpus: Path, reading: Reading
) -> None:
    read, first = reading()
    assert read == ["d0.md", "d1.md", "d2.md"]
    assert reading() == ([], first)
    (corpus / "d1.md").write_text("# 新办法\n\n补贴九万元。\n", "utf-8")
    read, second = reading()
    assert read == ["d1.md"]
    assert second == list(read_corpus(corpus)) and second != first


def test_what_is_listed_of_a_file_and_its_name_count(corpus: Path, reading: Reading) -> None:
    reading()
    (corpus / "sources.toml").write_text('["d1.md"]\npublisher = "商务局"\n', "utf-8")
    read, found = reading()
    assert read == ["d1.md"]
    assert [one.meta.publisher for one in found if isinstance(one, Document)] == ["", "商务局", ""]
    (corpus / "d2.md").rename(corpus / "e2.md")
    assert reading()[0] == ["e2.md"]


def test_readers_and_code_count(
    corpus: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading()
    with monkeypatch.context() as patch:
        patch.setattr(remembering, "_made_by", lambda: b"another")
        assert len(reading()[0]) == 3
    assert reading()[0] == []


def test_a_failure_is_tried_again(corpus: Path, reading: Reading) -> None:
    (corpus / "d1.md").write_text("---\ntitle: [\n---\n\n坏。\n", "utf-8")
    for _ in range(2):
        read, found = reading()
        assert "d1.md" in read and isinstance(found[1], ParseFailure)


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    corpus: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ReadBefore.key

    def changing(self: ReadBefore, job: Job) -> remembering.FileKey:
        key = real(self, job)
        if job.name == "d1.md":
            (corpus / "d1.md").write_text("# 后来\n\n后来的内容。\n", "utf-8")
        return key

    with monkeypatch.context() as patch:
        patch.setattr(ReadBefore, "key", changing)
        reading()
    (corpus / "d1.md").write_text("# 办法1\n\n补贴1万元。\n", "utf-8")
    assert reading()[0] == ["d1.md"]


@pytest.mark.parametrize("content", [b"garbage" * 99, b"", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_damaged_file_costs_time_and_never_the_result(
    content: bytes, corpus: Path, reading: Reading, tmp_path: Path
) -> None:
    _, first = reading()
    (tmp_path / "cache" / FILE).write_bytes(content)
    assert reading() == (["d0.md", "d1.md", "d2.md"], first)
    reading()
    assert reading() == ([], first)


def test_a_record_that_is_none_is_made_again(
    corpus: Path, reading: Reading, tmp_path: Path
) -> None:
    _, first = reading()
    with closing(sqlite3.connect(tmp_path / "cache" / FILE)) as file, file:
        file.execute("UPDATE records SET value = x'00'")
    assert reading() == (["d0.md", "d1.md", "d2.md"], first)
    assert reading() == ([], first)


def test_a_cache_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with closing(Memory(tmp_path / "file" / "cache")) as memory:
        memory.keep("a", b"key", b"value")
        assert memory.fetch("a", [b"key"]) == {}


def test_what_nobody_asks_for_goes_and_what_is_asked_for_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (0, DAYS, DAYS + 1):
        monkeypatch.setattr("time.time", lambda day=day: (1000 + day) * DAY)
        with closing(Memory(tmp_path)) as memory:
            if day == 0:
                memory.keep("a", b"asked", b"1")
                memory.keep("a", b"forgotten", b"2")
            else:
                assert memory.fetch("a", [b"asked"])
    with closing(Memory(tmp_path)) as memory:
        assert memory.fetch("a", [b"asked", b"forgotten", b"never"]) == {b"asked": b"1"}


def test_a_stop_loses_but_a_few_records(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    for number in range(120):
        memory.keep("a", bytes([number]), b"value")
    with closing(Memory(tmp_path)) as other:  # the first one never gets to its end
        assert len(other.fetch("a", [bytes([number]) for number in range(120)])) == 100


def test_keys_differ_by_what_goes_into_them() -> None:
    assert len({key_of(b"ab", b"c"), key_of(b"a", b"bc"), key_of(b"abc"), key_of(b"abc", b"")}) == 4
