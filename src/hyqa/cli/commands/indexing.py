"""``hyqa index``: building the index, with a progress bar."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from hyqa.answer.contract import Record
from hyqa.cli.arguments import Commands, Parser, add_originals
from hyqa.cli.commands.gating import (
    add_gate_options,
    judged,
    read_asked,
    report_stopped,
    show_verdict,
)
from hyqa.cli.output import complain, progress, say, say_json
from hyqa.index.build import BuildResult, build_snapshot, is_stale, kept_documents
from hyqa.index.snapshots import RolledBack, publish, rolled_back, snapshot_name
from hyqa.index.snapshots.manifest import Kept
from hyqa.maintenance.release import VANISHED, Verdict, verdict_record
from hyqa.models import CachingEncoder, Encoder, load_encoder
from hyqa.parsing import corpus_fingerprint

_ORIGIN = "hyqa index"
VECTORS_FILE = "vectors.sqlite"
"""In the cache folder: passages that were encoded before."""


def add_options(commands: Commands) -> None:
    """Add ``hyqa index``."""
    parser = commands.add("index", index, "read the documents and build the index")
    add_index_options(parser, commands)
    parser.add_argument(
        "--if-stale",
        action="store_true",
        help="only where the index is missing, or documents, encoder or readers have changed",
    )


def add_index_options(parser: Parser, commands: Commands) -> None:
    """Add the options that say what is indexed."""
    corpus = commands.settings.corpus
    parser.add_argument(
        "--corpus",
        metavar="PATH",
        type=Path,
        default=corpus,
        help=f"folder of documents, or one file ({corpus})",
    )
    add_originals(parser, commands)
    parser.add_argument(
        "--glossary",
        metavar="FILE",
        type=Path,
        help="a glossary in the place of the corpus's own glossary.toml",
    )
    parser.add_argument(
        "--accept-loss",
        action="store_true",
        help="put the index in force even where many documents vanish from it at once;"
        f" --accept {VANISHED} is the same",
    )
    add_gate_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def index(options: Namespace) -> int:
    """Build the index, and put it in force where the release gate lets it pass.

    Files that cannot be read are named, and make the exit code 1; so does the gate where it stops.
    """
    corpus_fingerprint(options.corpus)  # a wrong path is told before the encoder takes its time
    asked = read_asked(options.corpus, options.past)
    encoder = load_encoder(options.encoder)
    if told := _stays(options, encoder.name):
        kept = kept_documents(options.index)
        _tell(options, told, {"stale": False, "kept": [asdict(one) for one in kept]})
        return _report_kept(kept)
    if back := rolled_back(options.index):
        complain(f"{_told(back)} It is built anew now.")
    before = snapshot_name(options.index)
    cached = CachingEncoder(encoder, options.cache / VECTORS_FILE, keeps_questions=True)
    result = _built(options, cached)
    verdict = judged(options, result, cached, asked)
    cached.prune()
    passed = verdict is None or verdict.passed
    if passed:
        publish(options.index, result.snapshot, origin=_ORIGIN, instead_of=before)
    if verdict and not options.json:
        show_verdict(verdict)
    _tell(options, _summary(result, options, passed), _record(result, verdict, passed))
    failed = max(_report_failures(result, passed), _report_kept(result.kept))
    return failed if passed else report_stopped()


def _stays(options: Namespace, encoder: str) -> str:
    """Why nothing is built where only a stale index is; '' where something is."""
    if not options.if_stale:
        return ""
    if not _is_stale(options, encoder):
        return f"The index in {options.index} is up to date."
    back = rolled_back(options.index)
    if back and not _is_stale(options, encoder, back.newer):
        return (
            f"{_told(back)} Nothing has changed since, so it stays: `hyqa index` builds anew,"
            f" `hyqa rollback {back.newer}` takes the newer one again."
        )
    return ""


def _built(options: Namespace, encoder: Encoder) -> BuildResult:
    with progress("Indexing", " passages") as report:
        return build_snapshot(
            options.corpus,
            options.index,
            encoder,
            report=report,
            limits=options.limits,
            glossary=options.glossary,
            originals=options.originals,
            origin=_ORIGIN,
            cache=options.cache,
        )


def _tell(options: Namespace, sentence: str, record: Record) -> None:
    if options.json:
        say_json(record)
    else:
        say(sentence)


def _record(result: BuildResult, verdict: Verdict | None, passed: bool) -> Record:
    return {
        "snapshot": result.snapshot,
        "in_force": passed,
        "documents": result.manifest.documents,
        "passages": result.manifest.chunks,
        "encoder": result.manifest.encoder,
        "left_out": [{"id": one.left_out.id, "kept": one.kept} for one in result.twins],
        "failures": [{"source": one.source, "reason": one.reason} for one in result.failures],
        "kept": [asdict(one) for one in result.kept],
        "gate": verdict_record(verdict) if verdict else None,
    }


def _is_stale(options: Namespace, encoder: str, snapshot: str | None = None) -> bool:
    return is_stale(
        options.corpus,
        options.index,
        encoder,
        glossary=options.glossary,
        originals=options.originals,
        snapshot=snapshot,
    )


def _told(back: RolledBack) -> str:
    return (
        f"The index was rolled back from {back.newer} to {back.older}"
        f" on {back.time:%Y-%m-%d %H:%M} UTC."
    )


def _summary(result: BuildResult, options: Namespace, passed: bool) -> str:
    manifest = result.manifest
    told = (
        f"Indexed {manifest.documents} documents in {manifest.chunks} passages"
        f" with {manifest.encoder}: {options.index}"
    )
    return told if passed else f"{told}, as snapshot {result.snapshot}, which is not in force."


def _report_failures(result: BuildResult, passed: bool) -> int:
    for twin in result.twins:
        complain(f"{twin.left_out.id}: left out, as {twin.kept} is the same document")
    for failure in result.failures:
        complain(f"{failure.source}: {failure.reason}")
    if result.failures and passed:
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
