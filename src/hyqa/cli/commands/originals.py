"""``hyqa sources``, ``fetch`` and ``compare-original``: the originals of the documents."""

from argparse import Namespace
from pathlib import Path

from hyqa.cli.arguments import Commands, Parser, add_originals
from hyqa.maintenance.sources.listing import ORIGINALS


def add_sources(commands: Commands) -> None:
    """Add ``hyqa sources``."""
    parser = commands.add(
        "sources", run_sources, "list the addresses of originals, and how it went with each",
        encoder=False, index=False,
    )  # fmt: skip
    _add_folders(parser, commands)
    parser.add_argument("--json", action="store_true", help="print a line of JSON an address")


def add_fetch(commands: Commands) -> None:
    """Add ``hyqa fetch``."""
    parser = commands.add(
        "fetch", run_fetch, "fetch originals from their addresses, as far as they are due",
        encoder=False, index=False,
    )  # fmt: skip
    _add_folders(parser, commands)
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="sources, due or not; all that are due"
    )
    parser.add_argument(
        "--accept", action="store_true", help="take also what holds much less than before"
    )


def add_compare(commands: Commands) -> None:
    """Add ``hyqa compare-original``."""
    parser = commands.add(
        "compare-original", run_compare, "name what a digest says that its original does not",
        encoder=False, index=False,
    )  # fmt: skip
    _add_folders(parser, commands)
    parser.add_argument("document", metavar="DOCUMENT", help="the digest's id")


def _add_folders(parser: Parser, commands: Commands) -> None:
    corpus = commands.settings.corpus
    parser.set_defaults(allowed=commands.settings.fetch_allowed)
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus,
        help=f"folder of documents, with {ORIGINALS} ({corpus})",
    )  # fmt: skip
    add_originals(parser, commands)


def run_sources(options: Namespace) -> int:
    """List the addresses."""
    from hyqa.cli import originals  # what fetches takes its time to load

    return originals.run_sources(options)


def run_fetch(options: Namespace) -> int:
    """Fetch originals; 1 where one could not be fetched."""
    from hyqa.cli import originals

    return originals.run_fetch(options)


def run_compare(options: Namespace) -> int:
    """Compare a digest with its original; 1 where it says what that does not."""
    from hyqa.cli import originals

    return originals.run_compare(options)
