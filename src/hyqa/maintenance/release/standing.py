"""Which golden answers stand though documents have changed, and need not be asked for again.

An answer stands where the question is understood as it was, its searches would find what they found, no
document that was looked at has changed, and it was no near thing. That few documents changed, and nothing
else, is made sure of first. What is counted over all passages, as how rare a word is, moves a little all
the same: so some of the answers that stand are asked for at each build, and where one of these is another
one, all are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.index.search import CROSSED, TOP_K, meaning_of, meant_by, most_of_all
from hyqa.index.snapshots.writing import content_hashes
from hyqa.index.store import Validity
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.replaying import Reply
from hyqa.maintenance.release.wording import Words
from hyqa.models import Encoder, Vectors, encode_questions
from hyqa.question.small_talk import hear
from hyqa.question.understanding import Question, understand
from hyqa.types import Hit, Language, Query, Trace, Understanding

SHARE = 0.02
"""Share of the passages that may have come, gone or changed since an answer was asked for."""
CLOSE, DOUBT = 0.03, 0.02
"""How much lower a passage may score than the last one that was found, and count as found; and how near to
what is needed a probability is too near to stand, where ``SHARE`` has changed. Where 1 and 2 % of 1,000
documents went, scores of what 90 golden questions find moved by .029 at most, probabilities by .016."""
LEAST = 0.25
"""Which part of both counts at least, where less has changed. Where one of 1,000 documents, a twentieth of
``SHARE``, has, scores of what 150 golden questions find moved by .00001 at most, probabilities by .001."""
_OF_PASSAGES = (
    "dense.faiss",
    "documents.sqlite",
    "lexicon.json",
    "manifest.json",
    "sparse/",
    "translations.sqlite",
    "foreseen/questions.sqlite",
)
"""How the names of a snapshot's files begin that change with any passage."""
_NEVER = float("-inf")


class Search(msgspec.Struct, frozen=True, array_like=True):
    """A search that was made: for what, and the scores from which a passage is found, or in the other language."""

    query: Query
    found: float
    crossed: float


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """An answer, and all that it came of.

    Attributes:
        reply: what matters of it.
        understood: how the question was understood.
        searches: those that were made for it.
        documents: those that were looked at.
        margin: how far the probability of a passage that was read is from what is needed, at least.
        changed: passages that came, went or changed since it was asked for.
    """

    reply: Reply
    understood: Understanding
    searches: tuple[Search, ...]
    documents: frozenset[str]
    margin: float
    changed: int = 0

    def moved(self, most: float) -> float:
        """Which part of what ``most`` changed passages move may have moved since it was asked for."""
        return max(LEAST, self.changed / most)


def seen_of(reply: Reply, trace: Trace) -> Seen:
    """What an answer came of."""
    rankings = [step.ranking for step in trace.steps]
    hits = [hit for one in rankings for hit in (*one.hits, *one.cross_lingual, *one.foreseen)]
    readings = [one for step in trace.steps for one in step.readings]
    return Seen(
        reply,
        trace.understanding,
        tuple(
            Search(
                step.query,
                _least(step.ranking.hits, TOP_K),
                _least(step.ranking.cross_lingual, CROSSED),
            )
            for step in trace.steps
        ),
        frozenset((*(hit.chunk.document_id for hit in hits), *reply.documents)),
        min((abs(one.answer_probability - one.threshold) for one in readings), default=1.0),
    )


def _least(hits: Sequence[Hit], most: int) -> float:
    return min(hit.score for hit in hits) if len(hits) == most else _NEVER


def standing(
    engine: Engine,
    encoder: Encoder,
    asked: Sequence[Asked],
    before: Mapping[str, Seen],
    rows: NDArray[np.int64],
    gone: frozenset[str],
    words: Words,
    day: date,
) -> dict[str, Seen]:
    """Find the answers that stand.

    Args:
        engine: of the new snapshot.
        encoder: gives the vectors of golden questions.
        asked: the questions.
        before: what the snapshot before answered, by the questions' keys, with all that has changed
            since each was asked for.
        rows: of the new snapshot's passages whose documents are not as they were, ascending.
        gone: ids of the old documents that are not as they were.
        words: those that only one of the two snapshots knows.
        day: as of which they are asked.
    """
    most = SHARE * engine.index.store.chunk_count
    found = {
        one.key: before[one.key]
        for one in asked
        if one.golden
        and one.key in before
        and before[one.key].changed <= most
        and before[one.key].margin >= DOUBT * before[one.key].moved(most)
        and gone.isdisjoint(before[one.key].documents)
    }
    if len(rows):
        days = {one.key: one.question.request.as_of or day for one in asked}
        reached = _reached(part_of(engine.index, rows), encoder, found, days, most)
        found = {key: seen for key, seen in found.items() if key not in reached}
    return {
        one.key: found[one.key]
        for one in asked
        if one.key in found
        and not words.render(search.query.text for search in found[one.key].searches)
        and (
            words.leave(one, engine.index.sparse)
            or _understood(engine, one, day) == found[one.key].understood
        )
    }


