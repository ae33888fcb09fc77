"""What an index takes from each document by itself, kept from build to build."""

import zlib
from collections.abc import Iterable, Sequence

import msgspec

from hyqa.index.chunking import chunk_document, embedded_text, searched_text
from hyqa.index.duplicates import Sketch, sketch_of
from hyqa.index.lexicon import Named, names_of
from hyqa.parsing.corpus.remembering import Memory, decoded, key_of
from hyqa.text.packing import Packed, merged, packed
from hyqa.text.tokens import tokenize
from hyqa.types import Chunk, Document

_KIND, _MERGED = "prepared", "merged"
_GROUP = 64
"""Documents whose tokens are merged, on average: with half or twice as many it takes as long."""


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """What is indexed of a document: its chunks, what is encoded and searched of each, its names.

    It depends on nothing but the document as it was read: what other documents say of it, an index
    adds later.
    """

    chunks: tuple[Chunk, ...]
    embedded: tuple[str, ...]
    tokens: Packed
    named: Named
    sketch: Sketch


def prepare(documents: Sequence[Document], memory: Memory) -> dict[str, Prepared]:
    """Prepare documents, those that are not as they were in an earlier build.

    Args:
        documents: as they were read.
        memory: holds what was prepared before.

    Returns:
        What is indexed of each, by its id.
    """
    keys = [key_of(msgspec.msgpack.encode(one)) for one in documents]
    known = memory.fetch(_KIND, keys)
    decoder = msgspec.msgpack.Decoder(Prepared)
    prepared: dict[str, Prepared] = {}
    for document, key in zip(documents, keys, strict=True):
        made = decoded(decoder, known.get(key))
        if made is None:
            made = prepare_one(document)
            memory.keep(_KIND, key, msgspec.msgpack.encode(made))
        prepared[document.id] = made
    return prepared


def prepare_one(document: Document) -> Prepared:
    """Prepare a document."""
    chunks = chunk_document(document)
    return Prepared(
        chunks=chunks,
        embedded=tuple(embedded_text(document, chunk) for chunk in chunks),
        tokens=packed([tokenize(searched_text(document, chunk)) for chunk in chunks]),
        named=names_of(document),
        sketch=sketch_of(document),
    )


def joined(prepared: Iterable[Prepared]) -> tuple[list[Chunk], list[str], list[Packed]]:
    """The chunks of documents in the order of the rows, what is encoded of each, and their tokens."""
    chunks: list[Chunk] = []
    embedded: list[str] = []
    tokens: list[Packed] = []
    for one in prepared:
        chunks += one.chunks
        embedded += one.embedded
        tokens.append(one.tokens)
    return chunks, embedded, tokens


def merged_tokens(tokens: Sequence[Packed], memory: Memory) -> list[Packed]:
    """Merge the tokens of neighbouring documents, so that those of few parts are joined.

    Where a group ends depends on its last document alone: where one comes, goes or changes, the groups
    beside its own are the same, and what was merged of them before is taken.

    Args:
        tokens: of each document.
        memory: holds what was merged before.
    """
    groups: list[list[Packed]] = [[]]
    for one in tokens:
        groups[-1].append(one)
        if zlib.crc32(one.held) % _GROUP == 0:
            groups.append([])
    keys = [key_of(*(part for one in group for part in _told(one))) for group in groups]
    known = memory.fetch(_MERGED, keys)
    decoder = msgspec.msgpack.Decoder(Packed)
    found: list[Packed] = []
    for group, key in zip(groups, keys, strict=True):
        made = decoded(decoder, known.get(key))
        if made is None:
            made = merged(group)
            memory.keep(_MERGED, key, msgspec.msgpack.encode(made))
        found.append(made)
    return found


def _told(one: Packed) -> tuple[bytes, bytes, bytes]:
    return one.lines.encode("utf-8", "surrogatepass"), one.held, one.sizes
