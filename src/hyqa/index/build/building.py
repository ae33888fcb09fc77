"""Building an index of a corpus: a snapshot, which is then put in force."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from hyqa.config import Limits, Settings
from hyqa.index.build.keeping import Before, Loss
from hyqa.index.build.opening import load_index
from hyqa.index.build.preparing import joined, merged_tokens, prepare
from hyqa.index.build.translating import copy_translations
from hyqa.index.dense import DenseIndex
from hyqa.index.dictionary import CompiledDictionary, Dictionary
from hyqa.index.duplicates import Twin, unique
from hyqa.index.foreseen import (
    link_questions,
    nearest_held,
    small_talk,
    write_foreseen,
    write_park_questions,
)
from hyqa.index.gazetteer import write_gazetteer
from hyqa.index.lexicon import write_lexicon
from hyqa.index.repeals import link_repeals
from hyqa.index.snapshots import note_built, publish, snapshot_name, written_snapshot
from hyqa.index.snapshots.directories import CHAINS, PARKS, write_directory
from hyqa.index.snapshots.locking import BUILD, held
from hyqa.index.snapshots.manifest import Kept, Manifest
from hyqa.index.sparse import SparseIndex
from hyqa.index.store import write_store
from hyqa.models import Encoder, Report, counting
from hyqa.parsing import Readers, corpus_fingerprint, parser_versions, read_corpus
from hyqa.parsing.corpus import sources
from hyqa.parsing.corpus.directories import read_table
from hyqa.parsing.corpus.foreseen import read_foreseen
from hyqa.parsing.corpus.gaps import read_gaps
from hyqa.parsing.corpus.glossary import read_glossary
from hyqa.parsing.corpus.locating import locate
from hyqa.parsing.corpus.remembering import Memory, ReadBefore
from hyqa.types import ParseFailure
from hyqa.types.errors import SnapshotError


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What an index build read and could not read, and what came twice and stands in it once."""

    manifest: Manifest
    failures: tuple[ParseFailure, ...]
    twins: tuple[Twin, ...] = ()
    snapshot: str = ""
    """Name of the snapshot that was written."""
    loss: Loss = field(default_factory=Loss)
    """Documents of the snapshot in force that the new one does not hold."""

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Documents that cannot be read any more, and stay in their last good version."""
        return self.manifest.kept


class Options(TypedDict, total=False):
    """What a build may be told besides what is indexed, where, and by which encoder.

    Attributes:
        report: told of the progress with passages.
        report_questions: told of the progress with foreseen questions, which are encoded after them.
        limits: what reading one file may take.
        dictionary: renders words in the other language; CC-CEDICT, compiled in the user's cache
            folder, where none is given.
        glossary: a glossary in the place of the corpus's own.
        originals: a folder of originals of the corpus's digests, indexed with them.
        origin: what builds, such as a command, for the list of snapshots and other builders.
        cache: a folder that keeps what was read of documents, so that one that is the same costs no
            more than a hash; without it, each is read anew.
    """

    report: Report | None
    report_questions: Report | None
    limits: Limits
    dictionary: Dictionary | None
    glossary: Path | None
    originals: Path | None
    origin: str
    cache: Path | None


def build_index(
    corpus: Path,
    root: Path,
    encoder: Encoder,
    *,
    accept_loss: bool = False,
    **options: Unpack[Options],
) -> BuildResult:
    """Read a corpus, index it, and make the index current.

    It is :func:`build_snapshot`, then :func:`hyqa.index.snapshots.publish`, unless another
    snapshot has come into force meanwhile.

    Args:
        corpus: a folder of documents, or one file.
        root: folder of snapshots.
        encoder: makes the vectors; the same one must be used to search.
        accept_loss: whether many documents may vanish at once, see :class:`Loss`.
        options: see :class:`Options`.

    Raises:
        ConfigError: when the corpus is not there, its glossary is none, or the index cannot be
            written.
        SnapshotError: when the corpus holds no document that can be read, another build is under
            way, or many documents vanish; the old index stays.
    """
    before = snapshot_name(root)
    result = build_snapshot(corpus, root, encoder, **options)
    if result.loss.is_great and not accept_loss:
        raise SnapshotError(_refusal(result))
    publish(root, result.snapshot, origin=options.get("origin", ""), instead_of=before)
    return result


def _refusal(result: BuildResult) -> str:
    lost = result.loss.lost
    return (
        f"{len(lost)} of {result.loss.known} documents would vanish ({lost[0]}, …), so the old index"
        f" stays: see to the folder, or put the new one in force by `hyqa index --accept-loss` or"
        f" `hyqa rollback {result.snapshot}`."
    )


def build_snapshot(
    corpus: Path, root: Path, encoder: Encoder, **options: Unpack[Options]
) -> BuildResult:
    """Read a corpus and index it: a whole snapshot, which is not in force yet.

    Args and errors are those of :func:`build_index`.
    """
    # It tells a wrong path before all else.
    fingerprint = corpus_fingerprint(corpus, options.get("glossary"), options.get("originals"))
    with (
        held(root, BUILD, options.get("origin") or "build"),
        closing(Memory(options.get("cache"))) as memory,
    ):
        return _build(fingerprint, corpus, root, encoder, memory, options)


def _build(
    fingerprint: str,
    corpus: Path,
    root: Path,
    encoder: Encoder,
    memory: Memory,
    options: Options,
) -> BuildResult:
    known = read_glossary(corpus, options.get("glossary"))
    gaps = read_gaps(corpus, memory)
    parks, chains = read_table(corpus, sources.PARKS), read_table(corpus, sources.CHAINS)
    with (
        closing(Before(root)) as before,
        Readers(options.get("limits", Limits())) as readers,
    ):
        asked = ReadBefore(memory)
        items = list(
            read_corpus(corpus, readers=readers, before=asked, originals=options.get("originals"))
        )
        read, failures, kept = before.last_good(items)
        prepared = prepare(read, memory)
        once, twins = unique(read, {name: one.sketch for name, one in prepared.items()})
        loss = before.loss(once, twins)
        made_before = before.folder_by(encoder.name)
    documents = link_repeals(once)
    own = [prepared[one.id] for one in documents]
    chunks, embedded, tokens = joined(own)
    named = [one.named for one in own]
    del read, prepared, own, items  # what is encoded of them is let go when it is
    if not chunks:
        raise SnapshotError(
            f"Nothing to index: {corpus} holds no document with text that can be read."
        )
    questions, links, unfound = link_questions(read_foreseen(corpus), documents, chunks)
    failures += unfound
    parks_found, misplaced = locate(parks, documents)
    chains_found, unsettled = locate(chains, documents, parks)
    failures += [*misplaced, *unsettled]
    gaps, unheld = nearest_held(gaps, documents, sources.GAPS)
    failures += unheld
    topics = (*gaps, *small_talk())
    report = counting(options.get("report"), len(embedded))
    dense = DenseIndex.build(encoder.encode_passages(embedded, report))
    del embedded
    manifest = Manifest(
        encoder=encoder.name,
        dimension=encoder.dimension,
        corpus=fingerprint,
        documents=len(documents),
        chunks=len(chunks),
        parsers=dict(parser_versions()),
        kept=tuple(one for one in kept if one.document in {each.id for each in documents}),
    )
    with written_snapshot(root) as written:
        folder = written.folder
        dense.save(folder)
        del dense
        sparse = SparseIndex.joined(merged_tokens(tokens, memory))
        del tokens
        sparse.save(folder)
        with _opened(options.get("dictionary")) as words:
            copy_translations(folder, known.terms, sparse, words, memory, made_before)
        write_lexicon(folder, named, known.terms)
        write_gazetteer(folder, known.gazetteer)
        write_store(folder, documents, chunks)
        write_directory(folder, PARKS, parks_found)
        write_directory(folder, CHAINS, chains_found)
        write_park_questions(folder, parks_found, encoder)
        told = options.get("report_questions")
        write_foreseen(folder, questions, links, topics, encoder, made_before, told)
        del questions, links, topics  # they are let go before the whole index is loaded
        manifest.save(folder)
        load_index(folder, root)
    note_built(root, written.name, options.get("origin", ""))
    return BuildResult(manifest, tuple(failures), tuple(twins), written.name, loss)


@contextmanager
def _opened(dictionary: Dictionary | None) -> Iterator[Dictionary]:
    """A dictionary that is given, else the shipped one, which is closed at the end."""
    if dictionary:
        yield dictionary
        return
    with closing(CompiledDictionary(Settings.from_environment().cache)) as shipped:
        yield shipped
