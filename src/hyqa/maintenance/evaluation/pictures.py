"""Pictures of how far a confidence can be trusted, with matplotlib."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hyqa.maintenance.evaluation.metrics import reliability, risk_coverage
from hyqa.maintenance.evaluation.outcomes import Outcome
from hyqa.types.errors import ConfigError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RISK_COVERAGE, RELIABILITY = "risk_coverage.png", "reliability.png"
_INCHES, _DOTS = 4.0, 150


def draw(outcomes: Sequence[Outcome], folder: Path) -> tuple[Path, Path]:
    """Draw the risk-coverage curve and the reliability diagram of a run, see :func:`draw_curves`."""
    said, right = [one.confidence for one in outcomes], [one.correct for one in outcomes]
    return draw_curves(said, right, folder)


def draw_curves(
    confidences: Sequence[float], right: Sequence[bool], folder: Path
) -> tuple[Path, Path]:
    """Draw a risk-coverage curve and a reliability diagram into a folder.

    Args:
        confidences: 0 to 1, of each answer that might be shown.
        right: whether it is right.
        folder: made where it is not there.

    Raises:
        ConfigError: when matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigError("Pictures need matplotlib: run `pip install hyqa[pictures]`.") from error
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / RISK_COVERAGE, folder / RELIABILITY
    for path, fill in zip(paths, (_risk_coverage, _reliability), strict=True):
        figure = Figure(figsize=(_INCHES, _INCHES), layout="constrained")
        axes = figure.add_subplot(xlim=(0, 1), ylim=(0, 1))
        fill(axes, confidences, right)
        figure.savefig(path, dpi=_DOTS)
    return paths


def _risk_coverage(axes: "Axes", confidences: Sequence[float], right: Sequence[bool]) -> None:
    """How many of the surest answers are wrong, for every share that might be answered."""
    axes.set(xlabel="share of questions answered, surest first", ylabel="share of these wrong")
    points = risk_coverage(confidences, right)
    axes.plot([covered for covered, _ in points], [risk for _, risk in points])


def _reliability(axes: "Axes", confidences: Sequence[float], right: Sequence[bool]) -> None:
    """What was right among the answers of about one confidence, each point with its count."""
    axes.set(xlabel="confidence", ylabel="share right")
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    bins = reliability(confidences, right)
    axes.plot([said for said, _, _ in bins], [seen for _, seen, _ in bins], marker="o")
    for said, seen, count in bins:
        axes.annotate(str(count), (said, seen), textcoords="offset points", xytext=(5, -12))
