"""``hyqa diff``: what differs between two snapshots: documents, passages and answers."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from hyqa.cli.arguments import Commands
from hyqa.cli.commands.gating import read_asked
from hyqa.cli.output import complain, progress, say_json, say_line
from hyqa.maintenance.release import (
    Compared,
    Side,
    document_changes,
    snapshots_lines,
    snapshots_record,
)
from hyqa.maintenance.release.differences import differences
from hyqa.maintenance.release.opening import CURRENT, PREVIOUS, name_of, open_side
from hyqa.maintenance.release.replaying import replay
from hyqa.models import load_encoder, load_reranker

_EPILOG = f"""\
A and B are names of `hyqa snapshots`, as much of them as is needed, or `{CURRENT}` and `{PREVIOUS}`. The
golden questions of the corpus are asked of both, and, with --past, a sample of past ones.
"""


def add_options(commands: Commands) -> None:
    """Add ``hyqa diff``."""
    corpus = commands.settings.corpus
    parser = commands.add("diff", diff, "tell what differs between two snapshots", epilog=_EPILOG)
    parser.add_argument(
        "before", metavar="A", nargs="?", default=PREVIOUS, help=f"a snapshot ({PREVIOUS})"
    )
    parser.add_argument(
        "after", metavar="B", nargs="?", default=CURRENT, help=f"another one ({CURRENT})"
    )
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus,
        help=f"folder whose golden.jsonl holds what is asked ({corpus})",
    )  # fmt: skip
    parser.add_argument(
        "--past", metavar="FILE", type=Path, help="ask a sample of these past questions, too"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def diff(options: Namespace) -> int:
    """Print what differs between two snapshots."""
    names = [name_of(options.index, called) for called in (options.before, options.after)]
    encoder, reranker = load_encoder(options.encoder), load_reranker()
    old, new = (open_side(options.index, name, encoder, reranker) for name in names)
    compared = _compared(old, new, options)
    if options.json:
        say_json(snapshots_record(compared))
    else:
        for line in snapshots_lines(compared):
            say_line(line)
    return 0


def _compared(old: Side, new: Side, options: Namespace) -> Compared:
    changes = tuple(document_changes(old.index.store, new.index.store))
    asked = read_asked(options.corpus, options.past).all
    if not old.engine or not new.engine:
        complain(f"Nothing is asked: not both were made with {options.encoder}.")
        return Compared(old, new, changes, None)
    day = date.today()
    with progress("Asking", " questions") as report:
        before = replay(old.engine, asked, day, report)
        after = replay(new.engine, asked, day, report)
    return Compared(old, new, changes, tuple(differences(asked, before, after)), len(asked))
