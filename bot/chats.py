"""What the bot remembers of a chat, for how long, and one question at a time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from hyqa import Conversation


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the bot one chat may take up."""

    question_characters: int = 500
    """The longest question; one that asks one thing is far shorter."""
    waiting_questions: int = 3
    """Questions of one chat in work or waiting, so that no chat takes up all places."""
    idle_seconds: float = 30 * 60
    """Silence after which a chat is forgotten: questions may be commercial secrets."""
    remembered_chats: int = 10_000
    """Chats in memory; above it, the one that has been silent longest is forgotten."""


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class ChatState:
    """One chat's conversation, kept in memory only."""

    conversation: Conversation = field(default_factory=Conversation)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    told_busy: bool = False
    last_used: float = 0.0
    forgetting: asyncio.TimerHandle | None = None


class BotContext(CallbackContext[ExtBot[None], dict[Any, Any], ChatState, dict[Any, Any]]):
    """The context of a callback, with a typed state of the chat."""

    @property
    def chat(self) -> ChatState:
        """State of the chat that the update is from."""
        if self.chat_data is None:
            raise TypeError("the update belongs to no chat")
        return self.chat_data


BotApplication = Application[
    ExtBot[None], BotContext, dict[Any, Any], ChatState, dict[Any, Any], Any
]
_AnyApplication = Application[Any, Any, Any, ChatState, Any, Any]
CONTEXT_TYPES = ContextTypes(context=BotContext, chat_data=ChatState)


@asynccontextmanager
async def turn(context: BotContext, chat_id: int, limits: Limits) -> AsyncIterator[ChatState]:
    """Hold a chat for one question: those that come later wait, in the order they came."""
    chat = context.chat
    chat.waiting += 1
    _remember(chat)
    _make_room(context.application, limits)
    try:
        async with chat.lock:
            yield chat
    finally:
        chat.waiting -= 1
        if not chat.waiting:
            chat.told_busy = False
            _forget_later(context.application, chat_id, chat, limits)


def _remember(chat: ChatState) -> None:
    """Keep a chat while a question of it is in work."""
    chat.last_used = time.monotonic()
    if chat.forgetting:
        chat.forgetting.cancel()


def _forget_later(
    application: _AnyApplication, chat_id: int, chat: ChatState, limits: Limits
) -> None:
    loop = asyncio.get_running_loop()
    chat.forgetting = loop.call_later(limits.idle_seconds, application.drop_chat_data, chat_id)


def _make_room(application: _AnyApplication, limits: Limits) -> None:
    """Forget the chats that were silent longest, where there are more than may be."""
    excess = len(application.chat_data) - limits.remembered_chats
    if excess <= 0:
        return
    silent = [key for key, chat in application.chat_data.items() if not chat.waiting]
    silent.sort(key=lambda key: application.chat_data[key].last_used)
    for chat_id in silent[:excess]:
        timer = application.chat_data[chat_id].forgetting
        if timer:
            timer.cancel()
        application.drop_chat_data(chat_id)
