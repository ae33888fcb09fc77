"""Measuring answers against questions whose right documents and answers are known."""

from hyqa.evaluation.figures import Figures, figures_by_group
from hyqa.evaluation.outcomes import Outcome, judge
from hyqa.evaluation.questions import LabelledQuestion, read_questions
from hyqa.evaluation.reporting import details_record, report_record, report_text

__all__ = [
    "Figures",
    "LabelledQuestion",
    "Outcome",
    "details_record",
    "figures_by_group",
    "judge",
    "read_questions",
    "report_record",
    "report_text",
]
