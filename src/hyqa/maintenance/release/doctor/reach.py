"""Which documents no question reaches, and which questions no document answers."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.doctor.findings import Ailment, Finding, advice
from hyqa.maintenance.release.doctor.remedies import remedy
from hyqa.maintenance.release.replaying import Reply, Report, replay
from hyqa.types import Status

_PART = 10_000
_TALK = (Status.SMALL_TALK.value, Status.CLARIFY.value)
"""What becomes of questions that need no answer from a document, or not yet."""


def reach_findings(
    index: Index,
    engine: Engine | None,
    asked: Sequence[Asked],
    day: date,
    report: Report | None = None,
) -> Iterator[Finding]:
    """Find documents that no question reached, and questions that nothing answers.

    A document is reached by a foreseen question that its words answer, or by being quoted for one of
    ``asked``. Where nothing was foreseen and nothing is asked, nothing can be said.

    Args:
        index: what holds the documents.
        engine: answers from it; None where its encoder is not at hand.
        asked: questions that people asked.
        day: as of which they are asked.
        report: told of the questions done.
    """
    replies = replay(engine, asked, day, report) if engine and asked else {}
    reached = _foreseen(index) | {name for one in replies.values() for name in one.documents}
    if len(index.foreseen.links) or replies:
        for name, meta in index.store.metadata_of_all():
            if name not in reached and not meta.original_of:  # asked for by its digest's questions
                sentence = "no question ever reached it: foresee some, or ask whether it is needed"
                yield advice(Ailment.UNREACHED, name, sentence, remedy("foresee", name))
    for one in asked:
        if one.key in replies and _is_unanswered(replies[one.key]):
            sentence = f"nothing answers it ({replies[one.key].status}): add a document that does"
            yield advice(Ailment.UNANSWERED, one.name, sentence)


def _is_unanswered(reply: Reply) -> bool:
    return not reply.documents and reply.status not in _TALK


def _foreseen(index: Index) -> set[str]:
    """The documents that foreseen questions lead to."""
    rows = [int(row) for row in np.unique(index.foreseen.links[:, 1])]
    found: set[str] = set()
    for first in range(0, len(rows), _PART):
        chunks = index.store.chunks(rows[first : first + _PART])
        found |= {chunk.document_id for chunk in chunks}
    return found
