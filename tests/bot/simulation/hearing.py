"""What people saw of what the bot was to say."""

from bot.dialogues.desk.place import STAFF
from bot.texts import TEXTS
from simulation.contents import Act
from simulation.ledger import Handled, Put
from simulation.telegram import Arrived, Key, key_of
from simulation.world import World

BUSY = {texts.busy for texts in TEXTS.values()}
"""Words that say of all questions of a minute that they are too many."""

LATE = {texts.delayed for texts in TEXTS.values()}
"""Words of excuse that may come before whatever else an update calls for."""


class Told:
    """What people saw of what was put into the outbox."""

    def __init__(self, world: World) -> None:
        self._moved = world.telegram.new_ids
        self._seen: dict[Key, list[float]] = {}
        self._refused: dict[Key, list[float]] = {}
        self._withdrawn = world.ledger.withdrawn
        for one in world.telegram.arrived:
            key = key_of(one.method, one.given, self._moved)
            if _is_seen(one):
                self._seen.setdefault(key, []).append(one.at)
            elif one.status in (400, 403):
                self._refused.setdefault(key, []).append(one.at)

    def outcome(self, act: Act, handled: Handled) -> bool:
        """Whether somebody heard of what became of a message."""
        return any(map(self._arrived, handled.puts)) or self._covered(act)

    def ended(self, handled: Handled) -> bool:
        """Whether staff heard that a talk was deleted, and with it what was to be said in it."""
        withdrawn = [put for put in handled.puts if self.withdrawn(put)]
        said = STAFF.desk_person_forgotten
        return any(
            self._is_among(self._seen, self._sorry(put.chat_id, said), put.at) for put in withdrawn
        )

    def came(self, put: Put) -> bool:
        """Whether a call was made, or refused, and then what is to be said instead was said."""
        if self._is_among(self._seen, self._key(put), put.at):
            return True
        if not self._is_among(self._refused, self._key(put), put.at):
            return False
        return not put.apology or self._is_among(
            self._seen, self._sorry(put.chat_id, put.apology), put.at
        )

    def withdrawn(self, put: Put) -> set[int]:
        """Whose talk a call was deleted with, before it was made."""
        return {
            one.who
            for one in self._withdrawn
            if one.at >= put.at and key_of(one.method, one.payload, self._moved) == self._key(put)
        }

    def _key(self, put: Put) -> Key:
        return key_of(put.method, put.payload, self._moved)

    def _sorry(self, chat_id: int, apology: str) -> Key:
        return key_of("sendMessage", {"chat_id": chat_id, "text": apology}, self._moved)

    def _is_among(self, times: dict[Key, list[float]], key: Key, since: float) -> bool:
        return any(at >= since for at in times.get(key, ()))

    def _arrived(self, put: Put) -> bool:
        keys = [self._key(put)]
        keys += [key_of(one["method"], one["payload"], self._moved) for one in put.following]
        apologies = [put.apology, *(one.get("apology", "") for one in put.following)]
        keys += [self._sorry(put.chat_id, words) for words in apologies if words]
        return any(self._is_among(self._seen, key, put.at) for key in keys)

    def _covered(self, act: Act) -> bool:
        """Whether a sentence that came after it says of all questions that they are too many."""
        return any(
            at >= act.at
            for words in BUSY
            for at in self._seen.get(key_of("sendMessage", {"chat_id": act.chat_id, "text": words}, self._moved), ())
        )  # fmt: skip


def is_there(one: Arrived) -> bool:
    """Whether Telegram says that what an edit asks for stands there already."""
    return "message is not modified" in one.description


def _is_seen(one: Arrived) -> bool:
    if one.method in ("sendChatAction", "answerCallbackQuery") and not one.given.get("text"):
        return False
    return one.status == 200 or is_there(one)
