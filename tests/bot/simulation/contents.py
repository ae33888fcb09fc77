"""What Telegram says of files, and of who writes in the name of a group."""

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
