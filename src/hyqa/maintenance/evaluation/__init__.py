"""Measuring answers against questions whose right documents and answers are known."""

from hyqa.maintenance.evaluation.ablation import Step, ablate, ablation_record, ablation_text
from hyqa.maintenance.evaluation.calibrating import Example, examples_of, fit, fit_model
from hyqa.maintenance.evaluation.comparing import (
    Comparison,
    compare,
    comparison_record,
    comparison_text,
    read_details,
)
from hyqa.maintenance.evaluation.figures import Figures, figures_by_group
from hyqa.maintenance.evaluation.outcomes import Outcome, ask, judge
from hyqa.maintenance.evaluation.pictures import draw
from hyqa.maintenance.evaluation.questions import LabelledQuestion, read_questions
from hyqa.maintenance.evaluation.reporting import details_record, report_record, report_text

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
