"""What each step of finding adds: keywords, meaning, both, and the second look."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hyqa.engine import Engine
from hyqa.maintenance.evaluation.figures import located
from hyqa.maintenance.evaluation.metrics import Share, first_rank, mean_reciprocal_rank, share
from hyqa.maintenance.evaluation.outcomes import RANKED_CHUNKS, ask
from hyqa.maintenance.evaluation.questions import LabelledQuestion

STEPS = ("keywords", "meaning", "both", "second look")
"""The rankings that are compared, each including what stands before it but for the first two."""


def ranked_by_step(engine: Engine, question: LabelledQuestion) -> dict[str, tuple[str, ...]]:
    """List the documents in the order of each step."""
    trace = ask(engine, question)
    sparse = engine.index.sparse.scores(trace.query.tokens, trace.query.before, trace.query.equals)
    vector = engine.encoder.encode_queries([trace.query.encoded])[0]
    dense = engine.index.dense.cosines(vector)
    day = (question.request.as_of or date.today()).isoformat()
    known = engine.index.validity.issued <= day
    both = dict.fromkeys(hit.chunk.document_id for hit in trace.ranking.hits)
    return {
        "keywords": _documents(engine, np.where(known, sparse, -np.inf)),
        "meaning": _documents(engine, np.where(known, dense, -np.inf)),
        "both": tuple(both),
        "second look": trace.documents,
    }


@dataclass(frozen=True, slots=True)
class Step:
    """How well one step finds the right documents."""

    name: str
    first: Share
    in_five: Share
    reciprocal_rank: float | None


def ablate(
    engine: Engine,
    questions: Sequence[LabelledQuestion],
    report: Callable[[int, int], None],
) -> list[Step]:
    """Measure how well each step finds, over the answerable questions whose right documents are known.

    Args:
        engine: is asked.
        questions: labelled ones.
        report: told of the number done and the total.
    """
    known = [question for question in questions if located(question)]
    ranks: dict[str, list[int | None]] = {step: [] for step in STEPS}
    for done, question in enumerate(known, 1):
        for step, documents in ranked_by_step(engine, question).items():
            ranks[step].append(first_rank(documents, question.document_ids))
        report(done, len(known))
    return [_step(name, found) for name, found in ranks.items()]


def ablation_text(steps: Sequence[Step]) -> str:
    """Write a table of the steps."""
    rows = [
        f"  {step.name:<24}{_figure(step.first.value)}{_figure(step.in_five.value)}"
        f"{_figure(step.reciprocal_rank)}"
        for step in steps
    ]
    head = f"  {'':<24}{'first':>10}{'first 5':>10}{'MRR':>10}"
    return "\n".join(["right document by each step:", head, *rows])


def ablation_record(steps: Sequence[Step]) -> list[dict[str, object]]:
    """Write the same as records for programs."""
    return [
        {
            "step": step.name,
            "first": step.first.value,
            "first_5": step.in_five.value,
            "reciprocal_rank": step.reciprocal_rank,
        }
        for step in steps
    ]


def _figure(value: float | None) -> str:
    return f"{'–' if value is None else format(value, '.3f'):>10}"


def _step(name: str, ranks: Sequence[int | None]) -> Step:
    first = share([rank == 1 for rank in ranks])
    in_five = share([rank is not None and rank <= 5 for rank in ranks])
    return Step(name, first, in_five, mean_reciprocal_rank(ranks))


def _documents(engine: Engine, scores: NDArray[np.floating]) -> tuple[str, ...]:
    best = np.argsort(-scores, kind="stable")[:RANKED_CHUNKS]
    chunks = engine.index.store.chunks([int(row) for row in best if np.isfinite(scores[row])])
    return tuple(dict.fromkeys(chunk.document_id for chunk in chunks))
