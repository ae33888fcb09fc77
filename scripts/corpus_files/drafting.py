"""Drafts in Markdown, and what ``sources.toml`` says of them."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

CREATED = datetime(2026, 1, 31, tzinfo=UTC)
REQUIRED = ("title", "kind", "form", "publisher", "language", "url")
FIELDS = (
    "title",
    "kind",
    "form",
    "source_title",
    "publisher",
    "number",
    "issued",
    "effective",
    "expires",
    "superseded_by",
    "validity",
    "language",
    "url",
    "reprint",
)

LABELS = {
    "zh": {
        "digest": "摘要（非官方文本）",
        "home": "衡阳投资资料",
        "footer": "本页为摘要，以原文为准。",
        "page": "— {} —",
    },
    "en": {
        "digest": "Digest, not the official text",
        "home": "Hengyang investment documents",
        "footer": "This page is a digest. The original prevails.",
        "page": "Page {}",
    },
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One document to make: where it goes, its metadata, and its sections in order."""

    target: str
    fields: dict[str, str | bool]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def title(self) -> str:
        """The title of the document."""
        return str(self.fields["title"])

    @property
    def language(self) -> str:
        """``zh`` or ``en``."""
        return str(self.fields["language"])

    @property
    def labels(self) -> dict[str, str]:
        """Fixed wording in the document's language."""
        return LABELS[self.language]

    def issue_line(self) -> list[str]:
        """What the document is, as the parts of the line under its title.

        Source, number and date are in its metadata, and so in every citation.
        """
        return [self.labels["digest"]]


def read_draft(path: Path) -> Draft:
    """Read a draft; raise ``ValueError`` if its front matter lacks or misnames a field."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    target = fields.pop("target")
    missing = [name for name in REQUIRED if name not in fields]
    unknown = [name for name in fields if name not in FIELDS]
    if missing or unknown:
        raise ValueError(f"{path.name}: missing {missing}, unknown {unknown}")
    return Draft(target, fields, tuple(read_sections(body)))


def read_sections(body: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each heading of a draft's body with the paragraphs under it."""
    for part in re.split(r"^## ", body, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        yield heading.strip(), tuple(p.strip() for p in re.split(r"\n\s*\n", text) if p.strip())


def write_sources(path: Path, drafts: Iterable[Draft]) -> None:
    """Put the drafts' metadata into ``sources.toml`` and keep the tables of other files."""
    tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    tables |= {draft.target: draft.fields for draft in drafts}
    text = "\n".join(toml_table(name, tables[name]) for name in sorted(tables))
    path.write_text(text, encoding="utf-8")


def toml_table(name: str, fields: dict[str, str | bool]) -> str:
    """Write one table of strings and booleans; JSON writes both as TOML does."""
    rows = [
        f"{key} = {json.dumps(fields[key], ensure_ascii=False)}" for key in FIELDS if key in fields
    ]
    return f"[{json.dumps(name, ensure_ascii=False)}]\n" + "\n".join(rows) + "\n"
