"""hyqa: questions about Hengyang answered by verbatim quotes, each with its source."""

from hyqa.citing import by_source, cite, cited_title
from hyqa.config import Limits
from hyqa.conversation import Conversation, Turn
from hyqa.encoding import DEFAULT_ENCODER, Encoder, HashEncoder, load_encoder
from hyqa.engine import Engine
from hyqa.errors import (
    ConfigError,
    DocumentError,
    EncoderError,
    HyqaError,
    ParseError,
    SnapshotError,
)
from hyqa.index import BuildResult, build_index, is_stale, open_index
from hyqa.types import (
    Answer,
    Chunk,
    Citation,
    Document,
    Evidence,
    Form,
    Highlight,
    HighlightKind,
    Hit,
    Language,
    Metadata,
    ParseFailure,
    Query,
    Quote,
    Statement,
    Status,
)
from hyqa.validity import Force, Standing, status_on

__all__ = [
    "DEFAULT_ENCODER",
    "Answer",
    "BuildResult",
    "Chunk",
    "Citation",
    "ConfigError",
    "Conversation",
    "Document",
    "DocumentError",
    "Encoder",
    "EncoderError",
    "Engine",
    "Evidence",
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
    "ParseError",
    "ParseFailure",
    "Query",
    "Quote",
    "SnapshotError",
    "Standing",
    "Statement",
    "Status",
    "Turn",
    "build_index",
    "by_source",
    "cite",
    "cited_title",
    "is_stale",
    "load_encoder",
    "open_index",
    "status_on",
]
