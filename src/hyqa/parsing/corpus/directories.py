"""The parks and the industrial chains of a corpus: ``parks.toml`` and ``chains.toml``.

A table of attributes with their names, and a table for each park or chain with its cells. A cell
is the words of a document that state one attribute, in each language that has them::

    [attributes]
    area = { zh = "面积", en = "Area" }

    [parks.songmu]
    zh = "松木经开区"
    en = "Songmu Economic Development Zone"
    county = { zh = "石鼓区", en = "Shigu District" }

    [[parks.songmu.cells]]
    attribute = "area"
    zh = { document = "parks/a.md", quote = "规划面积 54.66 平方公里。", value = "54.66 平方公里" }

Examples of questions that compare two parks by an attribute may stand with it, ``{}`` for each
name, and those that no cell answers in ``others``; ``stand_ins`` are the names to put there.

Each cell has a date: ``date``, whose year stands in the words, else that of the document; words that
nothing dates say so by ``undated = true``.
"""

import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec

from hyqa.types import Language
from hyqa.types.errors import ConfigError


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """Words of a document, as a cell gives them."""

    document: str
    quote: str
    value: str = ""
    date: str = ""
    undated: bool = False


class Naming(msgspec.Struct, forbid_unknown_fields=True):
    """A name in each language."""

    zh: str
    en: str

    def by_language(self) -> dict[Language, str]:
        """The same, by language."""
        return {Language.CHINESE: self.zh, Language.ENGLISH: self.en}


class AttributeOf(Naming, forbid_unknown_fields=True):
    """An attribute, with examples of questions for it."""

    questions: tuple[str, ...] = ()


class StandIns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names in each language that stand for any park in examples of questions."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def by_language(self) -> dict[Language, tuple[str, ...]]:
        """The same, by language."""
        return {Language.CHINESE: self.zh, Language.ENGLISH: self.en}


class CellOf(msgspec.Struct, forbid_unknown_fields=True):
    """A cell in one language or in both."""

    attribute: str
    zh: Words | None = None
    en: Words | None = None

    def by_language(self) -> dict[Language, Words]:
        """The words in each language that has them."""
        both = {Language.CHINESE: self.zh, Language.ENGLISH: self.en}
        return {language: words for language, words in both.items() if words}


class EntryOf(msgspec.Struct, forbid_unknown_fields=True):
    """A park or a chain."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    county: Naming | None = None
    parks: tuple[str, ...] = ()
    cells: tuple[CellOf, ...] = ()


class Table(NamedTuple):
    """A file as it was read; ``name`` is the file's. Empty where there is none."""

    name: str
    attributes: dict[str, AttributeOf]
    entries: dict[str, EntryOf]
    stand_ins: StandIns = StandIns()
    others: tuple[str, ...] = ()


class _File(msgspec.Struct, forbid_unknown_fields=True):
    attributes: dict[str, AttributeOf]
    stand_ins: StandIns = StandIns()
    others: tuple[str, ...] = ()
    parks: dict[str, EntryOf] = {}
    chains: dict[str, EntryOf] = {}


def read_table(corpus: Path, name: str) -> Table:
    """Read a corpus's parks or chains, unchecked; nothing where it has no such file.

    Args:
        corpus: a folder of documents, or one file.
        name: of the file in that folder.

    Raises:
        ConfigError: when the file is there and cannot be read.
    """
    path = corpus / name
    if not path.is_file():
        return Table(name, {}, {})
    try:
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise ConfigError(
            f"{path} cannot be read: it needs a table `attributes`, and of each park or chain the"
            f" names `zh` and `en` with `cells`, each an `attribute` with words: {error}"
        ) from error
    entries = read.parks | read.chains
    return Table(name, read.attributes, entries, read.stand_ins, read.others)
