"""Small talk: what people say to whom they talk with, by examples in ``small_talk.toml``."""

import tomllib
from functools import cache
from importlib.resources import files

from hyqa.types import Topic, TopicKind


@cache
def small_talk() -> tuple[Topic, ...]:
    """Read the kinds of small talk with their examples; the names are intents."""
    text = files("hyqa.index.foreseen").joinpath("small_talk.toml").read_text(encoding="utf-8")
    return tuple(
        Topic(intent, TopicKind.SMALL_TALK, tuple(wordings))
        for intent, wordings in tomllib.loads(text).items()
    )
