"""What an index holds, to look at without asking: documents, parks and industrial chains."""

from collections.abc import Iterator

from hyqa.answer.labels import label_quote
from hyqa.answer.quotes import make_quote
from hyqa.index.build import Index
from hyqa.index.foreseen import ParksAsked
from hyqa.types import (
    Answer,
    Attribute,
    Cell,
    Chain,
    Directory,
    Document,
    Language,
    Listed,
    ListedCell,
    Metadata,
    Park,
    Quote,
    Status,
)

_Alike = tuple[str, str, tuple[str, ...], tuple[Attribute, ...], tuple[Cell, ...]]
"""What a park and a chain have alike: the fields of :class:`hyqa.types.Entry`."""
MOST_CELLS = 2
"""Quotes of one park in an answer that compares it with others: the first of its cells."""
CONFIDENCE = 0.9
"""That the cells answer: of 58 questions that came near an example of an attribute, 56 asked for
it, in the measure of :data:`hyqa.index.foreseen.comparing.NEAR`."""


class Holdings:
    """Looks up what an index holds; safe to share between threads."""

    index: Index

    def document(self, document_id: str) -> Document:
        """One document, as it was read; a ``DocumentError`` where there is none of that id."""
        return self.index.store.document(document_id)

    def documents(self) -> tuple[tuple[str, Metadata], ...]:
        """Id and metadata of every document, in the order of the index."""
        return tuple(self.index.store.metadata_of_all())

    def parks(self, language: Language) -> tuple[Park, ...]:
        """Every park with what the documents state of it, in their order; () without any.

        Args:
            language: of the names, and of the quotes as far as there are some in it.
        """
        table = self.index.parks
        return tuple(
            Park(*_entry(self.index, table, one, language), one.county.get(language, ""))
            for one in table.entries
        )

    def chains(self, language: Language) -> tuple[Chain, ...]:
        """Every industry, chain and cluster like :meth:`parks`."""
        table = self.index.chains
        return tuple(
            Chain(*_entry(self.index, table, one, language), one.parks) for one in table.entries
        )


def cells_of(index: Index, table: Directory, listed: Listed, language: Language) -> Iterator[Cell]:
    """What documents state of a park or a chain, by the order of the attributes.

    Args:
        index: where the documents are.
        table: whose attributes tell the order.
        listed: the park or chain.
        language: of the quotes; an attribute that has none in it is quoted in the other.
    """
    for key, names in table.attributes.items():
        of_key = [cell for cell in listed.cells if cell.attribute == key]
        own = [cell for cell in of_key if cell.language is language]
        attribute = Attribute(key, names[language])
        for cell in own or of_key:
            yield _cell(index, attribute, cell, language)


def answer_from_table(index: Index, asked: ParksAsked, whole: Answer) -> Answer | None:
    """Answer what is asked of several parks by their cells.

    Args:
        index: where the parks are.
        asked: which parks, and which attribute.
        whole: how the question was answered without the table.

    Returns:
        An answer that names the parks of which no document states it; None where none does of any.
    """
    listed = {one.key: one for one in index.parks.entries}
    quotes: list[Quote] = []
    missing: list[str] = []
    for key, name in zip(asked.keys, asked.names, strict=True):
        all_cells = cells_of(index, index.parks, listed[key], whole.language)
        own = [cell.quote for cell in all_cells if cell.attribute.key == asked.attribute]
        quotes += [quote for quote in own[:MOST_CELLS] if quote not in quotes]
        missing += [] if own else [name]
    if not quotes:
        return None
    return Answer(
        question=whole.question,
        query=whole.query,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        language=whole.language,
        confidence=CONFIDENCE,
        quotes=tuple(quotes),
        missing=tuple(missing),
    )


def _entry(index: Index, table: Directory, listed: Listed, language: Language) -> _Alike:
    attributes = tuple(Attribute(key, names[language]) for key, names in table.attributes.items())
    cells = tuple(cells_of(index, table, listed, language))
    return listed.key, listed.names[language], listed.aliases, attributes, cells


def _cell(index: Index, attribute: Attribute, listed: ListedCell, language: Language) -> Cell:
    document = index.store.document(listed.document_id)
    path = next(
        (
            section.heading_path
            for section in document.sections
            if section.start <= listed.start < section.end
        ),
        (),
    )
    quote = make_quote(document, path, (listed.start, listed.end))
    quote = label_quote(quote, index.translations.terms, language)
    whole = (listed.value_start, listed.value_end) == (listed.start, listed.end)
    value = "" if whole else document.text[listed.value_start : listed.value_end]
    return Cell(attribute, quote, value, listed.date)
