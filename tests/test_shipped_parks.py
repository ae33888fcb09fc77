"""The shipped parks and chains: every cell stands in its document, and every name in some."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hyqa import Document, Language
from hyqa.parsing.corpus.directories import Table, read_table
from hyqa.parsing.corpus.locating import locate
from hyqa.types import Directory

CORPUS = Path(__file__).parents[1] / "docs_corpus"
LANGUAGES = (Language.CHINESE, Language.ENGLISH)


@pytest.fixture(scope="module")
def documents(shipped_documents: tuple[Document, ...]) -> list[Document]:
    return list(shipped_documents)


@pytest.fixture(scope="module")
def parks() -> Table:
    return read_table(CORPUS, "parks.toml")


@pytest.fixture(scope="module")
def found(documents: list[Document], parks: Table) -> tuple[Directory, Directory]:
    (all_parks, wrong), (all_chains, unsettled) = (
        locate(parks, documents),
        locate(read_table(CORPUS, "chains.toml"), documents, parks),
    )
    assert [*wrong, *unsettled] == []
    return all_parks, all_chains


def test_every_cell_stands_in_its_document(found: tuple[Directory, Directory]) -> None:
    parks, chains = found
    assert len(parks.entries) >= 20 and len(chains.entries) >= 14
    assert all(len(entry.cells) >= 4 for entry in (*parks.entries, *chains.entries))


def test_every_park_and_chain_has_a_profile_in_both_languages(
    found: tuple[Directory, Directory],
) -> None:
    for directory in found:
        for entry in directory.entries:
            told = {cell.language for cell in entry.cells if cell.attribute == "summary"}
            assert told == set(LANGUAGES), entry.key


def test_every_attribute_of_a_park_stands_in_both_languages(
    found: tuple[Directory, Directory],
) -> None:
    for entry in found[0].entries:
        stated = [
            {cell.attribute for cell in entry.cells if cell.language is language}
            for language in LANGUAGES
        ]
        assert stated[0] == stated[1], entry.key


def test_every_name_of_a_park_stands_in_a_document(documents: list[Document], parks: Table) -> None:
    text = "\n".join(f"{one.meta.title}\n{one.text}" for one in documents).casefold()
    assert [name for name in _names(parks) if name.casefold() not in text] == []


def test_every_quote_is_whole_sentences(
    documents: list[Document], found: tuple[Directory, Directory]
) -> None:
    """It begins where a sentence does, and ends with one or where a clause does."""
    texts = {document.id: document.text for document in documents}
    for directory in found:
        for cell in (cell for entry in directory.entries for cell in entry.cells):
            text = texts[cell.document_id]
            before = text[: cell.start].rstrip(" ")[-1:]
            assert before in ("", "\n", "。", ".", "；", ";"), text[cell.start : cell.end]
            assert text[cell.end - 1] in "。." or text[cell.end] in "；，;,", text[
                cell.start : cell.end
            ]


def _names(table: Table) -> Iterator[str]:
    for entry in table.entries.values():
        yield from (entry.zh, entry.en, *entry.aliases)
