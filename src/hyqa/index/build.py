"""An index: chunks, their vectors, their tokens and their documents, by the same row numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hyqa.config import Limits, Settings
from hyqa.errors import DAMAGED_INDEX, SnapshotError
from hyqa.index.calibration import Calibration, calibration_of
from hyqa.index.chunking import chunk_document, embedded_text, searched_text
from hyqa.index.dense import DenseIndex
from hyqa.index.dictionary import CompiledDictionary, Dictionary
from hyqa.index.duplicates import Twin, unique
from hyqa.index.foreseen import (
    ForeseenIndex,
    ParkQuestions,
    link_questions,
    nearest_held,
    small_talk,
    write_foreseen,
    write_park_questions,
)
from hyqa.index.gazetteer import homes_of, read_gazetteer, write_gazetteer
from hyqa.index.lexicon import Lexicon, write_lexicon
from hyqa.index.repeals import link_repeals
from hyqa.index.snapshots import check_whole, current_snapshot, new_snapshot
from hyqa.index.snapshots.directories import CHAINS, PARKS, read_directory, write_directory
from hyqa.index.snapshots.manifest import Manifest
from hyqa.index.sparse import SparseIndex
from hyqa.index.store import Store, Validity, write_store
from hyqa.index.translation import Translations, write_translations
from hyqa.models import Encoder, Vectors
from hyqa.parsing import Readers, corpus_fingerprint, parser_versions, read_corpus
from hyqa.parsing.corpus import sources
from hyqa.parsing.corpus.directories import read_table
from hyqa.parsing.corpus.foreseen import read_foreseen
from hyqa.parsing.corpus.gaps import read_gaps
from hyqa.parsing.corpus.glossary import read_glossary
from hyqa.parsing.corpus.locating import locate
from hyqa.text.names import Gazetteer, Names
from hyqa.text.tokens import tokenize
from hyqa.types import Chunk, Directory, Document, ParseFailure

Report = Callable[[int, int], None]
"""Called with the number of chunks done and their total."""


@dataclass(frozen=True, slots=True)
class Index:
    """An opened snapshot; it stays whole when another becomes current."""

    manifest: Manifest
    store: Store
    dense: DenseIndex
    sparse: SparseIndex
    validity: Validity
    translations: Translations
    lexicon: Lexicon
    gazetteer: Gazetteer
    foreseen: ForeseenIndex
    language_gap: Vectors
    """Mean vector of the Chinese chunks less that of the English ones; 0 where one is missing. Its
    product with a question's vector is what the one language gains for being itself."""
    calibration: Calibration
    parks: Directory
    chains: Directory
    park_questions: ParkQuestions
    names: Names = field(init=False)
    """The proper names of the corpus in both languages."""
    homes: tuple[str, ...] = field(init=False)
    """The corpus's own places: those that much of it names, so that any question means them."""

    def __post_init__(self) -> None:
        names = (*self.lexicon.proper, *self.translations.terms.values())
        object.__setattr__(self, "names", Names(names))
        object.__setattr__(self, "homes", homes_of(self.gazetteer, self.sparse))


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What an index build read and could not read, and what came twice and stands in it once."""

    manifest: Manifest
    failures: tuple[ParseFailure, ...]
    twins: tuple[Twin, ...] = ()


def build_index(
    corpus: Path,
    root: Path,
    encoder: Encoder,
    *,
    report: Report | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    dictionary: Dictionary | None = None,
    glossary: Path | None = None,
) -> BuildResult:
    """Read a corpus, index it, and make the index current.

    Args:
        corpus: a folder of documents, or one file.
        root: folder of snapshots.
        encoder: makes the vectors; the same one must be used to search.
        report: told of the progress.
        limits: what reading one file may take.
        dictionary: renders words in the other language; CC-CEDICT, compiled in the user's cache
            folder, where none is given.
        glossary: a glossary in the place of the corpus's own.

    Raises:
        ConfigError: when the corpus is not there, its glossary is none, or the index cannot be
            written.
        SnapshotError: when the corpus holds no document that can be read; the old index stays.
    """
    fingerprint = corpus_fingerprint(corpus, glossary)
    known = read_glossary(corpus, glossary)
    gaps = read_gaps(corpus)
    parks, chains = read_table(corpus, sources.PARKS), read_table(corpus, sources.CHAINS)
    with Readers(limits) as readers:
        read, failures = _read(corpus, readers)
    once, twins = unique(read)
    documents = link_repeals(once)
    chunks, embedded, searched = _chunk(documents)
    if not chunks:
        raise SnapshotError(
            f"Nothing to index: {corpus} holds no document with text that can be read."
        )
    questions, links, unfound = link_questions(read_foreseen(corpus), documents, chunks)
    failures += unfound
    parks_found, misplaced = locate(parks, documents)
    chains_found, unsettled = locate(chains, documents, parks)
    failures += [*misplaced, *unsettled]
    topics = (*nearest_held(gaps, documents), *small_talk())
    vectors = encoder.encode_passages(embedded, _counter(report, len(embedded)))
    manifest = Manifest(
        encoder=encoder.name,
        dimension=encoder.dimension,
        corpus=fingerprint,
        documents=len(documents),
        chunks=len(chunks),
        parsers=dict(parser_versions()),
    )
    with new_snapshot(root) as folder:
        DenseIndex.build(vectors).save(folder)
        sparse = SparseIndex.build([tokenize(text) for text in searched])
        sparse.save(folder)
        with _opened(dictionary) as words:
            write_translations(folder, known.terms, sparse, words)
        write_lexicon(folder, documents, known.terms)
        write_gazetteer(folder, known.gazetteer)
        write_store(folder, documents, chunks)
        write_directory(folder, PARKS, parks_found)
        write_directory(folder, CHAINS, chains_found)
        write_park_questions(folder, parks_found, encoder)
        write_foreseen(folder, questions, links, topics, encoder)
        manifest.save(folder)
        _load(folder, root)
    return BuildResult(manifest, tuple(failures), tuple(twins))


def open_index(root: Path) -> Index:
    """Open the snapshot in force.

    Raises:
        SnapshotError: when there is none, it is damaged, or was made with another tokenizer.
    """
    return _load(_whole_snapshot(root), root)


def is_stale(corpus: Path, root: Path, encoder_name: str, *, glossary: Path | None = None) -> bool:
    """Say whether an index of a corpus would be another one if it were built now.

    Args:
        corpus: a folder of documents, or one file.
        root: folder of snapshots.
        encoder_name: name of the encoder that would be used.
        glossary: a glossary in the place of the corpus's own.
    """
    try:
        manifest = Manifest.load(_whole_snapshot(root))
    except SnapshotError:
        return True
    fresh = Manifest(
        encoder=encoder_name,
        dimension=manifest.dimension,
        corpus=corpus_fingerprint(corpus, glossary),
        documents=manifest.documents,
        chunks=manifest.chunks,
        parsers=dict(parser_versions()),
    )
    return manifest != fresh


def _whole_snapshot(root: Path) -> Path:
    folder = current_snapshot(root)
    Manifest.load(folder)  # one of another hyqa is refused as that, rather than as damaged
    check_whole(folder)
    return folder


@contextmanager
def _opened(dictionary: Dictionary | None) -> Iterator[Dictionary]:
    """A dictionary that is given, else the shipped one, which is closed at the end."""
    if dictionary:
        yield dictionary
        return
    with closing(CompiledDictionary(Settings.from_environment().cache)) as shipped:
        yield shipped


def _read(corpus: Path, readers: Readers) -> tuple[list[Document], list[ParseFailure]]:
    documents: list[Document] = []
    failures: list[ParseFailure] = []
    for item in read_corpus(corpus, readers=readers):
        if isinstance(item, ParseFailure):
            failures.append(item)
        else:
            documents.append(item)
    return documents, failures


def _chunk(documents: Iterable[Document]) -> tuple[list[Chunk], list[str], list[str]]:
    """The chunks of all documents, what is encoded of each, and what is searched in."""
    chunks: list[Chunk] = []
    embedded: list[str] = []
    searched: list[str] = []
    for document in documents:
        for chunk in chunk_document(document):
            chunks.append(chunk)
            embedded.append(embedded_text(document, chunk))
            searched.append(searched_text(document, chunk))
    return chunks, embedded, searched


def _counter(report: Report | None, total: int) -> Callable[[int], None]:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if report:
            report(done, total)

    return count


def _load(folder: Path, root: Path) -> Index:
    manifest = Manifest.load(folder)
    store = Store(folder)
    dense, sparse = DenseIndex.load(folder), SparseIndex.load(folder)
    translations = Translations(folder, sparse)
    validity = store.validity()
    gap = _language_gap(dense, validity)
    calibration = calibration_of(root)
    gazetteer = read_gazetteer(folder)
    lexicon = Lexicon(folder, gazetteer)
    index = Index(
        manifest=manifest,
        store=store,
        dense=dense,
        sparse=sparse,
        validity=validity,
        translations=translations,
        lexicon=lexicon,
        gazetteer=gazetteer,
        foreseen=ForeseenIndex(folder, store.chunk_count),
        language_gap=gap,
        calibration=calibration,
        parks=(parks := read_directory(folder, PARKS)),
        park_questions=ParkQuestions(folder, parks),
        chains=read_directory(folder, CHAINS),
    )
    sizes: Sequence[int] = (index.store.chunk_count, len(index.dense), len(index.sparse))
    if set(sizes) != {manifest.chunks} or index.dense.dimension != manifest.dimension:
        raise SnapshotError(DAMAGED_INDEX)
    return index


def _language_gap(dense: DenseIndex, validity: Validity) -> Vectors:
    chinese, english = np.flatnonzero(validity.chinese), np.flatnonzero(~validity.chinese)
    if not len(chinese) or not len(english) or len(validity.chinese) != len(dense):
        return np.zeros(dense.dimension, dtype=np.float32)
    return dense.centre(chinese) - dense.centre(english)
