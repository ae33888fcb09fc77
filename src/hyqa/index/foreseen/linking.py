"""Find the passages that foreseen questions lead to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from hyqa.types import Chunk, Document, ForeseenQuestion, ParseFailure, Topic

_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Link:
    """A question's passage, by its row, and where the words that answer stand in the document.

    ``start`` and ``end`` are both 0 where it is a near miss of that document.
    """

    question: int
    row: int
    start: int = 0
    end: int = 0


def link_questions(
    questions: Iterable[tuple[str, ForeseenQuestion | ParseFailure]],
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
) -> tuple[list[ForeseenQuestion], list[Link], list[ParseFailure]]:
    """Find the passages that foreseen questions lead to.

    Args:
        questions: with the place of each, see :func:`hyqa.parsing.corpus.foreseen.read_foreseen`.
        documents: those of the index.
        chunks: their passages, in the order of the rows.

    Returns:
        The questions that lead somewhere, their links by their numbers, and what is wrong with
        others: words that do not stand in their document, documents that are not there. The questions
        come without these words and documents, which the links tell and which take 20 MB.
    """
    texts = {document.id: document.text for document in documents}
    rows: dict[str, list[tuple[int, Chunk]]] = {}
    for row, chunk in enumerate(chunks):
        rows.setdefault(chunk.document_id, []).append((row, chunk))
    kept: list[ForeseenQuestion] = []
    links: list[Link] = []
    failures: list[ParseFailure] = []
    for place, question in questions:
        if isinstance(question, ParseFailure):
            failures.append(question)
            continue
        own, faults = _links(question, len(kept), texts, rows)
        failures += [ParseFailure(place, fault) for fault in faults]
        if own or not (question.answers or question.unanswered):
            kept.append(ForeseenQuestion(question.text, _NO_ANSWERS, lacks=question.lacks))
            links += own
    return kept, links, failures


def nearest_held(
    gaps: Sequence[Topic], documents: Sequence[Document], place: str
) -> tuple[tuple[Topic, ...], list[ParseFailure]]:
    """Leave out, of the documents that come nearest to gaps, those that are not in the index.

    Args:
        gaps: with the documents and words that come nearest.
        documents: those of the index.
        place: where the gaps are written, for what is wrong with them.

    Returns:
        The gaps, and whose words do not stand in their document: it alone is named to the asker.
    """
    texts = {document.id: document.text for document in documents}
    held: list[Topic] = []
    failures: list[ParseFailure] = []
    for gap in gaps:
        nearest: dict[str, str] = {}
        for name, words in gap.nearest.items():
            stand = words in texts.get(name, "")
            if not stand:
                fault = f"{gap.name}: {words!r} does not stand in {name}"
                failures.append(ParseFailure(place, fault))
            if name in texts:
                nearest[name] = words if stand else ""
        held.append(replace(gap, nearest=nearest))
    return tuple(held), failures


def _links(
    question: ForeseenQuestion,
    number: int,
    texts: Mapping[str, str],
    rows: Mapping[str, Sequence[tuple[int, Chunk]]],
) -> tuple[list[Link], list[str]]:
    links: list[Link] = []
    faults: list[str] = []
    for name in (*question.answers, *question.unanswered):
        if name not in texts:
            faults.append(f"{name} is not in the index")
        elif question.is_near_miss:
            links += [Link(number, row) for row, _ in rows[name]]
        else:
            words = question.answers[name]
            start = texts[name].find(words) if words else -1
            if start < 0:
                faults.append(f"{words!r} does not stand in {name}")
                continue
            end = start + len(words)
            holding = [row for row, chunk in rows[name] if chunk.start < end and chunk.end > start]
            links += [Link(number, row, start, end) for row in holding[:1]]
    return links, faults
