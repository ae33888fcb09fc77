"""The gate's verdict as lines to read, and as a record for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hyqa.answer.contract import Record
from hyqa.maintenance.release.differences import Cause, Change, Difference
from hyqa.maintenance.release.documents import Became, DocumentChange
from hyqa.maintenance.release.gate import Stop, Verdict
from hyqa.maintenance.release.sides import Side

MOST_SHOWN = 20
"""Documents, and differing questions, that are shown each; the record has all."""
_SIGNS = {Became.ADDED: "+", Became.REMOVED: "-", Became.MOVED: ">", Became.CHANGED: "~"}
_CHANGES = {
    Change.LOST: "no longer answered",
    Change.GAINED: "newly answered",
    Change.CITED: "citing another document",
    Change.WORDS: "in other words",
    Change.REFUSED: "refused otherwise",
}


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Write what the gate found and what it stops for, as lines."""
    if verdict.before and verdict.golden_after is not None:
        yield from document_lines(verdict.documents)
    yield _golden(verdict)
    yield from _bound(verdict)
    if verdict.before and verdict.golden_after is not None:
        yield from difference_lines(verdict.differences)
    yield f"Calibration {verdict.calibration}."
    for stop in verdict.passed_by_name:
        yield f"Let pass by name: {stop.name}: {stop.reason}"
    stand = f"; {verdict.stand} answers stand, as nothing changed that they came of"
    told = f"{verdict.asked} questions asked{stand if verdict.stand else ''}"
    yield f"The gate took {verdict.seconds:.1f} s and {told}."
    for stop in verdict.stops:
        yield f"Stopped: {_stop(stop)}"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two snapshots side by side; ``answers`` is None where they could not both be asked."""

    before: Side
    after: Side
    documents: tuple[DocumentChange, ...]
    answers: tuple[Difference, ...] | None
    asked: int = 0


def snapshots_lines(compared: Compared) -> Iterator[str]:
    """Write what differs between two snapshots, as lines."""
    before, after = (_size(side) for side in (compared.before, compared.after))
    yield f"From {before} to {after}"
    yield from document_lines(compared.documents)
    if compared.answers is not None:
        yield f"Asked: {compared.asked} questions of each."
        yield from difference_lines(compared.answers)


def snapshots_record(compared: Compared) -> Record:
    """Write the same for programs."""
    answers = compared.answers
    return {
        "before": _size_record(compared.before),
        "after": _size_record(compared.after),
        "documents": [document_record(one) for one in compared.documents],
        "asked": compared.asked,
        "answers": None if answers is None else [difference_record(one) for one in answers],
    }


def _size(side: Side) -> str:
    store = side.index.store
    return f"{side.name} ({store.document_count} documents, {store.chunk_count} passages)"


def _size_record(side: Side) -> Record:
    store = side.index.store
    return {
        "snapshot": side.name,
        "documents": store.document_count,
        "passages": store.chunk_count,
    }


def document_lines(changes: Sequence[DocumentChange]) -> Iterator[str]:
    """Write which documents are not as they were."""
    counts = Counter(one.became for one in changes)
    told = ", ".join(f"{counts[became]} {became}" for became in Became if counts[became])
    yield f"Documents: {told or 'all as before'}."
    yield from (f"  {_document(one)}" for one in changes[:MOST_SHOWN])
    yield from _more(len(changes))


def difference_lines(found: Sequence[Difference]) -> Iterator[str]:
    """Write of which questions something else became; of past ones, the lines in their file."""
    counts = Counter(one.change for one in found)
    told = ", ".join(f"{counts[one]} {words}" for one, words in _CHANGES.items() if counts[one])
    yield f"Answers: {told or 'all as before'}."
    yield from (f"  {_difference(one)}" for one in found[:MOST_SHOWN])
    yield from _more(len(found))


def verdict_record(verdict: Verdict) -> Record:
    """Write the same for programs, with all documents and questions."""
    return {
        "before": verdict.before,
        "after": verdict.after,
        "passed": verdict.passed,
        "stops": [_stop_record(one) for one in verdict.stops],
        "passed_by_name": [_stop_record(one) for one in verdict.passed_by_name],
        "golden": {
            "asked": verdict.golden,
            "right_before": verdict.golden_before,
            "right_after": verdict.golden_after,
            "lost": verdict.lost,
            "bound": round(verdict.bound, 6),
        },
        "past": verdict.past,
        "documents": [document_record(one) for one in verdict.documents],
        "answers": [difference_record(one) for one in verdict.differences],
        "calibration": verdict.calibration,
        "asked": verdict.asked,
        "seconds": round(verdict.seconds, 2),
    }


def document_record(one: DocumentChange) -> Record:
    """Write what became of a document for programs."""
    return {
        "id": one.id,
        "became": one.became.value,
        "to": one.to,
        "characters": list(one.characters),
        "passages": list(one.passages),
        "fields": list(one.fields),
    }


def difference_record(one: Difference) -> Record:
    """Write what became of a question for programs."""
    return {
        "name": one.asked.name,
        "golden": one.asked.golden,
        "question": one.asked.question.request.words if one.asked.golden else None,
        "change": one.change.value,
        "cause": one.cause.value,
        "lost": one.golden_lost,
        "gained": one.golden_gained,
        "status": [one.before.status, one.after.status],
        "documents": [list(one.before.documents), list(one.after.documents)],
    }


def _stop_record(stop: Stop) -> Record:
    return {"name": stop.name, "reason": stop.reason}


def _stop(stop: Stop) -> str:
    if not stop.name:
        return f"{stop.reason}."
    return f"{stop.name}: {stop.reason} (--accept {stop.name})"


def _golden(verdict: Verdict) -> str:
    if not verdict.golden:
        return "Golden questions: none, as the corpus has no golden.jsonl: nothing is promised."
    if verdict.golden_after is None:
        return "Golden questions: not asked, as the snapshot is wrong in itself."
    was = "" if verdict.golden_before is None else f", {verdict.golden_before} before"
    held = f"{verdict.golden_after} of {verdict.golden} as expected"
    past = f"; {verdict.past} past ones" if verdict.past else ""
    return f"Golden questions: {held}{was}{past}."


def _bound(verdict: Verdict) -> Iterator[str]:
    if not verdict.golden or verdict.golden_after is None:
        return
    what = "not answered as expected" if verdict.golden_before is None else "lost"
    yield (
        f"Promised, with 95 % confidence: of questions like these, at most {verdict.bound:.1%} are"
        f" {what} ({verdict.lost} seen; Clopper-Pearson)."
    )


def _document(one: DocumentChange) -> str:
    before, after = one.passages
    if one.became is Became.MOVED:
        return f"{_SIGNS[one.became]} {one.id} is now {one.to}"
    passages = f"{before} → {after}" if one.became is Became.CHANGED else str(before or after)
    fields = f"; {', '.join(one.fields)}" if one.fields else ""
    return f"{_SIGNS[one.became]} {one.id} ({passages} passages{fields})"


def _difference(one: Difference) -> str:
    words = f" {one.asked.question.request.words}" if one.asked.golden else ""
    lost = " golden answer lost," if one.golden_lost else ""
    gained = " as expected now," if one.golden_gained else ""
    by = {Cause.BUILD: "", Cause.DAY: "; by the day alone", Cause.PROGRAM: "; by hyqa itself"}
    was, became = (_told(reply.status, reply.documents) for reply in (one.before, one.after))
    change = _CHANGES[one.change]
    return f"{one.asked.name}{words}:{lost}{gained} {change}: {was} → {became}{by[one.cause]}"


def _told(status: str, documents: Sequence[str]) -> str:
    return f"{status} ({', '.join(documents)})" if documents else status


def _more(count: int) -> Iterator[str]:
    if count > MOST_SHOWN:
        yield f"  and {count - MOST_SHOWN} more: --json shows all"
