"""What the doctor finds: each thing with what it means, and a command that helps."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    FAULT = "fault"
    """Something is broken, or is about to be: a person should look today."""
    ADVICE = "advice"
    """Something could be better."""


class Ailment(StrEnum):
    """What may be wrong with an index, its documents or its sources."""

    NO_INDEX = "no_index"
    TORN = "torn_snapshot"
    FOREIGN_ENCODER = "foreign_encoder"
    OTHER_FORMAT = "other_format"
    STALE_INDEX = "stale_index"
    ORPHAN = "orphan"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires_soon"
    DUPLICATE = "duplicate"
    UNREACHED = "unreached_document"
    UNANSWERED = "unanswered_question"
    KEPT = "kept_at_last_good"
    SOURCE_FAILED = "source_failed"
    SOURCE_STALE = "source_stale"
    BROKEN_LINK = "broken_link"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    Attributes:
        ailment: its kind.
        level: how much it matters.
        subject: what it is about: a snapshot, a file, a document, a source, a question's line.
        sentence: what is wrong, and what follows from it.
        command: what helps, to be typed as it stands but for words in capitals, which a person fills
            in; '' where only a person can tell.
    """

    ailment: Ailment
    level: Level
    subject: str
    sentence: str
    command: str = ""


def fault(ailment: Ailment, subject: str, sentence: str, command: str = "") -> Finding:
    """Make a finding that a person should look at today."""
    return Finding(ailment, Level.FAULT, subject, sentence, command)


def advice(ailment: Ailment, subject: str, sentence: str, command: str = "") -> Finding:
    """Make a finding of what could be better."""
    return Finding(ailment, Level.ADVICE, subject, sentence, command)
