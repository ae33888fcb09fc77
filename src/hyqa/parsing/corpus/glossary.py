"""The glossary that the corpus's maintainers own: the city's terms in Chinese and English."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from hyqa.errors import ConfigError

GLOSSARY = "glossary.toml"
"""Name of the file, at the top of a corpus's folder."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing's names in both languages; the first of each is the one that is shown."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]


def read_glossary(corpus: Path) -> tuple[Term, ...]:
    """The terms of a corpus's glossary, in the file's order; none where it has no glossary.

    Raises:
        ConfigError: when the file is there and is no glossary.
    """
    path = corpus / GLOSSARY
    if not path.is_file():
        return ()
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_term(entry) for group in groups.values() for entry in group)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{path} is no glossary: each entry must be two lists of names, as in"
            ' [["衡阳"], ["Hengyang"]].'
        ) from error


def _term(entry: object) -> Term:
    match entry:
        case [[*chinese], [*english]] if chinese and english:
            return Term(tuple(map(_name, chinese)), tuple(map(_name, english)))
    raise ValueError("an entry is not two lists of names")


def _name(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("a name is no text")
