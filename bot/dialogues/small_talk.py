"""Replies to small talk: texts of the bot's own, and the ways in besides typing."""

from bot.dialogues import keyboards, starting
from bot.rendering.markup import escape
from bot.scene import Rows, Scene

PERSON = "person"
"""The intent of who asks for a person: done as ``/person`` is, not said."""
_SAID = ("thanks", "goodbye", "acknowledgement", "brevity")
"""What calls for a word in return, and for no buttons."""
_LEADS_ON = ("menu", "sources")
_DOUBT = "doubt"
"""Of an answer that is not there: what was answered before is quoted again."""
_MAY_NEED_A_PERSON = ("robot", "complaint")


def reply(scene: Scene, intent: str) -> tuple[str, Rows]:
    """The reply to small talk as HTML, and its buttons.

    Args:
        scene: where it was said.
        intent: what it wants; one that is not known is told how to ask.
    """
    if intent == "greeting":
        return starting.greeting(scene)
    if intent == _DOUBT:
        intent = "sources"
    if intent in _SAID:
        return _text(scene, intent), ()
    if intent in _LEADS_ON:
        return _text(scene, intent), keyboards.subjects(scene)
    if intent in _MAY_NEED_A_PERSON:
        return _text(scene, intent), [*keyboards.subjects(scene), *keyboards.person(scene)]
    return starting.explanation(scene)


def _text(scene: Scene, intent: str) -> str:
    text: str = getattr(scene.texts, f"talk_{intent}")
    return escape(text.format(count=len(scene.shelf.documents)))
