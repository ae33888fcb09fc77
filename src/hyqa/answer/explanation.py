"""Explain how an answer came about: a branch for each stage, numbers with their parts."""

from collections.abc import Sequence

from hyqa.index.build import Index
from hyqa.index.calibration import Model
from hyqa.types import Hit, Query, Quote, Ranking, Reading, Sentence, Status, Step, Trace

Explanation = dict[str, object]
"""A tree of JSON: names of stages and of their parts, with texts, numbers, lists or further trees."""
SHOWN_HITS = 5
"""Hits and readings that are told of a query; the others changed nothing."""
_DIGITS = 4
_LIMITS = {
    "words": "it holds none of the question's words",
    "chinese_name": "its document lacks the Chinese name that the question writes in Latin letters",
    "focus": "its document lacks the noun that the question is about, and half of its words",
    "kind": "it holds no text of the kind that is asked for",
    "year": "the year that is asked for does not stand beside such text",
    "other_site": "it is about another park or place than the one that is asked about",
    "says_nothing": "it says hardly more than the question",
    "elsewhere": "the question is about another place than the corpus's own",
}
"""What it means that a reading was bounded; see :class:`hyqa.types.Reading`."""
_REFUSALS = (Status.NOT_FOUND, Status.OUT_OF_SCOPE)


def explain(trace: Trace, index: Index) -> Explanation:
    """Explain what each stage got, gave, and decided.

    Args:
        trace: of the answer.
        index: whose models weigh the features of readings.
    """
    understood = trace.understanding
    return {
        "understand": {
            "message": understood.message,
            "spelled": understood.spelled,
            "searched for": understood.resolved.split("\n"),
            "language": understood.language.value,
            "compared": list(understood.compared),
        },
        "steps": [_step(step, index) for step in trace.steps],
        "decide": _decision(trace),
    }


def refusal(step: Step) -> tuple[str, str]:
    """Name the stage that refused a query, and why; two empty texts where none did."""
    if step.answer.status not in _REFUSALS:
        return "", ""
    if not step.ranking.hits:
        return "search", "no passage was found"
    best = step.readings[0]
    reasons = "; ".join(_LIMITS[name] for name in best.limits)
    short = (
        f"the likeliest passage answers with a probability of {best.answer_probability:.2f},"
        f" and {best.threshold:.2f} is needed"
    )
    return "read", f"{short}: {reasons}" if reasons else short


def _decision(trace: Trace) -> Explanation:
    answer = trace.answer
    refused = answer.status in _REFUSALS
    stage, why = refusal(trace.steps[trace.chosen]) if refused else ("", "")
    if refused and not stage:
        stage, why = "merge", "the message names nothing that it may be about"
    return {
        "status": answer.status.value,
        "refused by": stage,
        "why": why,
        "small talk": answer.intent,
        "answered by step": trace.chosen + 1,
        "merged from steps": len(trace.steps),
        "missing": list(answer.missing),
        "choices": list(answer.choices),
    }


def _step(step: Step, index: Index) -> Explanation:
    stage, why = refusal(step)
    model = index.calibration.models[step.query.language.value]
    return {
        "purpose": step.purpose,
        "query": _query(step),
        "search": [_hit(hit) for hit in step.ranking.hits[:SHOWN_HITS]],
        "foreseen": _foreseen(step.ranking),
        "read": [_reading(one, model) for one in step.readings[:SHOWN_HITS]],
        "quote": _quotes(step.answer.quotes),
        "decide": {
            "status": step.answer.status.value,
            "refused by": stage,
            "why": why,
            "missing": list(step.answer.missing),
        },
    }


def _query(step: Step) -> Explanation:
    query: Query = step.query
    asked = step.analysis
    return {
        "text": query.text.split("\n"),
        "words": {word: _rounded(weight) for word, weight in asked.words},
        "kind": asked.kind.name if asked.kind else "",
        "places": list(asked.places),
        "names": list(asked.names),
        "years": list(asked.years),
        "about": asked.focus,
    }


def _hit(hit: Hit) -> Explanation:
    return {
        "document": hit.chunk.document_id,
        "start": hit.chunk.start,
        "end": hit.chunk.end,
        "score": _rounded(hit.score),
        "keywords": _rounded(hit.sparse_score),
        "cosine": _rounded(hit.dense_score),
    }


def _foreseen(ranking: Ranking) -> Explanation:
    """What foreseen questions lead where, and the nearest topic that no passage answers."""
    foresight = ranking.foresight
    if foresight is None:
        return {}
    topic = foresight.topic
    return {
        "usual likeness": _rounded(foresight.usual),
        "nearest near miss": _rounded(foresight.best_near_miss),
        "nearest topic": f"{topic.kind.value}: {topic.name}" if topic else "",
        "its likeness": _rounded(foresight.topic_likeness),
        "passages": [_led(hit) for hit in ranking.foreseen],
    }


def _led(hit: Hit) -> Explanation:
    """A passage with the foreseen question that leads there, and the near miss that speaks against it."""
    question, miss = hit.foreseen[0], hit.near_miss
    return {
        "document": hit.chunk.document_id,
        "start": hit.chunk.start,
        "foreseen": question.text,
        "likeness": _rounded(question.likeness),
        "near miss": miss.text if miss else "",
        "which lacks": miss.lacks if miss else "",
        "near miss's likeness": _rounded(miss.likeness) if miss else None,
    }


def _reading(reading: Reading, model: Model) -> Explanation:
    """A reading with what each feature adds to the log-odds of the linear half of its model."""
    parts = {
        name: reading.features.get(name, 0.0) * weight for name, weight in model.weights.items()
    }
    return {
        "document": reading.hit.chunk.document_id,
        "start": reading.hit.chunk.start,
        "end": reading.hit.chunk.end,
        "probability": _rounded(reading.answer_probability),
        "needed": reading.threshold,
        "bounded by": [_LIMITS[name] for name in reading.limits],
        "features": {name: _rounded(value) for name, value in reading.features.items()},
        "linear model": {"constant": model.bias} | {n: _rounded(v) for n, v in parts.items() if v},
        "log-odds, forest and bounds included": _rounded(reading.logit),
        "sentences": _likeliest(reading.sentences, reading.sentence_scores),
    }


def _likeliest(sentences: Sequence[Sentence], scores: Sequence[float]) -> list[Explanation]:
    """The sentences that are likeliest parts of the answer, the likeliest first."""
    ranked = sorted(zip(scores, sentences, strict=True), key=lambda pair: -pair[0])[:SHOWN_HITS]
    return [{"start": one.start, "end": one.end, "score": _rounded(score)} for score, one in ranked]


def _quotes(quotes: Sequence[Quote]) -> list[Explanation]:
    return [
        {"document": one.citation.document_id, "start": one.start, "end": one.end, "text": one.text}
        for one in quotes
    ]


def _rounded(value: float) -> float | None:
    """A number as it is read; None for one that is none, such as a logarithm of 0."""
    return round(value, _DIGITS) if abs(value) != float("inf") else None
