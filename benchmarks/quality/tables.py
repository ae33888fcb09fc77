"""The README's table of figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.quality.investors import InvestorFigures
from hyqa.maintenance.evaluation import Figures
from hyqa.maintenance.evaluation.metrics import Share

FIGURES_START = "<!-- figures: python -m benchmarks.quality SETS --investors FILE --readme -->"
FIGURES_END = "<!-- end of figures -->"
_HEAD = (
    "| set | answerable + not | right document ranked first | answered | and it first"
    " | answer inside the quotes | median characters shown | refused of unanswerable | AUROC"
    " | not verbatim |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def quality_table(figures: Mapping[str, Figures], investors: InvestorFigures | None) -> str:
    """A Markdown table: a row a set, shares with their 95 % intervals."""
    rows = [_HEAD, *(_row(name, one) for name, one in figures.items())]
    if investors:
        rows += ["", _investor_line(investors)]
    return "\n".join(rows)


def _row(name: str, one: Figures) -> str:
    cells = [
        name,
        f"{one.answered.n} + {one.refused.n}",
        _share(one.found_first),
        _share(one.answered),
        _share(one.answered_first),
        _share(one.inside),
        "–" if one.characters_median is None else f"{one.characters_median:.0f}",
        _share(one.refused),
        "–" if one.auroc is None else f"{one.auroc:.2f}",
        f"{one.not_verbatim} of {one.quotes}",
    ]
    return f"| {' | '.join(cells)} |"


def _share(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    return f"{share.value:.2f} [{low:.2f}–{high:.2f}]"


def _investor_line(investors: InvestorFigures) -> str:
    return (
        f"Investors' questions about the shipped corpus: {investors.answered} of"
        f" {investors.answerable} answerable ones answered, {investors.fact_found} with the fact's"
        f" figures and words in the quotes by a strict count; {investors.refused} of"
        f" {investors.unanswerable} others refused."
    )


def runs_table(runs: Sequence[Mapping[str, Any]]) -> str:
    """A Markdown table of stored runs, the newest first: a row a run and set."""
    rows = [
        "# Runs of `python -m benchmarks.quality`, the newest first",
        "",
        "| date | commit | set | ranked first | answered | answered and first | inside | refused |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for run in sorted(runs, key=lambda one: str(one["date"]), reverse=True):
        for name, groups in run["sets"].items():
            rows.append(f"| {run['date']} | {run['commit']} | {name} | {_stored(groups[0])} |")
    return "\n".join(rows)


def _stored(figures: Mapping[str, Any]) -> str:
    keys = ("found_first", "answered", "answered_first", "inside", "refused")
    shares = [figures[key]["share"] for key in keys]
    return " | ".join("–" if share is None else f"{share:.2f}" for share in shares)
