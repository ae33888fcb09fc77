"""What the doctor found, as lines to read and as a record for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from hyqa.answer.contract import Record
from hyqa.maintenance.release.doctor.findings import Ailment, Finding, Level

MOST_SHOWN = 10
"""Findings of one kind that are shown; the record has all."""
_TITLES = {
    Ailment.NO_INDEX: "Nothing is in force",
    Ailment.TORN: "Torn snapshots",
    Ailment.FOREIGN_ENCODER: "Made with another encoder",
    Ailment.OTHER_FORMAT: "Snapshots of another format",
    Ailment.STALE_INDEX: "Not indexed yet",
    Ailment.ORPHAN: "Left behind",
    Ailment.EXPIRED: "Documents that have ended",
    Ailment.EXPIRES_SOON: "Documents that end soon",
    Ailment.DUPLICATE: "Documents that are there twice",
    Ailment.UNREACHED: "Documents that no question reached",
    Ailment.UNANSWERED: "Questions that nothing answers",
    Ailment.KEPT: "Documents kept at their last good version",
    Ailment.SOURCE_FAILED: "Sources that failed",
    Ailment.SOURCE_STALE: "Sources that nobody looked at",
    Ailment.BROKEN_LINK: "Addresses that lead nowhere",
}


def finding_lines(found: Sequence[Finding]) -> Iterator[str]:
    """Write findings by their kind, faults first, each with what helps; at the end their number."""
    for ailment in dict.fromkeys(one.ailment for one in found):
        own = [one for one in found if one.ailment is ailment]
        yield f"{_TITLES[ailment]}: {len(own)}"
        for one in own[:MOST_SHOWN]:
            mark = "!" if one.level is Level.FAULT else "-"
            yield f"  {mark} {one.subject}: {one.sentence}"
            if one.command:
                yield f"      {one.command}"
        if len(own) > MOST_SHOWN:
            yield f"  and {len(own) - MOST_SHOWN} more: --json shows all"
    counts = Counter(one.level for one in found)
    yield f"{counts[Level.FAULT]} faults, {counts[Level.ADVICE]} pieces of advice."


def findings_record(found: Sequence[Finding]) -> Record:
    """Write the same for programs."""
    counts = Counter(one.level for one in found)
    return {
        "faults": counts[Level.FAULT],
        "advice": counts[Level.ADVICE],
        "findings": [asdict(one) for one in found],
    }
