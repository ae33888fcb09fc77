"""Who belongs to the staff's group, as Telegram tells, remembered for some minutes."""

import logging
import time
from collections.abc import Callable
from typing import Any

from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.transport.api import Api

KEPT = 5 * 60.0
"""Seconds that an answer holds: who leaves the group soon has no rights any more."""
TIMEOUT = 5.0
"""Seconds that Telegram is waited for; without an answer somebody has no rights for now."""
_REMEMBERED = 1000
_INSIDE = ("creator", "administrator", "member")

_log = logging.getLogger(__name__)


class Membership:
    """Looks up who is in the staff's group; without such a group nobody is.

    Args:
        api: of Telegram.
        group: the staff's; 0 for none.
        clock: seconds, growing steadily.
    """

    def __init__(self, api: Api, group: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._group = group
        self._clock = clock
        self._known: dict[int, tuple[float, bool]] = {}

    def includes(self, person_id: int) -> bool:
        """Whether somebody was found in the group lately."""
        until, inside = self._known.get(person_id, (0.0, False))
        return inside and self._clock() < until

    async def look_up(self, person_id: int) -> None:
        """Ask Telegram about somebody, unless it is known."""
        until, _ = self._known.get(person_id, (float("-inf"), False))
        if not self._group or self._clock() < until:
            return
        try:
            member = await self._member(person_id)
        except BadRequest:  # never seen there
            member = {}
        except TelegramError as error:
            kind = type(error).__name__
            _log.warning("Membership of the staff's group could not be looked up: %s", kind)
            return
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[person_id] = (self._clock() + KEPT, _is_inside(member))

    async def _member(self, person_id: int) -> dict[str, Any]:
        """What Telegram says of somebody in the group, wherever it has moved to."""
        asked = {"user_id": person_id}
        try:
            found = await self._api.call(
                "getChatMember", asked | {"chat_id": self._group}, read_timeout=TIMEOUT
            )
        except ChatMigrated as error:
            self._group = error.new_chat_id
            found = await self._api.call(
                "getChatMember", asked | {"chat_id": self._group}, read_timeout=TIMEOUT
            )
        return found if isinstance(found, dict) else {}


def _is_inside(member: dict[str, Any]) -> bool:
    status = member.get("status")
    return status in _INSIDE or (status == "restricted" and bool(member.get("is_member")))
