"""Topics as rows of a snapshot's table, without their wordings, which are keys as other questions are."""

import json

import msgspec

from hyqa.types import Language, Topic, TopicKind

COLUMNS = "name, kind, texts, nearest"


def row_of(topic: Topic) -> tuple[str, str, str, str]:
    """The values of a topic, in the order of ``COLUMNS``."""
    return topic.name, topic.kind, _json(topic.texts), _json(topic.nearest)


def topic_of(name: str, kind: str, texts: str, nearest: str) -> Topic:
    """A topic out of its values; ``ValueError`` where they are damaged."""
    told = msgspec.json.decode(texts, type=dict[Language, str])
    near = msgspec.json.decode(nearest, type=dict[str, str] | list[str])
    if isinstance(near, list):  # snapshots made before words were shown name documents alone
        near = dict.fromkeys(near, "")
    return Topic(name, TopicKind(kind), (), told, near)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