def part_of(index: Index, rows: NDArray[np.int64]) -> Index:
    """Some rows of an index, all those of their documents, as an index that is searched alone."""
    told = index.validity
    openings = np.searchsorted(rows, told.openings[rows])
    return replace(
        index,
        dense=index.dense.only(rows),
        sparse=index.sparse.only(rows),
        validity=Validity(told.chinese[rows], told.issued[rows], told.expires[rows], openings),
    )


def _reached(
    part: Index,
    encoder: Encoder,
    seen: Mapping[str, Seen],
    days: Mapping[str, date],
    most: float,
) -> set[str]:
    """Keys of the questions of which a search may find one of the passages."""
    texts = {
        text for one in seen.values() for search in one.searches for text in meant_by(search.query)
    }
    in_order = sorted(texts)
    vectors = dict(zip(in_order, encode_questions(encoder, in_order).meaning, strict=True))
    return {
        key
        for key, one in seen.items()
        if any(
            _finds(part, search, vectors, days[key], CLOSE * one.moved(most))
            for search in one.searches
        )
    }


def _finds(
    part: Index, search: Search, vectors: Mapping[str, Vectors], day: date, close: float
) -> bool:
    query = search.query
    vector = meaning_of(np.array([vectors[text] for text in meant_by(query)]))
    scores = most_of_all(part, query, vector, as_of=day)
    crossed = part.validity.chinese != (query.language is Language.CHINESE)
    needed = np.where(crossed, min(search.found, search.crossed), search.found)
    return bool((scores >= needed - close).any())


def _understood(engine: Engine, asked: Asked, day: date) -> Understanding:
    """How a question is understood now, as :meth:`hyqa.engine.Engine.trace` does."""
    request = asked.question.request
    conversation = engine.conversation([dict(message) for message in request.history])
    question = Question(request.words, conversation, request.as_of or day)
    heard, _ = hear(engine.index, engine.encoder, question)
    return understand(heard, engine.index, engine.speller).told(request.words)


def is_little(old: Index, new: Index, rows: NDArray[np.int64], kept: int) -> bool:
    """Whether so few passages differ between two snapshots, and nothing else, that answers may stand.

    Args:
        old: the snapshot before.
        new: the other one.
        rows: of the new one's passages whose documents are not as they were.
        kept: passages that both have, with the same vectors.
    """
    most = SHARE * new.store.chunk_count
    if max(len(rows), old.store.chunk_count - kept) > most:
        return False
    return all(one == other for one, other in zip(_beside(old), _beside(new), strict=True))


def _beside(index: Index) -> Iterator[object]:
    """What answers come of beside passages, their words and vectors."""
    yield {
        name: content
        for name, content in content_hashes(index.store.file.parent).items()
        if not name.startswith(_OF_PASSAGES)
    }
    told = index.manifest
    yield told.encoder, told.chunking, told.tokenizer, told.parsers
    yield index.lexicon.proper, index.homes, index.translations.terms
    yield index.foreseen.topics, index.foreseen.all_texts()
    documents = [document for _, document in index.store.chunk_ids()]
    yield {(number, documents[row], end > 0) for number, row, _, end in index.foreseen.all_links()}


def same_until(index: Index, since: date, day: date) -> bool:
    """Whether no document comes into force or ends from one day to another, within a year."""
    if since == day:
        return True
    first, last = since.isoformat(), day.isoformat()
    told = {*index.validity.issued.tolist(), *index.validity.expires.tolist()} - {""}
    return since.year == day.year and not any(
        first[: len(one)] <= one <= last[: len(one)]
        for one in told
        if len(one) == len(first) or first[: len(one)] != last[: len(one)]
    )
