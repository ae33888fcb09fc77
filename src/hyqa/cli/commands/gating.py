"""What ``hyqa index`` asks and shows of the release gate."""

from argparse import Namespace
from contextlib import closing
from datetime import date
from pathlib import Path

from hyqa.cli.output import complain, progress, say_line
from hyqa.index.build import BuildResult
from hyqa.index.snapshots import snapshot_name
from hyqa.maintenance.release import VANISHED, Questions, Verdict, judge_build, verdict_lines
from hyqa.maintenance.release.asking import golden_questions, past_questions
from hyqa.maintenance.release.opening import open_side, side_in_force
from hyqa.models import CachingEncoder, load_reranker
from hyqa.parsing.corpus.remembering import Memory
from hyqa.types.errors import SnapshotError


def read_asked(corpus: Path, past: Path | None) -> Questions:
    """Read what is asked; lines of past questions that cannot be read are named and left out."""
    golden, unread = golden_questions(corpus)
    others, nonsense = past_questions(past) if past else ([], [])
    for failure in nonsense:
        complain(f"{failure.source}: {failure.reason}")
    return Questions(golden, others, unread)


def judged(
    options: Namespace, built: BuildResult, encoder: CachingEncoder, asked: Questions
) -> Verdict | None:
    """Judge a snapshot that was built; None where it is the one in force, or nobody wants it judged.

    Its vectors are compared with ones that are made anew, not with what the encoder keeps.

    Raises:
        SnapshotError: when nobody wants it judged, and many documents would vanish all the same.
    """
    root: Path = options.index
    if options.no_gate and built.loss.is_great and not options.accept_loss:
        raise SnapshotError(
            f"{len(built.loss.lost)} of {built.loss.known} documents would vanish, so the old index"
            " stays: see to the folder, or add --accept-loss."
        )
    if options.no_gate or built.snapshot == snapshot_name(root):
        return None
    reranker = load_reranker()
    old, reason = side_in_force(root, encoder.encoder, reranker)
    if reason:
        complain(f"The snapshot in force cannot be compared: {reason}")
    new = open_side(root, built.snapshot, encoder.encoder, reranker)
    accepted = [*options.accept, *([VANISHED] if options.accept_loss else [])]
    with progress("Asking", " questions") as report, closing(Memory(options.cache)) as memory:
        return judge_build(
            root, old, new, asked, day=date.today(), corpus=options.corpus, accepted=accepted,
            report=report, keeping=encoder, memory=memory,
        )  # fmt: skip


def report_stopped() -> int:
    """Say that the gate stopped a build, and what can be done; returns the exit code."""
    complain(
        "The gate stopped it, and the old index stays in force: mend what it names, or run the same"
        " again with --accept for each name that may pass."
    )
    return 1


def show_verdict(verdict: Verdict) -> None:
    """Print what the gate found."""
    for line in verdict_lines(verdict):
        say_line(line)
