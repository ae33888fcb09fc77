"""``hyqa index``: building the index, with a progress bar."""

from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from hyqa.cli.arguments import Commands, Parser, add_originals
from hyqa.cli.cycles import leaving_cycles
from hyqa.cli.output import complain, say, say_json
from hyqa.index.snapshots import RolledBack, rolled_back
from hyqa.index.snapshots.manifest import Kept
from hyqa.index.snapshots.staleness import is_stale, kept_documents
from hyqa.models import encoder_name, load_encoder
from hyqa.parsing.corpus.files import check_there

VANISHED = "vanished"
"""As in the gate, which takes a second to import: a test compares them."""


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
    _add_gate_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_gate_options(parser: Parser) -> None:
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


@leaving_cycles()
def index(options: Namespace) -> int:
    """Build the index, and put it in force where the release gate lets it pass.

    Files that cannot be read are named, and make the exit code 1; so does the gate where it stops.
    """
    check_there(options.corpus)  # a wrong path is told before the encoder takes its time
    name = encoder_name(options.encoder)
    encoder = None if name else load_encoder(options.encoder)
    if told := _stays(options, encoder.name if encoder else name):
        kept = kept_documents(options.index)
        tell(options, told, {"stale": False, "kept": [asdict(one) for one in kept]})
        return report_kept(kept)
    if back := rolled_back(options.index):
        complain(f"{_told(back)} It is built anew now.")
    with ThreadPoolExecutor(1) as beside:
        # To load it is hardly work of Python's, and goes on beside what follows.
        loading = beside.submit(lambda: encoder or load_encoder(options.encoder))
        from hyqa.cli.commands.building import build  # loads search, and what asks questions

        loaded = loading.result()
    return build(options, loaded)


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


def tell(options: Namespace, sentence: str, record: dict[str, object]) -> None:
    """Print what was done, as a sentence or as JSON."""
    if options.json:
        say_json(record)
    else:
        say(sentence)


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


def report_kept(kept: Sequence[Kept]) -> int:
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
