"""Messages that are no text: a friendly line, and a way on."""

from telegram import Message

from bot.dialogues import keyboards
from bot.rendering.markup import escape
from bot.scene import Scene
from storage.albums import first_of

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


def reply(scene: Scene, message: Message, kind: str) -> None:
    """Reply to a message without text; of pictures that came together, to the first one alone."""
    number = message.message_id
    if message.media_group_id:
        chat, group = scene.chat.id, message.media_group_id
        if first_of(scene.session, chat, group, number, scene.now) != number:
            return
    text = escape(getattr(scene.texts, kind))
    scene.say(text, keyboards.subjects(scene), answers=number if message.media_group_id else None)
