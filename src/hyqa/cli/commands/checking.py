"""``hyqa check``: what will be read, before anything is indexed."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hyqa.answer.contract import failure_record, inspection_record
from hyqa.cli.arguments import Commands, a_day, add_originals
from hyqa.cli.check_page import Page
from hyqa.cli.output import say_json
from hyqa.index.inspection import Inspection, inspect
from hyqa.maintenance.sources.comparing import with_originals
from hyqa.parsing import Readers, read_corpus
from hyqa.types import Document, ParseFailure

Seen = Inspection | ParseFailure

_EPILOG = """\
What was read from the text has its place behind it, ← p. 3, and the words where they differ; the
rest was given by front matter, sources.toml or the file's own properties. The exit code is 1 where
a file cannot be used, else 0, warnings or not.

With --json, each document gets one line: {"id", "status": "ok" or "warned", "sha256",
"characters", "pages", "metadata", "standing": {"force", "day", "by"}, "evidence": [{"field",
"value", "text", "start", "end", "pages"}], "outline": [{"heading_path", "level", "start", "end"}],
"tables": [{"start", "end", "header_start", "header_end"}], "recognised": [{"page",
"confidence"}], "passages": [{"start", "end", "pages"}], "warnings": [{"concern", "sentence"}]},
or, where it cannot be used, {"id", "status": "failed", "error"}. "start" and "end" count in the
document's text.
"""


def add_options(commands: Commands) -> None:
    """Add ``hyqa check``."""
    corpus = commands.settings.corpus
    parser = commands.add(
        "check", check, "show what is read from files, without indexing", epilog=_EPILOG,
        encoder=False, index=False,
    )  # fmt: skip
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help=f"files or folders ({corpus})"
    )
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus,
        help=f"folder whose sources.toml tells of files in it ({corpus})",
    )  # fmt: skip
    add_originals(parser, commands)
    parser.add_argument("--json", action="store_true", help="print a line of JSON a document")
    parser.add_argument("--full", action="store_true", help="show outlines whole")
    parser.add_argument(
        "--as-of", metavar="DATE", type=a_day, help="say what is in force on a day (today)"
    )


def check(options: Namespace) -> int:
    """Show what is read from files; 1 where one of them cannot be used."""
    with Readers(options.limits) as readers:
        items = [
            item
            for path in options.paths or [options.corpus]
            for item in _read(path, options, readers)
        ]
    seen = _seen(items, options.as_of or date.today())
    if options.json:
        for one in seen:
            say_json(
                failure_record(one) if isinstance(one, ParseFailure) else inspection_record(one)
            )
    else:
        Page(colours=options.colours, whole=options.full).show(seen)
    return 1 if any(isinstance(one, ParseFailure) for one in seen) else 0


def _read(path: Path, options: Namespace, readers: Readers) -> Iterator[Document | ParseFailure]:
    """Read a path, which may be the corpus or a part of it.

    A file of the corpus is read as one of it: by its name there, with what sources.toml says, and
    with its original.
    """
    corpus: Path = options.corpus
    inside = corpus.is_dir() and path.exists() and path.resolve().is_relative_to(corpus.resolve())
    if not inside:
        return read_corpus(path, readers=readers)
    part = None if path.resolve() == corpus.resolve() else path
    return read_corpus(corpus, part, readers=readers, originals=options.originals)


def _seen(items: Sequence[Document | ParseFailure], day: date) -> list[Seen]:
    documents = [item for item in items if isinstance(item, Document)]
    inspected = iter(with_originals(list(inspect(documents, day))))
    return [item if isinstance(item, ParseFailure) else next(inspected) for item in items]
