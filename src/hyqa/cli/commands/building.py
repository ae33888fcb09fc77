"""What ``hyqa index`` does where something is to be done: build, have the gate judge, switch, tell."""

from argparse import Namespace
from dataclasses import asdict

from hyqa.answer.contract import Record
from hyqa.cli.commands.gating import judged, read_asked, report_stopped, show_verdict
from hyqa.cli.commands.indexing import report_kept, tell
from hyqa.cli.output import complain, progress
from hyqa.index.build import BuildResult, build_snapshot
from hyqa.index.snapshots import publish, snapshot_name
from hyqa.maintenance.release import Verdict, verdict_record
from hyqa.models import CachingEncoder, Encoder

_ORIGIN = "hyqa index"
VECTORS_FILE = "vectors.sqlite"
"""In the cache folder: passages that were encoded before."""


def build(options: Namespace, encoder: Encoder) -> int:
    """Build the index, and put it in force where the release gate lets it pass; the exit code.

    Args:
        options: of ``hyqa index``.
        encoder: the one that was chosen.
    """
    asked = read_asked(options.corpus, options.past)
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
    tell(options, _summary(result, options, passed), _record(result, verdict, passed))
    failed = max(_report_failures(result, passed), report_kept(result.kept))
    return failed if passed else report_stopped()


def _built(options: Namespace, encoder: Encoder) -> BuildResult:
    with (
        progress("Indexing", " passages") as report,
        progress("Indexing", " questions") as report_questions,
    ):
        return build_snapshot(
            options.corpus,
            options.index,
            encoder,
            report=report,
            report_questions=report_questions,
            limits=options.limits,
            glossary=options.glossary,
            originals=options.originals,
            origin=_ORIGIN,
            cache=options.cache,
        )


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
