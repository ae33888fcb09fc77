"""Find the words of parks' and chains' cells in the documents, and name those that do not stand."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hyqa.parsing.corpus.directories import CellOf, EntryOf, Table, Words
from hyqa.text.tokens import chinese_share
from hyqa.types import Directory, Document, Language, Listed, ListedCell, ParseFailure

NAME = "{}"
"""Stands for a park's name in an example of a question."""
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def locate(
    table: Table, documents: Sequence[Document], parks: Table | None = None
) -> tuple[Directory, list[ParseFailure]]:
    """Find where the words of each cell stand.

    Args:
        table: parks or chains, see :func:`hyqa.parsing.corpus.directories.read_table`.
        documents: those of the index.
        parks: for chains, the parks that they may name.

    Returns:
        What is right, and what is wrong with the rest: each names the park or chain, the attribute
        and the document.
    """
    texts = {document.id: document for document in documents}
    failures = [ParseFailure(table.name, fault) for fault in _shared_names(table)]
    entries: list[Listed] = []
    for key, entry in table.entries.items():
        cells: list[ListedCell] = []
        for cell in entry.cells:
            for found in _cells(cell, table, texts):
                if isinstance(found, ListedCell):
                    cells.append(found)
                else:
                    place = f"{table.name}: {key}, {cell.attribute}"
                    failures.append(ParseFailure(place, found))
        failures += [ParseFailure(f"{table.name}: {key}", fault) for fault in _faults(entry, parks)]
        entries.append(_listed(key, entry, cells))
    attributes = {key: names.by_language() for key, names in table.attributes.items()}
    questions, wrong = _questions(table)
    failures += [ParseFailure(table.name, fault) for fault in wrong]
    stand_ins = table.stand_ins.by_language()
    return Directory(attributes, tuple(entries), stand_ins, questions), failures


def _questions(table: Table) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The examples of questions with stand-ins in them, and what is wrong with others."""
    given = {key: one.questions for key, one in table.attributes.items()} | {"": table.others}
    filled: dict[str, list[str]] = {}
    faults: list[str] = []
    for key, question in ((key, one) for key, questions in given.items() for one in questions):
        language = Language.CHINESE if chinese_share(question) else Language.ENGLISH
        names = table.stand_ins.by_language()[language]
        first, *rest = question.split(NAME)
        if not 2 <= len(rest) <= len(names):
            faults.append(f"{question!r} needs {NAME} for two names, and `stand_ins` for them")
            continue
        words = "".join(name + part for name, part in zip(names, rest, strict=False))
        filled.setdefault(key, []).append(first + words)
    return {key: tuple(texts) for key, texts in filled.items()}, faults


def _listed(key: str, entry: EntryOf, cells: Sequence[ListedCell]) -> Listed:
    names = {Language.CHINESE: entry.zh, Language.ENGLISH: entry.en}
    county = entry.county.by_language() if entry.county else {}
    return Listed(key, names, entry.aliases, county, entry.parks, tuple(cells))


def _cells(cell: CellOf, table: Table, texts: Mapping[str, Document]) -> Iterator[ListedCell | str]:
    """The cell in each language, or what is wrong with it there."""
    if cell.attribute not in table.attributes:
        yield "the file names no such attribute"
        return
    if not cell.by_language():
        yield "it has no words: `zh`, `en` or both"
    for language, words in cell.by_language().items():
        document = texts.get(words.document)
        fault = _fault(words, document, language)
        if document is None or fault:
            yield fault
            continue
        start = document.text.find(words.quote)
        end = start + len(words.quote)
        inside = words.quote.find(words.value)
        value = (start + inside, start + inside + len(words.value)) if words.value else (start, end)
        date = "" if words.undated else words.date or document.meta.issued
        yield ListedCell(cell.attribute, language, document.id, start, end, *value, date)


def _fault(words: Words, document: Document | None, language: Language) -> str:
    """What is wrong with words, '' for nothing."""
    if document is None:
        return f"{words.document} is not in the index"
    if not words.quote.strip() or words.quote not in document.text:
        return f"{words.quote!r} does not stand in {document.id}"
    if words.value not in words.quote:
        return f"the value {words.value!r} does not stand in the words of {document.id}"
    if document.meta.language is not language:
        return f"{document.id} is not in the language of the cell, {language}"
    return _undated(words, document)


def _undated(words: Words, document: Document) -> str:
    """Why words have no date, '' where they have one or say that they have none."""
    if words.date:
        known = _DAY.fullmatch(words.date) and words.date[:4] in words.quote
        return "" if known else f"its date {words.date!r} does not stand in {words.quote!r}"
    if words.undated or document.meta.issued:
        return ""
    return f"nothing dates the words of {document.id}: give a `date`, or say `undated = true`"


def _shared_names(table: Table) -> Iterator[str]:
    """Names that two entries have: nobody could tell which one is meant."""
    owners: dict[str, str] = {}
    for key, entry in table.entries.items():
        for name in {entry.zh, entry.en, *entry.aliases}:
            if owners.setdefault(name.casefold(), key) != key:
                yield f"{owners[name.casefold()]} and {key} are both called {name}"


def _faults(entry: EntryOf, parks: Table | None) -> Iterator[str]:
    """What an entry says of its place that its cells do not."""
    if entry.county:
        for language, name in entry.county.by_language().items():
            if not _stand([name], entry, language):
                yield f"no cell says in {language} that it lies in {name}"
    for key in entry.parks:
        park = parks.entries.get(key) if parks else None
        if park is None:
            yield f"there is no park {key}"
        elif not _stand([park.zh, park.en, *park.aliases], entry):
            yield f"no cell names the park {key}"


def _stand(names: Sequence[str], entry: EntryOf, language: Language | None = None) -> bool:
    """Whether one of some names stands in a cell."""
    return any(
        name in words.quote
        for cell in entry.cells
        for own, words in cell.by_language().items()
        if language in (None, own)
        for name in names
    )
