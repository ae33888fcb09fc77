"""Measuring answers against questions whose right documents and answers are known."""

from hyqa.evaluation.ablation import Step, ablate, ablation_record, ablation_text
from hyqa.evaluation.calibrating import Example, examples_of, fit, fit_model
from hyqa.evaluation.comparing import (
    Comparison,
    compare,
    comparison_record,
    comparison_text,
    read_details,
)
from hyqa.evaluation.figures import Figures, figures_by_group
from hyqa.evaluation.outcomes import Outcome, ask, judge
from hyqa.evaluation.pictures import draw
from hyqa.evaluation.questions import LabelledQuestion, read_questions
from hyqa.evaluation.reporting import details_record, report_record, report_text

__all__ = [
    "Comparison",
    "Example",
    "Figures",
    "LabelledQuestion",
    "Outcome",
    "Step",
    "ablate",
    "ablation_record",
    "ablation_text",
    "ask",
    "compare",
    "comparison_record",
    "comparison_text",
    "details_record",
    "draw",
    "examples_of",
    "figures_by_group",
    "fit",
    "fit_model",
    "judge",
    "read_details",
    "read_questions",
    "report_record",
    "report_text",
]
