"""``hyqa index``: building the index, with a progress bar."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from hyqa.cli.arguments import Commands
from hyqa.cli.output import complain, progress, say
from hyqa.index.build import BuildResult, build_index, is_stale, kept_documents
from hyqa.index.snapshots import RolledBack, rolled_back
from hyqa.index.snapshots.manifest import Kept
from hyqa.models import CachingEncoder, load_encoder
from hyqa.parsing import corpus_fingerprint

VECTORS_FILE = "vectors.sqlite"
"""In the cache folder: passages that were encoded before."""


def add_options(commands: Commands) -> None:
    """Add ``hyqa index``."""
    corpus = commands.settings.corpus
    parser = commands.add("index", index, "read the documents and build the index")
    parser.add_argument(
        "--corpus",
        metavar="PATH",
        type=Path,
        default=corpus,
        help=f"folder of documents, or one file ({corpus})",
    )
    parser.add_argument(
        "--glossary",
        metavar="FILE",
        type=Path,
        help="a glossary in the place of the corpus's own glossary.toml",
    )
    parser.add_argument(
        "--if-stale",
        action="store_true",
        help="only where the index is missing, or documents, encoder or readers have changed",
    )
    parser.add_argument(
        "--accept-loss",
        action="store_true",
        help="put the index in force even where many documents vanish from it at once",
    )


def index(options: Namespace) -> int:
    """Build the index; files that cannot be read are named, and make the exit code 1."""
    corpus_fingerprint(options.corpus)  # a wrong path is told before the encoder takes its time
    encoder = load_encoder(options.encoder)
    back = rolled_back(options.index)
    if options.if_stale and not _is_stale(options, encoder.name):
        say(f"The index in {options.index} is up to date.")
        return _report_kept(kept_documents(options.index))
    if options.if_stale and back and not _is_stale(options, encoder.name, back.newer):
        say(
            f"{_told(back)} Nothing has changed since, so it stays: `hyqa index` builds anew,"
            f" `hyqa rollback {back.newer}` takes the newer one again."
        )
        return _report_kept(kept_documents(options.index))
    if back:
        complain(f"{_told(back)} It is built anew now.")
    with progress("Indexing", " passages") as report:
        cached = CachingEncoder(encoder, options.cache / VECTORS_FILE, keeps_questions=True)
        result = build_index(
            options.corpus,
            options.index,
            cached,
            report=report,
            limits=options.limits,
            glossary=options.glossary,
            origin="hyqa index",
            accept_loss=options.accept_loss,
            cache=options.cache,
        )
        cached.prune()
    say(_summary(result, options))
    return max(_report_failures(result), _report_kept(result.kept))


def _is_stale(options: Namespace, encoder: str, snapshot: str | None = None) -> bool:
    return is_stale(
        options.corpus, options.index, encoder, glossary=options.glossary, snapshot=snapshot
    )


def _told(back: RolledBack) -> str:
    return (
        f"The index was rolled back from {back.newer} to {back.older}"
        f" on {back.time:%Y-%m-%d %H:%M} UTC."
    )


def _summary(result: BuildResult, options: Namespace) -> str:
    manifest = result.manifest
    return (
        f"Indexed {manifest.documents} documents in {manifest.chunks} passages"
        f" with {manifest.encoder}: {options.index}"
    )


def _report_failures(result: BuildResult) -> int:
    for twin in result.twins:
        complain(f"{twin.left_out.id}: left out, as {twin.kept} is the same document")
    for failure in result.failures:
        complain(f"{failure.source}: {failure.reason}")
    if result.failures:
        complain(
            f"The index was built, but without {len(result.failures)} that could not be read:"
            " see the names above."
        )
    return 1 if result.failures else 0


def _report_kept(kept: Sequence[Kept]) -> int:
    """Name documents whose files cannot be read any more, at every run, until somebody mends them."""
    for one in kept:
        complain(
            f"{one.document}: {one.reason}; since {one.since}, its last good version stands in for it"
        )
    if kept:
        complain(
            f"{len(kept)} documents of the index are older than their files, which cannot be read:"
            " mend or remove those named above."
        )
    return 1 if kept else 0
