"""The glossary that the corpus's maintainers own: terms in Chinese and English, and places.

Two tables have names of their own: ``[regions]`` lists places, ``[kinds]`` the words that end
names of places and parks, see :class:`hyqa.text.names.Gazetteer`. All others are lists of terms.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from hyqa.parsing.corpus.sources import GLOSSARY
from hyqa.text.names import Gazetteer
from hyqa.text.tokens import normalize
from hyqa.types.errors import ConfigError

_KEYS = {
    "regions": ("places", "own"),
    "kinds": tuple(one.name for one in fields(Gazetteer) if one.name not in ("places", "own")),
}
"""The tables that hold words, and the keys of each."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing's names in both languages; the first of each is the one that is shown."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a glossary holds: terms in the file's order, and what it tells of places."""

    terms: tuple[Term, ...] = ()
    gazetteer: Gazetteer = Gazetteer()  # noqa: RUF009 - frozen


def read_glossary(corpus: Path, file: Path | None = None) -> Glossary:
    """Read a corpus's glossary; an empty one where it has none.

    Args:
        corpus: a folder of documents, or one file.
        file: a glossary in the place of the corpus's own.

    Raises:
        ConfigError: when the file is there and is no glossary, or the one named is not there.
    """
    path = file or corpus / GLOSSARY
    if file is None and not path.is_file():
        return Glossary()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        words = _words(tables)
        groups = [_group(group) for name, group in tables.items() if name not in _KEYS]
        terms = tuple(_term(entry) for group in groups for entry in group)
        places = frozenset(words.pop("places", ()))
        return Glossary(terms, Gazetteer(places=places, **words))
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{path} is no glossary: each entry must be two lists of names, as in"
            ' [["云岭"], ["Yunling"]]; tables of words are'
            f" {', '.join(f'[{name}] with {_listed(keys)}' for name, keys in _KEYS.items())}."
        ) from error


def _words(tables: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The words of the tables that hold words, by their keys, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for name, keys in _KEYS.items():
        table = tables.get(name, {})
        if not isinstance(table, dict) or not table.keys() <= set(keys):
            raise ValueError(f"[{name}] has other keys than {_listed(keys)}")
        found |= {key: tuple(normalize(_name(value)).split()) for key, value in table.items()}
    return found


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(keys)


def _group(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    raise ValueError("a group of terms is not a list")


def _term(entry: object) -> Term:
    match entry:
        case [[*chinese], [*english]] if chinese and english:
            return Term(tuple(map(_name, chinese)), tuple(map(_name, english)))
    raise ValueError("an entry is not two lists of names")


def _name(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("a name is no text")
