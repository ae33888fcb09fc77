"""Linking documents of a corpus: which of them ends which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hyqa.text.sentences import ASIDE
from hyqa.text.tokens import document_numbers, normalize
from hyqa.types import Document, Metadata

_TITLE = re.compile(r"《(.+)》")
_FORWARDED = re.compile(r"(?:印发|转发|发布|公布)《?(.+?)》?的(?:通知|决定|公告|令)$")
_ADDED = re.compile(rf"{ASIDE.pattern}$|[《》“”「」\s]")


def link_repeals(documents: Sequence[Document]) -> list[Document]:
    """Mark each document that another one of the corpus says it ends.

    A number decides where one is named, else a title; of the same title as the newer one, only
    a document that was issued earlier is meant. ``repealed`` is the day on which the newer one
    takes effect, else that of its issue.

    Returns:
        The documents in their order, those that ended with ``repealed``, ``repealed_by`` and,
        where nobody gave it, ``superseded_by``.
    """
    ended: dict[int, Document] = {}
    for newer in documents:
        for name in newer.meta.repeals:
            for place in _named(name, newer, documents):
                known = ended.get(place)
                if known is None or _day(newer.meta) < _day(known.meta):
                    ended[place] = newer
    return [
        _marked(document, ended[place]) if place in ended else document
        for place, document in enumerate(documents)
    ]


def _marked(document: Document, newer: Document) -> Document:
    meta = document.meta
    return replace(
        document,
        meta=replace(
            meta,
            repealed=meta.repealed or _day(newer.meta),
            repealed_by=newer.id,
            superseded_by=meta.superseded_by or newer.meta.source_title or newer.meta.title,
        ),
    )


def _day(meta: Metadata) -> str:
    return meta.effective or meta.issued


def _named(name: str, newer: Document, documents: Sequence[Document]) -> Iterator[int]:
    """The places of the documents that a name means, never the one that names it."""
    numbers = frozenset(document_numbers(normalize(name)))
    title = _TITLE.search(name)
    bare = _bare(title[1] if title else name)
    for place, document in enumerate(documents):
        meta = document.meta
        if document.id == newer.id or (meta.number and meta.number == newer.meta.number):
            continue
        if numbers and meta.number:
            same = _same_number(name, meta.number)
        else:
            same = bare in _titles(meta) and _is_older(meta, newer.meta)
        if same:
            yield place


def _same_number(name: str, number: str) -> bool:
    """Whether a name holds a 文号, whatever brackets it is written with."""
    return _plain(number) in _plain(name)


def _plain(text: str) -> str:
    return re.sub(r"[\[\](){}〔〕【】（）\s第]", "", normalize(text))


def _titles(meta: Metadata) -> set[str]:
    """What a document may be called: its title, and that of the text it forwards."""
    titles = {title for title in (meta.title, meta.source_title) if title}
    inner = {match[1] for title in titles if (match := _FORWARDED.search(title))}
    return {_bare(title) for title in titles | inner}


def _bare(title: str) -> str:
    return _ADDED.sub("", _ADDED.sub("", title.strip()))


def _is_older(meta: Metadata, newer: Metadata) -> bool:
    issued, later = meta.issued, newer.issued or newer.effective
    return bool(issued and later and issued < later) or _bare(meta.title) != _bare(newer.title)
