"""``hyqa check``: what will be read, before anything is indexed."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hyqa.answer.contract import failure_record, inspection_record
from hyqa.cli.check_page import Page
from hyqa.cli.output import say_json
from hyqa.index.inspection import Inspection, inspect
from hyqa.parsing import Readers, read_corpus
from hyqa.types import Document, ParseFailure

Seen = Inspection | ParseFailure


def check(options: Namespace) -> int:
    """Show what is read from files; 1 where one of them cannot be used."""
    with Readers(options.limits) as readers:
        items = [
            item
            for path in options.paths or [options.corpus]
            for item in read_corpus(*_places(path, options.corpus), readers=readers)
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


def _places(path: Path, corpus: Path) -> tuple[Path, Path | None]:
    """Return the folder to read, and the part of it that is meant.

    A file of the corpus is read as one of it: by its name there, with what sources.toml says.
    """
    inside = corpus.is_dir() and path.exists() and path.resolve().is_relative_to(corpus.resolve())
    return (corpus, path) if inside else (path, None)


def _seen(items: Sequence[Document | ParseFailure], day: date) -> list[Seen]:
    inspected = inspect([item for item in items if isinstance(item, Document)], day)
    return [item if isinstance(item, ParseFailure) else next(inspected) for item in items]
