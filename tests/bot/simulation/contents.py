"""What somebody does, and what Telegram says of files and of who writes in the name of a group."""

from dataclasses import dataclass
from typing import Any

ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
_FILE = {"file_id": "a", "file_unique_id": "b"}
PHOTO: dict[str, Any] = {"photo": [_FILE | {"width": 1, "height": 1}]}
VOICE = {"voice": _FILE | {"duration": 1}}
STICKER = {
    "sticker": _FILE
    | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
}


@dataclass
class Act:
    """Something that somebody did, and the update that tells the bot of it."""

    at: float
    who: int
    chat_id: int
    kind: str
    words: str
    update_id: int
    message_id: int = 0
    album: str = ""
    callback: str = ""
    repeated: bool = False

    @property
    def forgets(self) -> bool:
        """Whether somebody wants to be forgotten: by words, or by a button of his own."""
        return self.words in ("/forget", f"f:1:{self.who}")

    @property
    def is_of_another(self) -> bool:
        """Whether it presses a button that acts on the data of somebody else."""
        owned = self.kind == "press" and self.words.startswith(("f:", "g:"))
        return owned and self.words.rpartition(":")[2] != str(self.who)
