"""hyqa: questions about Hengyang answered by verbatim quotes, each with its source."""

from hyqa.answer.citing import by_source, cite, cited_title
from hyqa.answer.conditions import limits_of
from hyqa.answer.contract import read_day
from hyqa.answer.highlights import highlights_of
from hyqa.answer.writing.calendars import days_to_come, write_calendar
from hyqa.answer.writing.paper import Place, Sheet, print_sheet
from hyqa.config import Limits
from hyqa.engine import Engine
from hyqa.errors import (
    ConfigError,
    DocumentError,
    EncoderError,
    FetchError,
    HyqaError,
    ParseError,
    SnapshotError,
)
from hyqa.index.build import BuildResult, build_index, build_snapshot, is_stale, open_index
from hyqa.index.snapshots import (
    SnapshotInfo,
    list_snapshots,
    publish,
    rollback,
    snapshot_name,
    snapshot_time,
)
from hyqa.index.snapshots.changes import (
    Change,
    ChangeKind,
    Reason,
    changes_between,
    snapshot_changes,
)
from hyqa.index.validity import Force, Standing, status_on
from hyqa.models import DEFAULT_ENCODER, Encoder, HashEncoder, load_encoder
from hyqa.parsing.formats import readable_suffixes
from hyqa.question.follow_ups import Conversation, Turn
from hyqa.sources.offering import Offer, bring_offer, look_at_offer, take_offer
from hyqa.types import (
    Answer,
    Attribute,
    Cell,
    Chain,
    Chunk,
    Citation,
    Document,
    Entry,
    Evidence,
    Form,
    Highlight,
    HighlightKind,
    Hit,
    Language,
    Metadata,
    Park,
    ParseFailure,
    Query,
    Quote,
    Statement,
    Status,
)
from hyqa.types.places import CONTACT, INCENTIVES, LEVEL, SUMMARY

__all__ = [
    "CONTACT",
    "DEFAULT_ENCODER",
    "INCENTIVES",
    "LEVEL",
    "SUMMARY",
    "Answer",
    "Attribute",
    "BuildResult",
    "Cell",
    "Chain",
    "Change",
    "ChangeKind",
    "Chunk",
    "Citation",
    "ConfigError",
    "Conversation",
    "Document",
    "DocumentError",
    "Encoder",
    "EncoderError",
    "Engine",
    "Entry",
    "Evidence",
    "FetchError",
    "Force",
    "Form",
    "HashEncoder",
    "Highlight",
    "HighlightKind",
    "Hit",
    "HyqaError",
    "Language",
    "Limits",
    "Metadata",
    "Offer",
    "Park",
    "ParseError",
    "ParseFailure",
    "Place",
    "Query",
    "Quote",
    "Reason",
    "Sheet",
    "SnapshotError",
    "SnapshotInfo",
    "Standing",
    "Statement",
    "Status",
    "Turn",
    "bring_offer",
    "build_index",
    "build_snapshot",
    "by_source",
    "changes_between",
    "cite",
    "cited_title",
    "days_to_come",
    "highlights_of",
    "is_stale",
    "limits_of",
    "list_snapshots",
    "load_encoder",
    "look_at_offer",
    "open_index",
    "print_sheet",
    "publish",
    "read_day",
    "readable_suffixes",
    "rollback",
    "snapshot_changes",
    "snapshot_name",
    "snapshot_time",
    "status_on",
    "take_offer",
    "write_calendar",
]
