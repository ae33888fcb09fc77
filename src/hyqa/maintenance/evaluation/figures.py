"""Figures of a set of outcomes, over all and over its parts."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hyqa.maintenance.evaluation.metrics import (
    Share,
    auroc,
    auroc_interval,
    calibration_error,
    mean_reciprocal_rank,
    percentile,
    share,
)
from hyqa.maintenance.evaluation.outcomes import Outcome
from hyqa.maintenance.evaluation.questions import LabelledQuestion

_FIRST_FEW = 5
_P95 = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a group of questions was answered; None where there is nothing to count.

    Where the right documents or answers of an answerable question are not known, it is left out
    of the figures about them: each share carries its own ``n``.
    """

    group: str
    questions: int
    found_first: Share
    """Right document ranked first, answered or not, of all answerable."""
    found_in_five: Share
    reciprocal_rank: float | None
    answered_first: Share
    """Answered, the first quote from the right document, of all answerable."""
    inside: Share
    """An accepted answer inside the quotes, of all answerable."""
    evidenced: Share
    """Every sentence that proves the answer inside the quotes, of all answerable with such."""
    answered: Share
    """Of all answerable."""
    refused: Share
    """Of all unanswerable; asking back counts where the question is underspecified."""
    asked_back: Share
    """Of all answerable: neither answered nor refused, though it could have been answered."""
    auroc: float | None
    """Probability that an answerable question's confidence is above an unanswerable one's."""
    auroc_interval: tuple[float, float] | None
    calibration_error: float | None
    """How far the confidence is, on average, from the share that is right."""
    characters_median: float | None
    """Characters that an answered question is shown."""
    characters_mean: float | None
    quotes: int
    not_verbatim: int
    seconds_median: float | None
    seconds_p95: float | None


def figures_by_group(outcomes: Sequence[Outcome]) -> list[Figures]:
    """Compute figures over all, and by language, task and label where there are several."""
    by_language = _parts(outcomes, "language", lambda one: one.language)
    by_task = _parts(outcomes, "task", lambda one: one.question.task)
    by_label = _parts(outcomes, "label", lambda one: one.question.label)
    return [figures("all", outcomes), *by_language, *by_task, *by_label]


def located(question: LabelledQuestion) -> bool:
    """Say whether a question can be answered and it is known from what documents."""
    return question.answerable and bool(question.document_ids)


def figures(group: str, outcomes: Sequence[Outcome]) -> Figures:
    """Compute the figures of one group of outcomes."""
    answerable = [one for one in outcomes if one.question.answerable]
    findable = [one for one in answerable if located(one.question)]
    confidences = [one.confidence for one in outcomes]
    positive = [one.question.answerable for one in outcomes]
    shown = [one.characters for one in outcomes if one.answered]
    seconds = [one.seconds for one in outcomes]
    return Figures(
        group=group,
        questions=len(outcomes),
        found_first=share([one.rank == 1 for one in findable]),
        found_in_five=share([(one.rank or _FIRST_FEW + 1) <= _FIRST_FEW for one in findable]),
        reciprocal_rank=mean_reciprocal_rank([one.rank for one in findable]),
        answered_first=share([one.right_first for one in findable]),
        inside=share([one.inside for one in answerable if one.question.groups]),
        evidenced=share([one.evidenced for one in answerable if one.question.evidence]),
        answered=share([one.answered for one in answerable]),
        refused=share([one.refused for one in outcomes if not one.question.answerable]),
        asked_back=share([one.asked_back for one in answerable]),
        auroc=auroc(confidences, positive),
        auroc_interval=auroc_interval(confidences, positive) if len(set(positive)) > 1 else None,
        calibration_error=calibration_error(confidences, [one.correct for one in outcomes]),
        characters_median=statistics.median(shown) if shown else None,
        characters_mean=statistics.fmean(shown) if shown else None,
        quotes=sum(len(one.quoted) for one in outcomes),
        not_verbatim=sum(one.not_verbatim for one in outcomes),
        seconds_median=statistics.median(seconds) if seconds else None,
        seconds_p95=percentile(seconds, _P95),
    )


def _parts(
    outcomes: Sequence[Outcome], name: str, label: Callable[[Outcome], str]
) -> Iterator[Figures]:
    labels = sorted({label(one) for one in outcomes})
    for value in labels if len(labels) > 1 else ():
        part = [one for one in outcomes if label(one) == value]
        yield figures(f"{name} {value or '(none)'}", part)
