"""Telling the maintainers when the bot is in trouble, and when it is well again."""

import logging
import time
from collections.abc import Callable, Iterable

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.texts import Texts
from bot.transport.api import Api
from bot.transport.health import Health, Part
from bot.transport.pace import Pace

SURE = 10.0
"""Seconds that a state has to last before it is told: nobody is woken by a mishap."""

_log = logging.getLogger(__name__)


class Alarms:
    """Says once that parts are in trouble, and once that all are well again.

    The messages do not go through the outbox: it may be what is in trouble. One that does not
    get through is tried again; what is over by then is told as such.

    Args:
        api: of Telegram.
        health: that is told of.
        chats: that hear of it.
        texts: in their language.
        pace: that all messages keep.
        steady: seconds, growing steadily.
    """

    def __init__(
        self,
        api: Api,
        health: Health,
        chats: Iterable[int],
        texts: Texts,
        pace: Pace,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._health = health
        self._chats = tuple(chats)
        self._texts = texts
        self._pace = pace
        self._steady = steady
        self._told: dict[int, bool] = dict.fromkeys(self._chats, False)
        """Of each chat, whether it was told of a trouble last."""
        self._bad_since: float | None = None
        self._changed = steady()
        self._minutes = 0
        self._parts: dict[Part, str] = {}
        """Parts of this trouble, and the kind of error of each."""

    async def look(self) -> None:
        """Look at the health, and tell what has changed for long enough."""
        troubles, now = self._health.troubles(), self._steady()
        self._parts |= troubles
        if bool(troubles) != (self._bad_since is not None):
            self._bad_since = now if troubles else None
            began, self._changed = self._changed, now
            self._minutes = max(1, round((now - began) / 60))
        if now - self._changed < SURE:
            return
        for chat, was_bad in list(self._told.items()):
            if was_bad != bool(troubles):
                await self._tell(chat, bad=bool(troubles))
        if not troubles and not any(self._told.values()):
            self._parts.clear()

    async def _tell(self, chat: int, *, bad: bool) -> None:
        template = self._texts.alarm_bad if bad else self._texts.alarm_well
        text = template.format(parts=self._named(), minutes=self._minutes)
        try:
            async with self._pace.turn(chat):
                await self._api.call("sendMessage", {"chat_id": chat, "text": text})
        except ChatMigrated as error:
            self._told[error.new_chat_id] = self._told.pop(chat)
        except (BadRequest, Forbidden) as error:
            _log.error("The maintainers' chat cannot be written to: %s", type(error).__name__)
            self._told[chat] = bad
        except TelegramError as error:
            _log.warning("An alarm was not sent, and will be: %s", type(error).__name__)
        else:
            self._told[chat] = bad

    def _named(self) -> str:
        words = (
            f"{getattr(self._texts, f'alarm_{part.value}')} ({kind})"
            for part, kind in self._parts.items()
        )
        return ", ".join(words)
