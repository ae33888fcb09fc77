"""What stands between a finished snapshot and those who ask: the release gate, and what compares two."""

from hyqa.maintenance.release.asking import Asked, golden_questions, past_questions
from hyqa.maintenance.release.bounds import upper_bound
from hyqa.maintenance.release.differences import Cause, Change, Difference
from hyqa.maintenance.release.documents import Became, DocumentChange, document_changes
from hyqa.maintenance.release.gate import VANISHED, Questions, Stop, Verdict, judge_build
from hyqa.maintenance.release.integrity import faults_of
from hyqa.maintenance.release.reporting import (
    Compared,
    snapshots_lines,
    snapshots_record,
    verdict_lines,
    verdict_record,
)
from hyqa.maintenance.release.sides import Side

__all__ = [
    "VANISHED",
    "Asked",
    "Became",
    "Cause",
    "Change",
    "Compared",
    "Difference",
    "DocumentChange",
    "Questions",
    "Side",
    "Stop",
    "Verdict",
    "document_changes",
    "faults_of",
    "golden_questions",
    "judge_build",
    "past_questions",
    "snapshots_lines",
    "snapshots_record",
    "upper_bound",
    "verdict_lines",
    "verdict_record",
]
