"""Messages that are no text: a friendly line, and a way on."""

from telegram import Message

from bot.dialogues import keyboards
from bot.scene import Scene

_HEARD = ("voice", "audio", "video", "video_note")
_SEEN = ("photo", "document")
_FELT = ("sticker", "animation", "dice", "location", "venue", "contact", "poll", "game", "story")
_KINDS = {
    **dict.fromkeys(_HEARD, "voice"), **dict.fromkeys(_SEEN, "picture"),
    **dict.fromkeys(_FELT, "sticker"),
}  # fmt: skip


def kind_of(message: Message) -> str:
    """Name of the sentence that replies to a message; '' for what needs no reply."""
    for attribute, kind in _KINDS.items():
        if getattr(message, attribute, None):
            return kind
    return ""


def reply(scene: Scene, kind: str) -> None:
    """Reply to a message without text."""
    scene.say_plain(getattr(scene.texts, kind), keyboards.subjects(scene))
