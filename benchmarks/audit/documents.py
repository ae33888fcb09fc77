"""The documents as an auditor reads them: their letters and digits, and what they say of themselves."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import yaml
from lxml import html
from pypdf import PdfReader

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its letters and digits alone, in order, and its metadata."""

    letters: str
    meta: dict[str, str]

    @property
    def about(self) -> str:
        """What it says that it is about."""
        return " ".join([self.meta.get("title", ""), self.meta.get("source_title", "")])


def read_sources(corpus: Path) -> dict[str, Source]:
    """Read all documents of a corpus by their ids, the paths in it."""
    given = tomllib.loads((corpus / "sources.toml").read_text(encoding="utf-8"))
    found = {}
    for path in sorted(corpus.rglob("*")):
        name = path.relative_to(corpus).as_posix()
        if path.suffix in _READERS and "/" in name and not name.startswith("questions/"):
            text, meta = _READERS[path.suffix](path)
            meta |= {key: str(value) for key, value in given.get(name, {}).items()}
            found[name] = Source(letters(text), meta)
    return found


def letters(text: str) -> str:
    """A text without anything but letters and digits: readers differ in the rest."""
    return _MARKS.sub("", text).lower()


def _markdown(path: Path) -> tuple[str, dict[str, str]]:
    text = path.read_text(encoding="utf-8")
    head = _FRONT_MATTER.match(text)
    meta = yaml.safe_load(head.group(1)) if head else {}
    body = text[head.end() :] if head else text
    return body, {key: str(value) for key, value in (meta or {}).items()}


def _pdf(path: Path) -> tuple[str, dict[str, str]]:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages), {}


def _word(path: Path) -> tuple[str, dict[str, str]]:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells]), {}


def _excel(path: Path) -> tuple[str, dict[str, str]]:
    book = openpyxl.load_workbook(path, data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None), {}


def _html(path: Path) -> tuple[str, dict[str, str]]:
    return str(html.parse(str(path)).getroot().text_content()), {}


_READERS: dict[str, Callable[[Path], tuple[str, dict[str, str]]]] = {
    ".md": _markdown,
    ".txt": _markdown,
    ".pdf": _pdf,
    ".docx": _word,
    ".xlsx": _excel,
    ".html": _html,
}
