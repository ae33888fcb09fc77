"""Whether a snapshot says what its documents say: counts, places, vectors, links and cells.

A snapshot's name is the hash of its files, so one that was damaged later is refused when it is opened.
Here is looked for what was wrong when it was written.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from hyqa.index.build import Index
from hyqa.index.chunking import CHUNKING, chunk_document, embedded_text
from hyqa.index.dense import DenseIndex
from hyqa.maintenance.release.known import NOTHING, Known, Places
from hyqa.models import Encoder, Vectors, encode_asking
from hyqa.parsing.corpus.directories import EntryOf, read_table
from hyqa.parsing.corpus.sources import CHAINS, PARKS
from hyqa.text.scripts import simplify
from hyqa.types import Chunk, Directory, Document, Listed
from hyqa.types.errors import HyqaError

ENCODED = 48
"""Passages, evenly spaced, that are encoded again. Where a third of all vectors stands at wrong places,
one in 280 million such samples shows none of them."""
QUESTIONS_ENCODED = 24
"""Foreseen questions that are encoded again; one is a tenth of a passage's work."""
SAME = 0.98
"""Cosine from which two vectors are one text's. An encoder that is given texts in other batches
differs by less than .001; other passages of one document seldom reach .97."""
UNIT = 1e-3
"""How far from 1 the length of a unit vector may be."""
MOST_NAMED = 5
"""Places that are named of one kind of fault; of the others, that there are more."""
_PART = 10_000

Check = Callable[[Index], Iterator[str]]


def faults_of(
    index: Index,
    encoder: Encoder | None = None,
    corpus: Path | None = None,
    known: Known = NOTHING,
) -> list[str]:
    """Find what is wrong with a snapshot.

    Args:
        index: the snapshot, opened.
        encoder: the one that made it, to encode a sample again; without it, only lengths of vectors
            are looked at.
        corpus: the documents that it is of, to compare the words of parks and chains with what
            their files say; without it, only their places are looked at.
        known: what it has in common with a snapshot that was found whole: such passages are not cut
            again, and such texts not encoded again.

    Returns:
        A sentence each; of one kind, ``MOST_NAMED`` at most, then that there are more.
    """
    checks: tuple[Check, ...] = (_counts, _vectors, _links, _cells)
    found = [fault for check in checks for fault in _first(check(index))]
    found += _first(_passages(index, known.documents))
    if corpus:
        found += _first(_words(index, corpus))
    return found + (_first(_meanings(index, encoder, known)) if encoder and not found else [])


def _first(faults: Iterator[str]) -> list[str]:
    """The first faults of a kind; that looking for them fails is one, too, whatever it fails with."""
    found: list[str] = []
    try:
        found += islice(faults, MOST_NAMED)
        return found + (["there is more of this kind"] if next(faults, None) else [])
    except HyqaError as error:
        return [*found, str(error)]
    except Exception as error:
        return [*found, f"it is so torn that looking at it fails ({type(error).__name__})"]


def _counts(index: Index) -> Iterator[str]:
    told = index.manifest
    for what, said, held in (
        ("documents", told.documents, index.store.document_count),
        ("passages", told.chunks, index.store.chunk_count),
        ("vectors", told.chunks, len(index.dense)),
        ("rows of keywords", told.chunks, len(index.sparse)),
    ):
        if said != held:
            yield f"the manifest tells of {said} {what}, and there are {held}"


def _passages(index: Index, known: Collection[str]) -> Iterator[str]:
    """Every passage, in order, against the ones that its document gives when it is cut again.

    An index that was cut by another rule is only asked whether its places lie in their texts.
    """
    same_rule = index.manifest.chunking == CHUNKING
    for name in index.store.document_ids():
        if name in known:
            continue
        document = index.store.document(name)
        stored = index.store.chunks(index.store.rows_of_document(name))
        yield from (fault for chunk in stored if (fault := _misplaced(chunk, document)))
        if same_rule and [_place(one) for one in stored] != [*map(_place, _cut(document))]:
            yield f"{name}: its passages are not the ones that its text gives"


def _cut(document: Document) -> list[Chunk]:
    return sorted(chunk_document(document), key=lambda chunk: chunk.start)


def _place(chunk: Chunk) -> tuple[int, int, str]:
    return chunk.start, chunk.end, chunk.text


def _misplaced(chunk: Chunk, document: Document) -> str:
    """What is wrong with a passage's place; '' where nothing is."""
    inside = 0 <= chunk.start < chunk.end <= len(document.text)
    if not inside or document.text[chunk.start : chunk.end] != chunk.text:
        return f"{document.id}: the text from {chunk.start} to {chunk.end} is not its passage's"
    return ""


