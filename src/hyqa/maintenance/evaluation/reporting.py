"""Figures as text to read, and as records for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from hyqa.maintenance.evaluation.figures import Figures
from hyqa.maintenance.evaluation.metrics import Share
from hyqa.maintenance.evaluation.outcomes import Outcome

_NOTHING = "–"
_LABEL_WIDTH = 46


def report_text(groups: Sequence[Figures]) -> str:
    """Write a table of figures for each group; shares with 95 % intervals and their ``n``."""
    return "\n\n".join("\n".join(_table(figures)) for figures in groups)


def report_record(groups: Sequence[Figures]) -> dict[str, object]:
    """Write the same figures for programs: a list of groups, the first of them over all."""
    return {"groups": [_record(figures) for figures in groups]}


def details_record(outcome: Outcome) -> dict[str, object]:
    """Write one question's outcome as a record."""
    return {
        "id": outcome.question.request.id,
        "status": outcome.status.value,
        "confidence": round(outcome.confidence, 4),
        "doc_ids": list(outcome.quoted),
        "answerable": outcome.question.answerable,
        "rank": outcome.rank,
        "right_first": outcome.right_first,
        "inside": outcome.inside,
        "evidenced": outcome.evidenced if outcome.question.evidence else None,
        "characters": outcome.characters,
        "not_verbatim": outcome.not_verbatim,
        "seconds": round(outcome.seconds, 4),
    }


def _table(figures: Figures) -> Iterator[str]:
    yield f"{figures.group}: {figures.questions} questions"
    for label, value in _rows(figures):
        yield f"  {label:<{_LABEL_WIDTH}}{value}"


def _rows(figures: Figures) -> Iterator[tuple[str, str]]:
    yield "right document ranked first", _share(figures.found_first)
    yield "right document ranked in the first 5", _share(figures.found_in_five)
    yield "mean reciprocal rank of the right document", _number(figures.reciprocal_rank, ".3f")
    yield "answered, the right document's quote first", _share(figures.answered_first)
    yield "answer inside the quotes", _share(figures.inside)
    yield "every evidence sentence inside the quotes", _share(figures.evidenced)
    yield "answered, of answerable", _share(figures.answered)
    yield "refused, of unanswerable", _share(figures.refused)
    yield "asked back, of answerable", _share(figures.asked_back)
    yield "AUROC of the confidence, answerable or not", _area(figures)
    yield "calibration error of the confidence", _number(figures.calibration_error, ".3f")
    yield "characters shown, median", _number(figures.characters_median, ".0f")
    yield "characters shown, mean", _number(figures.characters_mean, ".0f")
    yield "quotes that are not verbatim", f"{figures.not_verbatim} of {figures.quotes}"
    yield "seconds, median", _number(figures.seconds_median, ".3f")
    yield "seconds, 95th percentile", _number(figures.seconds_p95, ".3f")


def _share(share: Share) -> str:
    if share.value is None or share.interval is None:
        return _NOTHING
    low, high = share.interval
    return f"{share.value:.3f}  [{low:.3f}, {high:.3f}]  {share.count} of {share.n}"


def _area(figures: Figures) -> str:
    if figures.auroc is None or figures.auroc_interval is None:
        return _NOTHING
    low, high = figures.auroc_interval
    return f"{figures.auroc:.3f}  [{low:.3f}, {high:.3f}]"


def _number(value: float | None, shape: str) -> str:
    return _NOTHING if value is None else format(value, shape)


def _record(figures: Figures) -> dict[str, object]:
    return {field.name: _value(getattr(figures, field.name)) for field in fields(figures)}


def _value(value: object) -> object:
    if not isinstance(value, Share):
        return round(value, 6) if isinstance(value, float) else value
    return {
        "share": value.value,
        "count": value.count,
        "n": value.n,
        "interval": list(value.interval) if value.interval else None,
    }
