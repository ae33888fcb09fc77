"""Greeting, help, and the language of the interface."""

from bot.dialogues import keyboards
from bot.dialogues.buttons import Press, button
from bot.languages import Tongue
from bot.rendering.markup import escape
from bot.scene import Rows, Scene
from bot.texts import TEXTS
from bot.texts.menus import commands

QUESTION_LIMIT = 500
"""Characters of the longest question; one that asks one thing is far shorter."""
CLIENT = "auto"
"""Stands for the language of the Telegram client."""


def greet(scene: Scene) -> None:
    """Greet, and show what can be asked."""
    scene.say(*greeting(scene))


def greeting(scene: Scene) -> tuple[str, Rows]:
    """The greeting as HTML, with the ways in besides typing."""
    return escape(scene.texts.start), keyboards.subjects(scene)


def explain(scene: Scene) -> None:
    """Explain how to ask, and how to read an answer."""
    scene.say(*explanation(scene))


def explanation(scene: Scene) -> tuple[str, Rows]:
    """The explanation as HTML, with the ways in besides typing."""
    text = scene.texts.help.format(limit=QUESTION_LIMIT, username=scene.me.username)
    return escape(text), keyboards.subjects(scene)


def offer_languages(scene: Scene) -> None:
    """Let somebody choose the language of the interface."""
    names = [(TEXTS[tongue].name, tongue.value) for tongue in Tongue]
    rows = [
        [button(name, Press.LANGUAGE, value, scene.user.id)]
        for name, value in (*names, (scene.texts.language_client, CLIENT))
    ]
    scene.say_plain(scene.texts.language_choose, rows)


def choose_language(scene: Scene, value: str, owner: str = "") -> None:
    """Speak the chosen language from now on; its menu of commands, too."""
    if value not in (CLIENT, *(tongue.value for tongue in Tongue)) or scene.person is None:
        scene.say_plain(scene.texts.gone)
        return
    scene.person.language = "" if value == CLIENT else value
    scene.speak_as()
    if scene.is_private:
        scope = {"type": "chat", "chat_id": scene.chat.id}
        menu = {"commands": commands(scene.texts), "scope": scope}
        scene.call("setMyCommands", menu, chat_id=scene.chat.id)
    scene.say_plain(scene.texts.language_set)
