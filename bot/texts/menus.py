"""The menus of commands, and the words that Telegram shows of the bot."""

from typing import Any

from bot.languages import Tongue
from bot.texts import TEXTS, Texts

COMMANDS = (
    "ask", "parks", "incentives", "talent", "sources", "follow", "following", "person", "language", "privacy", "forget",
    "help", "start",
)  # fmt: skip
GROUP_COMMANDS = ("ask", "help")
STAFF_COMMANDS = (
    "close",
    "reopen",
    "assign",
    "desk",
    "gaps",
    "stats",
    "campaign",
    "switch",
    "publish",
    "audit",
)
"""What only staff may use; the menu shows it in their own chat."""


def commands(texts: Texts, names: tuple[str, ...] = COMMANDS) -> list[dict[str, str]]:
    """A menu of commands."""
    return [{"command": name, "description": getattr(texts, f"about_{name}")} for name in names]


def introductions(desk_chat: int = 0) -> list[tuple[str, dict[str, Any]]]:
    """The calls that tell Telegram what the bot is: in English, and in Chinese to Chinese users.

    Args:
        desk_chat: of the staff, who get a menu of their own there; 0 for none.

    Telegram knows of Chinese only as one language here; whoever chose traditional characters
    gets a menu for the own chat.
    """
    calls: list[tuple[str, dict[str, Any]]] = [
        ("setChatMenuButton", {"menu_button": {"type": "commands"}})
    ]
    for tongue, code in ((Tongue.ENGLISH, {}), (Tongue.SIMPLIFIED, {"language_code": "zh"})):
        texts = TEXTS[tongue]
        group = {"scope": {"type": "all_group_chats"}}
        calls += [
            ("setMyCommands", {"commands": commands(texts)} | code),
            ("setMyCommands", {"commands": commands(texts, GROUP_COMMANDS)} | group | code),
            *_staff(texts, code, desk_chat),
            ("setMyDescription", {"description": texts.description} | code),
            ("setMyShortDescription", {"short_description": texts.short_description} | code),
        ]
    return calls


def _staff(texts: Texts, code: dict[str, str], desk_chat: int) -> list[tuple[str, dict[str, Any]]]:
    """The call that gives the staff's chat its menu; none without such a chat."""
    if not desk_chat:
        return []
    scope = {"scope": {"type": "chat", "chat_id": desk_chat}}
    menu = {"commands": commands(texts, (*GROUP_COMMANDS, *STAFF_COMMANDS))}
    return [("setMyCommands", menu | scope | code)]
