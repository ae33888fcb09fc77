"""Presses of buttons as updates of Telegram, and the calls that a router answers them with."""

from typing import Any

from people import DESK
from running import NOON
from sqlalchemy.orm import Session
from standin.schema import METHODS, checked
from standin.server import BOT, TOKEN
from telegram import Update

from bot.library import Library, Shelf
from bot.metrics import Metrics
from bot.routing.router import Router
from bot.scene import Profile
from bot.settings import Settings
from bot.transport.api import Api
from bot.transport.membership import Membership
from storage.schema import Outgoing

ME = Profile(123456, "hengyang_bot")
SETTINGS = Settings(TOKEN, desk_chat=DESK, staff=frozenset({11}))


def router_over(shelf: Shelf) -> Router:
    """A router of a bot whose Telegram is not asked anything."""
    nobody = Membership(Api(TOKEN, "http://127.0.0.1:1/bot"), 0)
    return Router(Library(shelf), SETTINGS, ME, Metrics(), nobody, clock=lambda: NOON)


def pressed(data: str, chat_id: int = 11) -> Update:
    """Somebody pressed a button that carries this data."""
    chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
    message = {"message_id": 5, "chat": chat, "date": 1, "from": BOT, "text": "…"}
    query = {
        "id": "1", "from": {"id": 11, "is_bot": False, "first_name": "Li"},
        "chat_instance": "1", "message": message, "data": data,
    }  # fmt: skip
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)
    assert update
    return update


def calls(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """The calls that wait in a session, each checked as Telegram would."""
    found = [(row.method, row.payload) for row in session.new if isinstance(row, Outgoing)]
    for method, payload in found:
        if method not in ("copyMessage", "closeForumTopic"):  # their topic is still to be made
            checked(METHODS[method], payload, method)
    return found
