"""``hyqa foresee``: questions foreseen for a document that is added."""

from argparse import Namespace
from pathlib import Path

from hyqa.cli.arguments import Commands
from hyqa.parsing.corpus.sources import DRAFTS, QUESTIONS

_EPILOG = f"""\
A document without foreseen questions is found by its words alone. The configured writer
(HYQA_WRITER_URL) drafts some, or --from brings a person's, as JSON lines like those in
docs_corpus/{QUESTIONS}/. Either is checked and written to docs_corpus/{QUESTIONS}/{DRAFTS}/, which no
index reads. Read and edit it; --accept then takes it over, and `hyqa index` indexes it.
"""


def add_options(commands: Commands) -> None:
    """Add ``hyqa foresee``."""
    parser = commands.add(
        "foresee", run, "draft the questions that people may ask of a document, or take them over",
        epilog=_EPILOG, encoder=False, index=False,
    )  # fmt: skip
    corpus = commands.settings.corpus
    parser.set_defaults(writer=commands.settings.writer)
    parser.add_argument("document", metavar="DOCUMENT", help="its id, as parks/overview.md")
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus, help=f"folder of documents ({corpus})"
    )
    parser.add_argument(
        "--from", metavar="FILE", type=Path, dest="file", help="questions of a person's, JSON lines"
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="take over what has been read: the draft, or the file of --from",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(options: Namespace) -> int:
    """Draft or accept questions; 1 where some were refused."""
    from hyqa.cli import foreseeing  # what reads documents takes its time to load

    return foreseeing.run(options)
