"""The page that ``hyqa check`` shows in a terminal, wrapped to its width."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from statistics import median

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from hyqa.cli.output import say
from hyqa.index.chunking import pages_of, text_width
from hyqa.index.inspection import Inspection
from hyqa.index.validity import Force, Standing
from hyqa.parsing.outline.places import names_itself
from hyqa.types import Document, Evidence, Form, ParseFailure

MOST_HEADINGS = 24
"""Headings that are shown of an outline, about a screen; ``--full`` shows all."""
MOST_QUOTED = 48
"""Characters that are shown of the words that a field was read from."""
WIDEST = 100
"""Columns of the widest page: longer lines are hard to follow."""

_BLANKS = re.compile(r"[ ]+$", re.MULTILINE)
_LABELS = {
    "title": "title", "form": "form", "source_title": "digest of", "kind": "kind", "publisher": "issued by",
    "number": "文号", "issued": "issued", "effective": "effective", "expires": "expires",
    "original_of": "original of", "repeals": "repeals", "repealed": "repealed", "superseded_by": "replaced by",
    "validity": "validity", "language": "language", "url": "address",
}  # fmt: skip
_FORCE = {
    Force.IN_FORCE: "in force since", Force.NOT_YET: "not yet in force, but from",
    Force.EXPIRED: "expired; the last day was", Force.REPEALED: "no longer in force since",
    Force.UNKNOWN: "not known",
}  # fmt: skip


class Page:
    """Writes what was seen of each file, and sums up."""

    def __init__(self, *, colours: bool, whole: bool) -> None:
        self._console = Console(
            file=sys.stdout, no_color=not colours, highlight=False, markup=False, emoji=False,
            force_terminal=None if colours else False, soft_wrap=False,
        )  # fmt: skip
        self._console.width = min(self._console.width, WIDEST)
        self._most = None if whole else MOST_HEADINGS

    def show(self, seen: Sequence[Inspection | ParseFailure]) -> None:
        """Write the page."""
        for one in seen:
            with self._console.capture() as captured:
                if isinstance(one, ParseFailure):
                    self._failure(one)
                else:
                    self._document(one)
            say(_BLANKS.sub("", captured.get()))
        with self._console.capture() as captured:
            self._console.print(_summary(seen), end="")
        say(_BLANKS.sub("", captured.get()))

    def _failure(self, failure: ParseFailure) -> None:
        self._console.print(Rule(Text(_shown(failure.source), "bold"), align="left", style="red"))
        line = Text("✗ cannot be used: ", "bold red").append(
            Text(_shown(failure.reason), "default")
        )
        self._console.print(Padding(line, (0, 0, 0, 2)))

    def _document(self, seen: Inspection) -> None:
        document = seen.document
        style = "yellow" if seen.warnings else "green"
        head = Text(_shown(document.id), "bold").append(f"  {_format(document)}", "not bold dim")
        self._console.print(Rule(head, align="left", style=style))
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, style="dim", min_width=10)
        table.add_column(overflow="fold")
        for label, content in self._rows(seen):
            table.add_row(label, content)
        self._console.print(Padding(table, (0, 0, 0, 2)))
        for warning in seen.warnings:
            line = Text("! ", "bold yellow").append(Text(_shown(warning.sentence), "default"))
            self._console.print(Padding(line, (0, 0, 0, 2)))

    def _rows(self, seen: Inspection) -> Iterator[tuple[str, Text]]:
        document = seen.document
        yield from _metadata_rows(document)
        yield "standing", Text(_standing(seen.standing))
        yield "outline", self._outline(document)
        if document.tables:
            rows = sum(document.text.count("\n", t.start, t.end) + 1 for t in document.tables)
            yield "tables", Text(f"{len(document.tables)}, of {rows} rows in all")
        if document.recognised:
            least = min(document.recognised, key=lambda one: one.confidence)
            count = len(document.recognised)
            sure = f"{least.confidence:.2f} on page {least.page}"
            yield "scanned", Text(f"{count} pages read from their picture, least surely {sure}")
        yield "passages", Text(_passages(seen))

    def _outline(self, document: Document) -> Text:
        lines = list(_headings(document))
        if not lines:
            return Text("none", "dim")
        shown = lines[: self._most]
        text = Text("\n").join(shown)
        if len(shown) < len(lines):
            text.append(f"\n… and {len(lines) - len(shown)} more headings: --full", "dim")
        return text


def _metadata_rows(document: Document) -> Iterator[tuple[str, Text]]:
    evidence = {one.field: one for one in document.evidence}
    for name, label in _LABELS.items():
        value = getattr(document.meta, name)
        words = "；".join(value) if isinstance(value, tuple) else str(value)
        if not words or value is Form.ORIGINAL:
            continue
        text = Text(_shown(words), "bold" if name == "title" else "")
        if name in evidence:
            text.append(_quoted(evidence[name], words, document), "dim")
        yield label, text


def _quoted(evidence: Evidence, value: str, document: Document) -> str:
    """Return the words that say a value, and their place; only the place where they are it."""
    words = " ".join(document.text[evidence.start : evidence.end].split())
    words = words if len(words) <= MOST_QUOTED else f"{words[: MOST_QUOTED - 1]}…"
    place = _place(document, evidence.start, evidence.end)
    return f"  ← {place}" if words == value else f"  ← “{words}”, {place}"


def _place(document: Document, start: int, end: int) -> str:
    pages = pages_of(document.page_starts, (start, end))
    return f"p. {pages[0]}" if pages else f"line {document.text.count(chr(10), 0, start) + 1}"


def _headings(document: Document) -> Iterator[Text]:
    """Yield a line for each heading, indented by its level, with its page."""
    for heading in document.outline:
        if heading.title or names_itself(heading):
            words = " ".join(document.text[heading.start : heading.end].split())
            line = Text("  " * (heading.level - 1) + _shown(words))
            if document.page_starts:
                line.append(f"  {_place(document, heading.start, heading.end)}", "dim")
            yield line


def _format(document: Document) -> str:
    suffix = PurePosixPath(document.id).suffix.lstrip(".").upper()
    pages = max((start.page for start in document.page_starts), default=0)
    many = f"{pages} page{'s' * (pages != 1)}" if pages else ""
    return ", ".join(filter(None, (suffix, many, f"{len(document.text):,} characters")))


def _standing(standing: Standing) -> str:
    words = _FORCE[standing.force]
    if standing.force is Force.UNKNOWN:
        return words
    return f"{words} {standing.day}" if standing.day else words.removesuffix(" since")


def _passages(seen: Inspection) -> str:
    sizes = sorted(round(text_width(chunk.text)) for chunk in seen.chunks)
    if len(sizes) < 2:
        return f"{len(sizes)}" + (f", of {sizes[0]} characters" if sizes else "")
    return f"{len(sizes)}, of {sizes[0]} to {sizes[-1]} characters, half of them up to {median(sizes):.0f}"


def _summary(seen: Sequence[Inspection | ParseFailure]) -> Text:
    failed = sum(isinstance(one, ParseFailure) for one in seen)
    warned = sum(isinstance(one, Inspection) and bool(one.warnings) for one in seen)
    passages = sum(len(one.chunks) for one in seen if isinstance(one, Inspection))
    read = len(seen) - failed
    many = f"{read} document{'s' * (read != 1)} in {passages} passage{'s' * (passages != 1)}"
    text = Text(many, "bold")
    text.append(f"; {warned} with warnings", "yellow" if warned else "")
    text.append(f"; {failed} cannot be used", "red" if failed else "")
    return text


def _shown(text: str) -> str:
    """Return what is safe to show: names of files may hold what moves a terminal's cursor."""
    return "".join(character if character.isprintable() else "�" for character in text)
