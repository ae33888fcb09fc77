"""``hyqa index``: building the index, with a progress bar."""

from argparse import Namespace
from pathlib import Path

from hyqa.answer.contract import Record
from hyqa.cli.arguments import Commands
from hyqa.cli.commands.gating import add_gate_options, judged, read_asked, show_verdict
from hyqa.cli.output import complain, progress, say, say_json
from hyqa.index.build import BuildResult, build_snapshot, is_stale
from hyqa.index.snapshots import publish, snapshot_name
from hyqa.models import CachingEncoder, Encoder, load_encoder
from hyqa.parsing import corpus_fingerprint
from hyqa.release import Verdict, verdict_record

_ORIGIN = "hyqa index"
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
    add_gate_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def index(options: Namespace) -> int:
    """Build the index; files that cannot be read are named, and make the exit code 1.

    It does so, too, where the release gate stops what was built: the old index stays in force.
    """
    corpus_fingerprint(options.corpus)  # a wrong path is told before the encoder takes its time
    asked = read_asked(options.corpus, options.past)
    encoder = load_encoder(options.encoder)
    if options.if_stale and not is_stale(
        options.corpus, options.index, encoder.name, glossary=options.glossary
    ):
        _tell(options, f"The index in {options.index} is up to date.", {"stale": False})
        return 0
    before = snapshot_name(options.index)
    result = _built(options, encoder)
    verdict = judged(options, result.snapshot, encoder, asked)
    passed = verdict is None or verdict.passed
    if passed:
        publish(options.index, result.snapshot, origin=_ORIGIN, instead_of=before)
    if verdict and not options.json:
        show_verdict(verdict)
    _tell(options, _summary(result, options, passed), _record(result, verdict, passed))
    return max(_report_failures(result, passed), int(not passed))


def _built(options: Namespace, encoder: Encoder) -> BuildResult:
    with progress("Indexing", " passages") as report:
        return build_snapshot(
            options.corpus,
            options.index,
            CachingEncoder(encoder, options.cache / VECTORS_FILE),
            report=report,
            limits=options.limits,
            glossary=options.glossary,
            origin=_ORIGIN,
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
        "gate": verdict_record(verdict) if verdict else None,
    }


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
    if not passed:
        complain(
            "The gate stopped it, and the old index stays in force: mend what it names, or run the"
            " same again with --accept for each name that may pass."
        )
    elif result.failures:
        complain(
            f"The index was built, but without {len(result.failures)} that could not be read:"
            " see the names above."
        )
    return 1 if result.failures else 0
