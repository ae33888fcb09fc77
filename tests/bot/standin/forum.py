"""What a group with topics does at the stand-in: topics, copies, reactions, moves."""

from typing import Any

from standin.html import Seen
from standin.schema import Refused

REACTIONS = frozenset("👍 👎 ❤ 🔥 👏 😁 🤔 🎉 🙏 👌 👀 💯 ⚡ ✍ 🤝 🫡 🆒".split())
"""Emoji that any bot may react with; a part of Telegram's list."""


class Forum:
    """The part of the server that knows topics; each chat is taken for a group that has them."""

    def __init__(self) -> None:
        self.topics: dict[int, str] = {}
        """Names of the topics that are there, by number; who deletes one takes it out."""
        self.closed_topics: set[int] = set()
        self.copied: list[dict[str, Any]] = []
        self.copies: list[int] = []
        """Number of each copy, in the order of ``copied``."""
        self.reactions: dict[tuple[int, int], str] = {}
        """The bot's reaction by chat and message."""
        self.uncopyable: set[int] = set()
        """Messages that Telegram does not copy."""
        self.silent: set[int] = set()
        """Chats that allow no reactions."""
        self.moved: dict[int, dict[str, Any]] = {}
        """Groups that have become supergroups, each with the number that Telegram names."""
        self.shown: dict[tuple[int, int], Seen] = {}
        """What stands in the chats by now, by chat and message."""

    def move(self, chat_id: int, new_id: int) -> None:
        """Make a supergroup of a group; all its topics are gone."""
        self.moved[chat_id] = {"migrate_to_chat_id": new_id}
        self.topics.clear()

    def message_id(self) -> int:
        raise NotImplementedError

    def _copy_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self._admit_to_topic(parameters)
        if parameters["message_id"] in self.uncopyable:
            raise Refused("message can't be copied")
        number = self.message_id()
        self.copied.append(parameters)
        self.copies.append(number)
        self.shown[parameters["chat_id"], number] = Seen("a copy")
        return {"message_id": number}

    def _create_forum_topic(self, parameters: dict[str, Any]) -> dict[str, Any]:
        topic = self.message_id()
        self.topics[topic] = parameters["name"]
        return {"message_thread_id": topic, "name": parameters["name"], "icon_color": 0}

    def _close_forum_topic(self, parameters: dict[str, Any]) -> bool:
        topic = self._known_topic(parameters)
        if topic in self.closed_topics:
            raise Refused("TOPIC_NOT_MODIFIED")
        self.closed_topics.add(topic)
        return True

    def _reopen_forum_topic(self, parameters: dict[str, Any]) -> bool:
        topic = self._known_topic(parameters)
        if topic not in self.closed_topics:
            raise Refused("TOPIC_NOT_MODIFIED")
        self.closed_topics.discard(topic)
        return True

    def _set_message_reaction(self, parameters: dict[str, Any]) -> bool:
        if parameters["chat_id"] in self.silent:
            raise Refused("REACTION_INVALID")
        place = (parameters["chat_id"], parameters["message_id"])
        for reaction in parameters["reaction"]:
            if reaction["emoji"] not in REACTIONS:
                raise Refused("REACTION_INVALID")
            self.reactions[place] = reaction["emoji"]
        return True

    def _known_topic(self, parameters: dict[str, Any]) -> int:
        topic: int = parameters["message_thread_id"]
        if topic not in self.topics:
            raise Refused("TOPIC_ID_INVALID")
        return topic

    def _admit_to_topic(self, parameters: dict[str, Any]) -> None:
        topic = parameters.get("message_thread_id")
        if topic is not None and topic not in self.topics:
            raise Refused("message thread not found")
