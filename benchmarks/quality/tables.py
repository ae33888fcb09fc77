"""The README's table of figures."""

from collections.abc import Mapping

from benchmarks.quality.investors import InvestorFigures
from hyqa.evaluation import Figures
from hyqa.evaluation.metrics import Share

FIGURES_START = "<!-- figures: python -m benchmarks.quality SETS --investors FILE --readme -->"
FIGURES_END = "<!-- end of figures -->"
_HEAD = (
    "| set | answerable + not | right document first | answer inside the quotes"
    " | median characters shown | refused of unanswerable | not verbatim |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
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
        _share(one.answered_first),
        _share(one.inside),
        "–" if one.characters_median is None else f"{one.characters_median:.0f}",
        _share(one.refused),
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
