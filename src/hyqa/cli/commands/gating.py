"""What ``hyqa index`` shows of the release gate, and its options."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from hyqa.cli.arguments import Parser
from hyqa.cli.output import complain, progress, say
from hyqa.index.snapshots import snapshot_name
from hyqa.models import Encoder, load_reranker
from hyqa.release import Questions, Verdict, judge_build, verdict_lines
from hyqa.release.asking import golden_questions, past_questions
from hyqa.release.opening import open_side, side_in_force


def add_gate_options(parser: Parser) -> None:
    """Add what the gate may be told."""
    parser.add_argument(
        "--past",
        metavar="FILE",
        type=Path,
        help="ask a sample of these past questions, too: JSON lines as for `hyqa ask --batch`, or a"
        " question a line",
    )
    parser.add_argument(
        "--accept",
        metavar="NAME",
        action="append",
        default=[],
        help="let pass what the gate stops for, by the name that it gives; may be repeated",
    )
    parser.add_argument(
        "--no-gate",
        action="store_true",
        help="put the new snapshot in force whatever becomes of questions and documents",
    )


def read_asked(corpus: Path, past: Path | None) -> Questions:
    """Read what is asked; lines of past questions that cannot be read are named and left out."""
    golden, unread = golden_questions(corpus)
    others, nonsense = past_questions(past) if past else ([], [])
    for failure in nonsense:
        complain(f"{failure.source}: {failure.reason}")
    return Questions(golden, others, unread)


def judged(options: Namespace, name: str, encoder: Encoder, asked: Questions) -> Verdict | None:
    """Judge a snapshot that was built; None where it is the one in force, or nobody wants it judged."""
    root: Path = options.index
    if options.no_gate or name == snapshot_name(root):
        return None
    reranker = load_reranker()
    old, reason = side_in_force(root, encoder, reranker)
    if reason:
        complain(f"The snapshot in force cannot be compared: {reason}")
    new = open_side(root, name, encoder, reranker)
    with progress("Asking", " questions") as report:
        return judge_build(
            root, old, new, asked, day=date.today(), accepted=options.accept, report=report
        )


def show_verdict(verdict: Verdict) -> None:
    """Print what the gate found."""
    for line in verdict_lines(verdict):
        say(line)
