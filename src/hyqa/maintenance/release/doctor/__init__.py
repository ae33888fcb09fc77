"""The doctor: looks at an index, its documents and their sources, and tells what would help."""

from hyqa.maintenance.release.doctor.examining import Examination, examine
from hyqa.maintenance.release.doctor.findings import Ailment, Finding, Level
from hyqa.maintenance.release.doctor.reporting import finding_lines, findings_record
from hyqa.maintenance.release.doctor.sources import SourceState, source_states

__all__ = [
    "Ailment",
    "Examination",
    "Finding",
    "Level",
    "SourceState",
    "examine",
    "finding_lines",
    "findings_record",
    "source_states",
]
