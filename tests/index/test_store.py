from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.build import Index
from hyqa.index.chunking import chunk_document
from hyqa.index.store import _DOCUMENT_CHARACTERS, Store, write_store
from hyqa.types import (
    Chunk,
    Document,
    Evidence,
    Form,
    Heading,
    Language,
    Metadata,
    PageStart,
    Section,
    Table,
)
from hyqa.types.errors import DocumentError, SnapshotError

META = Metadata(
    title="云岭“措施”",
    form=Form.DIGEST,
    source_title="原文",
    issued="2025-03",
    expires="2027",
    repeals=("《旧措施》",),
    language=Language.ENGLISH,
    reprint=True,
)


def chunked(documents: tuple[Document, ...]) -> list[Chunk]:
    return [chunk for document in documents for chunk in chunk_document(document)]


def stored(folder: Path, documents: tuple[Document, ...]) -> Store:
    write_store(folder, documents, chunked(documents))
    return Store(folder)


def test_documents_come_back_as_they_were(documents: tuple[Document, ...], tmp_path: Path) -> None:
    store = stored(tmp_path, documents)
    assert store.document_count == len(documents)
    assert store.document_ids() == [document.id for document in documents]
    assert tuple(map(store.document, store.document_ids())) == documents
    assert store.metadata_of_all() == [(document.id, document.meta) for document in documents]


def test_chunks_come_back_in_the_order_asked_for(
    documents: tuple[Document, ...], tmp_path: Path
) -> None:
    store, chunks = stored(tmp_path, documents), chunked(documents)
    assert store.chunk_count == len(chunks)
    assert store.chunks(range(len(chunks))) == chunks
    assert store.chunks([3, 0, 2]) == [chunks[3], chunks[0], chunks[2]]
    assert store.chunks([]) == []
    assert store.chunks([2, 1]) == [chunks[2], chunks[1]]


def test_more_chunks_than_are_kept_in_memory_come_back(
    documents: tuple[Document, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyqa.index.store._CACHED_CHUNKS", 2)
    store, chunks = stored(tmp_path, documents), chunked(documents)
    for rows in ([0], [1, 0], [2, 3, 1, 0], [3]):
        assert store.chunks(rows) == [chunks[row] for row in rows]


def test_more_documents_than_are_kept_in_memory_come_back(
    documents: tuple[Document, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path, documents)
    sizes = [len(document.text) + _DOCUMENT_CHARACTERS for document in documents]
    for room in (0, max(sizes), sum(sizes)):
        monkeypatch.setattr("hyqa.index.store._CACHED_CHARACTERS", room)
        for document in (*documents, *reversed(documents), *documents):
            assert store.document(document.id) == document


def test_the_documents_asked_for_last_are_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tuple(Document(name, META, "text", (), (), name) for name in "abc")
    monkeypatch.setattr(
        "hyqa.index.store._CACHED_CHARACTERS", 2 * (len("text") + _DOCUMENT_CHARACTERS)
    )
    store = stored(tmp_path, documents)
    first, second = store.document("a"), store.document("b")
    assert store.document("a") is first
    store.document("c")  # for which b goes
    assert store.document("a") is first
    assert store.document("b") is not second


def test_the_rows_of_a_document_follow_its_text(
    documents: tuple[Document, ...], tmp_path: Path
) -> None:
    store = stored(tmp_path, documents)
    for document in documents:
        own = store.chunks(store.rows_of_document(document.id))
        assert tuple(own) == chunk_document(document)
    assert store.rows_of_document("no such") == []


def test_every_field_of_a_document_survives(tmp_path: Path) -> None:
    text = "标题\n云岭𠀀😀 text\n"
    document = Document(
        "a/b.pdf",
        META,
        text,
        (Section(("一", "二"), 3, 12),),
        (PageStart(0, 1), PageStart(5, 2)),
        "f",
        tables=(Table(3, 12, 3, 5),),
        evidence=(Evidence("issued", "2025-03", 0, 2),),
        remarks=("doubtful",),
        outline=(Heading(1, "一、", "标题", 0, 2),),
    )
    store = stored(tmp_path, (document,))
    assert store.document("a/b.pdf") == document
    assert store.metadata("a/b.pdf") == META
    (chunk,) = store.chunks([0])
    assert (chunk.pages, chunk.heading_path) == ((1, 2), ("标题",))
    validity = store.validity()
    assert (validity.chinese.tolist(), validity.issued.tolist(), validity.expires.tolist()) == (
        [False],
        ["2025-03"],
        ["2027"],
    )


def test_each_row_knows_the_first_row_of_its_document(tmp_path: Path) -> None:
    long = "每月发放生活补贴三千元。" * 80
    documents = [
        Document(name, META, long[:width], (Section((), 0, width),), (), name)
        for name, width in (("b", 900), ("a", 10), ("c", 500))
    ]
    store = stored(tmp_path, tuple(documents))
    openings = store.validity().openings.tolist()
    assert openings == [
        store.rows_of_document(chunk.document_id)[0]
        for chunk in store.chunks(range(store.chunk_count))
    ]
    assert sorted(set(openings)) == [0, openings.count(0), openings.count(0) + 1]


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_text_that_parsing_lets_through_comes_back_by_its_offsets(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    document = Document("d", Metadata("t"), text, (Section((), 0, len(text)),), (), "0")
    store = stored(tmp_path_factory.mktemp("store"), (document,))
    chunks = chunk_document(document)
    assert tuple(store.chunks(range(len(chunks)))) == chunks
    store.close()


def test_an_unknown_document_is_named(index: Index) -> None:
    with pytest.raises(DocumentError, match=r"'nowhere\.md'"):
        index.store.document("nowhere.md")


def test_threads_may_share_a_store(index: Index, documents: tuple[Document, ...]) -> None:
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(index.store.document, [d.id for d in documents] * 20))
    assert read == list(documents) * 20


def test_equal_documents_make_equal_files(documents: tuple[Document, ...], tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        stored(tmp_path / name, documents).close()
        files.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert files[0] == files[1]


def test_a_file_that_is_missing_or_no_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="hyqa index"):
        Store(tmp_path)
    (tmp_path / "documents.sqlite").write_bytes(b"garbage" * 999)
    with pytest.raises(SnapshotError, match="hyqa index"):
        Store(tmp_path)


def test_reading_creates_no_file(documents: tuple[Document, ...], tmp_path: Path) -> None:
    store = stored(tmp_path, documents)
    before = sorted(tmp_path.iterdir())
    store.document(documents[0].id)
    assert sorted(tmp_path.iterdir()) == before
