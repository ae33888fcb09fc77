"""Buttons, and what each sends back when it is pressed."""

from enum import Enum

from bot.scene import Button

OWNER = "owner?"
"""Value of a button that acts on somebody's data; the last one that it carries."""


class Press(Enum):
    """What a press asks for: its letter, then the names of the values that its button carries.

    A name that ends in ``?`` may be left out. ``owner`` is the person whom a button is for: what it
    does, it does to that person's data, and nobody else may press it. Documents, parks and their
    attributes are carried by a key that outlives a new index, questions and talks by the number that
    the bot gave them.

    Messages keep their buttons for years: a letter never changes its meaning, and one that is
    not used any more is not given to another press.
    """

    _value_: tuple[str, ...]
    PARK_QUESTION = ("a", "key", "place")
    TAKE_AWAY = ("A", "question_id")
    SUBJECT = ("b", "subject", "page?")
    AROUND = ("c", "key", "start", "end", "side")
    CALENDAR = ("C", "key")
    DEGREE = ("d", "kind", "page?")
    END_TALK = ("e", "thread_id")
    FORGET = ("f", "decision", "owner?")
    LANGUAGE = ("g", "value", "owner?")
    RATING = ("h", "question_id", "verdict")
    INCENTIVE = ("i", "kind", "page?")
    PARK = ("k", "key")
    DOCUMENTS = ("l", "subject", "page?")
    MORE_RESULTS = ("m", "question_id")
    PLACES = ("o", "page?")
    TELL_THEM = ("n",)
    PERSON = ("p", "question_id?")
    PUBLISH = ("P", "draft_id", "where")
    CHOICE = ("q", "question_id", "number")
    REOPEN = ("r", "thread_id")
    SECTION = ("s", "key", "number")
    TELL_ME = ("t", "question_id")
    FOLLOW = ("u", "subject", "key?")
    UNFOLLOW = ("U", "subject", "key?")
    DOCUMENT = ("v", "key")
    WATCH = ("w", "question_id")
    UNWATCH = ("W",)
    PLACE = ("x", "key")
    PLACE_PART = ("y", "key", "attribute")

    @property
    def letter(self) -> str:
        """What its data begin with."""
        return self._value_[0]

    @property
    def carries(self) -> tuple[str, ...]:
        """Names of the values behind the letter."""
        return self._value_[1:]

    def data(self, *values: object) -> str:
        """What a button with these values sends back; Telegram takes 64 bytes of it."""
        return ":".join([self.letter, *map(str, values)])

    @classmethod
    def read(cls, data: str) -> "tuple[Press, list[str]] | None":
        """The press that sent this, and its values; None for data that no button carries."""
        letter, *values = data.split(":")
        press = next((one for one in cls if one.letter == letter), None)
        return (press, values) if press and press.takes(len(values)) else None

    def is_foreign(self, values: list[str], person_id: int, *, alone: bool) -> bool:
        """Whether a button is for somebody else than who pressed it.

        Args:
            values: that it carries.
            person_id: of who pressed it.
            alone: whether nobody else can see it; one that names no owner is then the presser's.
        """
        if OWNER not in self.carries:
            return False
        named = values[len(self.carries) - 1 :]
        return named != [str(person_id)] if named else not alone

    def takes(self, count: int) -> bool:
        """Whether a button carries so many values."""
        needed = sum(not name.endswith("?") for name in self.carries)
        return needed <= count <= len(self.carries)


def button(text: str, press: Press, *values: object) -> Button:
    """A button that sends back a press with these values."""
    return {"text": text, "callback_data": press.data(*values)}


def url_button(text: str, url: str) -> Button:
    """A button that opens an address."""
    return {"text": text, "url": url}
