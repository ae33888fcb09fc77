"""hyqa: questions about Hengyang answered by verbatim quotes, each with its source."""

from hyqa.answer.citing import by_source, cite, cited_title
from hyqa.answer.conditions import limits_of
from hyqa.answer.contract import read_day
from hyqa.answer.highlights import highlights_of
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
from hyqa.index.validity import Force, Standing, status_on
from hyqa.models import DEFAULT_ENCODER, Encoder, HashEncoder, load_encoder
from hyqa.question.follow_ups import Conversation, Turn
from hyqa.sources.comparing import Unsupported, compare
from hyqa.sources.examining import Report, examine
from hyqa.sources.history import Event
from hyqa.sources.library import Change, add, history, remove, replace, restore
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
    "Event",
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
    "Park",
    "ParseError",
    "ParseFailure",
    "Query",
    "Quote",
    "Report",
    "SnapshotError",
    "SnapshotInfo",
    "Standing",
    "Statement",
    "Status",
    "Turn",
    "Unsupported",
    "add",
    "build_index",
    "build_snapshot",
    "by_source",
    "cite",
    "cited_title",
    "compare",
    "examine",
    "highlights_of",
    "history",
    "is_stale",
    "limits_of",
    "list_snapshots",
    "load_encoder",
    "open_index",
    "publish",
    "read_day",
    "remove",
    "replace",
    "restore",
    "rollback",
    "snapshot_name",
    "snapshot_time",
    "status_on",
]