def _vectors(index: Index) -> Iterator[str]:
    yield from _bad_vectors(index.dense, "passage")
    if len(index.foreseen):
        yield from _bad_vectors(index.foreseen.dense, "foreseen question")


def _bad_vectors(dense: DenseIndex, what: str) -> Iterator[str]:
    for first in range(0, len(dense), _PART):
        rows = range(first, min(first + _PART, len(dense)))
        lengths = np.linalg.norm(dense.vectors(rows), axis=1)
        for place in np.flatnonzero(~(np.abs(lengths - 1) <= UNIT)).tolist():
            yield f"the vector of {what} {first + place} is no unit vector"


def _links(index: Index) -> Iterator[str]:
    """Foreseen questions that lead to no passage, or to words that do not stand in it."""
    links = index.foreseen.links.tolist()
    for first in range(0, len(links), _PART):
        part = links[first : first + _PART]
        rows = sorted({row for _, row, _, _ in part if 0 <= row < index.store.chunk_count})
        chunks = dict(zip(rows, index.store.chunks(rows), strict=True))
        for question, row, start, end in part:
            chunk = chunks.get(row)
            if chunk is None or not (chunk.start < end and start < chunk.end and start < end):
                yield f"foreseen question {question} leads to no words of passage {row}"


def _cells(index: Index) -> Iterator[str]:
    """Cells of parks and chains whose words do not stand in their document."""
    held = set(index.store.document_ids())
    for table in (index.parks, index.chains):
        for entry, place in _places(table):
            name, start, end, first, last = place
            length = len(index.store.document(name).text) if name in held else 0
            if not (0 <= start <= first <= last <= end <= length and start < end):
                yield f"{entry.key}: a cell's words do not stand in {name}"


def _words(index: Index, corpus: Path) -> Iterator[str]:
    """Cells whose words, value included, are not ones that the corpus's files give for them."""
    for table, file in ((index.parks, PARKS), (index.chains, CHAINS)):
        given = {key: {*_given(entry)} for key, entry in read_table(corpus, file).entries.items()}
        for entry in table.entries:
            for cell in entry.cells:
                text = index.store.document(cell.document_id).text
                value = text[cell.value_start : cell.value_end]
                words = text[cell.start : cell.end]
                stated = cell.attribute, cell.language, cell.document_id, words, value
                if stated not in given.get(entry.key, ()):
                    yield f"{entry.key}: the words of a cell in {cell.document_id} are not {file}'s"


def _given(entry: EntryOf) -> Iterator[tuple[str, str, str, str, str]]:
    for cell in entry.cells:
        for language, words in cell.by_language().items():
            value = words.value or words.quote
            yield cell.attribute, language, words.document, words.quote, value


def _places(table: Directory) -> Iterator[tuple[Listed, tuple[str, int, int, int, int]]]:
    for entry in table.entries:
        for cell in entry.cells:
            values = cell.value_start, cell.value_end
            yield entry, (cell.document_id, cell.start, cell.end, *values)


def _meanings(index: Index, encoder: Encoder, known: Known) -> Iterator[str]:
    """Vectors that are not the ones that the encoder gives for their texts."""
    if rows := _sample(len(index.dense), known.rows, ENCODED):
        chunks = index.store.chunks(rows)
        texts = [embedded_text(index.store.document(one.document_id), one) for one in chunks]
        for place in _unlike(index.dense.vectors(rows), encoder.encode_passages(texts)):
            name, start = chunks[place].document_id, chunks[place].start
            yield f"{name}: the vector of its passage at {start} is another text's"
    if numbers := _sample(len(index.foreseen), known.questions, QUESTIONS_ENCODED):
        asked = index.foreseen.all_texts()
        made = encode_asking(encoder, [simplify(asked[number][0]) for number in numbers])
        for place in _unlike(index.foreseen.dense.vectors(numbers), made):
            yield f"the vector of foreseen question {numbers[place]} is another text's"


def _sample(count: int, known: Places, most: int) -> list[int]:
    """Some of the places from 0 to a count, evenly spaced, of those that are not known."""
    left = np.setdiff1d(np.arange(count), known)
    chosen = np.linspace(0, len(left) - 1, min(most, len(left))).astype(np.int64)
    return [int(place) for place in left[np.unique(chosen)]]


def _unlike(stored: Vectors, made: Vectors) -> Sequence[int]:
    cosines = np.einsum("ij,ij->i", stored, made)
    return [int(place) for place in np.flatnonzero(~(cosines >= SAME))]
