"""What the methods of the Bot API take: names, types and limits of their parameters."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Check = Callable[[Any], Any]
"""Returns the value as it was meant, or raises ``Refused``."""


class Refused(Exception):
    """What Telegram answers with status 400."""


class Field(NamedTuple):
    check: Check
    required: bool = False


Fields = Mapping[str, Field]


def checked(fields: Fields, given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Check values by name; unknown ones and missing ones are refused."""
    unknown = sorted(given.keys() - fields.keys())
    if unknown:
        raise Refused(f"{where}: unknown parameter {unknown[0]}")
    for name, field in fields.items():
        if field.required and given.get(name) in (None, ""):
            raise Refused(f"{where}: {name} is empty")
    return {name: fields[name].check(value) for name, value in given.items()}


def string(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(f"string expected, got {value!r}")
    return value


def integer(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"integer expected, got {value!r}")
    return value


def boolean(value: Any) -> bool:
    known = {"true": True, "false": False, True: True, False: False}
    if not isinstance(value, (str, bool)) or value not in known:
        raise Refused(f"boolean expected, got {value!r}")
    return known[value]


def chat(value: Any) -> int | str:
    return value if isinstance(value, str) and value.startswith("@") else integer(value)


def one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise Refused(f"{value!r} is none of {', '.join(choices)}")
        return string(value)

    return check


def text_of(pattern: str) -> Check:
    def check(value: Any) -> str:
        if not re.fullmatch(pattern, string(value), re.DOTALL):
            raise Refused(f"{value!r} does not fit {pattern}")
        return string(value)

    return check


def unpacked(value: Any) -> Any:
    """Nested values come as JSON inside of a form."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise Refused("can't parse JSON object") from None


def many(check: Check, *, at_most: int = 100) -> Check:
    def check_all(value: Any) -> list[Any]:
        value = unpacked(value)
        if not isinstance(value, list) or len(value) > at_most:
            raise Refused(f"list of at most {at_most} expected, got {value!r}")
        return [check(item) for item in value]

    return check_all


def record(name: str, fields: Fields) -> Check:
    def check(value: Any) -> dict[str, Any]:
        value = unpacked(value)
        if not isinstance(value, dict):
            raise Refused(f"{name} expected, got {value!r}")
        return checked(fields, value, name)

    return check


def callback_data(value: Any) -> str:
    if not 1 <= len(string(value).encode()) <= 64:
        raise Refused("BUTTON_DATA_INVALID")
    return string(value)


def button_url(value: Any) -> str:
    parts = urlsplit(string(value))
    hosted = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    if " " in value or (not hosted and parts.scheme != "tg"):
        raise Refused(f"inline keyboard button URL {value!r} is invalid")
    return string(value)


def button(value: Any) -> dict[str, Any]:
    fields: dict[str, Any] = record("InlineKeyboardButton", _BUTTON)(value)
    if len(fields) != 2:
        raise Refused("a button has a text and exactly one action")
    return fields


_BUTTON = {
    "text": Field(text_of(r".{1,256}"), True),
    "url": Field(button_url),
    "callback_data": Field(callback_data),
}
_ROWS = record("InlineKeyboardMarkup", {"inline_keyboard": Field(many(many(button)), True)})


def _KEYBOARD(value: Any) -> dict[str, Any]:
    keyboard: dict[str, Any] = _ROWS(value)
    rows = keyboard["inline_keyboard"]
    if any(not 1 <= len(row) <= 8 for row in rows) or sum(map(len, rows)) > 100:
        raise Refused("a row has 1 to 8 buttons, a keyboard 100 at most")
    return keyboard


_PREVIEW = record(
    "LinkPreviewOptions",
    {
        "is_disabled": Field(boolean),
        "url": Field(string),
        "prefer_small_media": Field(boolean),
        "prefer_large_media": Field(boolean),
        "show_above_text": Field(boolean),
    },
)
_REPLY = record(
    "ReplyParameters",
    {
        "message_id": Field(integer, True),
        "chat_id": Field(chat),
        "allow_sending_without_reply": Field(boolean),
        "quote": Field(string),
        "quote_parse_mode": Field(string),
    },
)
_COMMAND = record(
    "BotCommand",
    {
        "command": Field(text_of(r"[a-z0-9_]{1,32}"), True),
        "description": Field(text_of(r".{1,256}"), True),
    },
)
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat")
_ACTIONS = ("typing", "upload_photo", "upload_document", "choose_sticker", "find_location")
_PLACE = {"type": Field(string, True), "offset": Field(integer), "length": Field(integer, True)}
_OF_KIND = {name: Field(unpacked) for name in ("url", "user", "language", "custom_emoji_id")}
_ENTITIES = Field(many(record("MessageEntity", _PLACE | _OF_KIND)))
_TOPIC = {"chat_id": Field(chat, True), "message_thread_id": Field(integer, True)}
_REACTION = {"type": Field(one_of("emoji"), True), "emoji": Field(string, True)}
_TEXT: dict[str, Field] = {
    "text": Field(string, True),
    "parse_mode": Field(one_of("HTML")),
    "link_preview_options": Field(_PREVIEW),
    "reply_markup": Field(_KEYBOARD),
}

_CONTENT = record(
    "InputTextMessageContent",
    {
        "message_text": Field(text_of(r".{1,4096}"), True),
        "parse_mode": Field(one_of("HTML")),
        "link_preview_options": Field(_PREVIEW),
    },
)
_ARTICLE = record(
    "InlineQueryResultArticle",
    {
        "type": Field(one_of("article"), True),
        "id": Field(text_of(r".{1,64}"), True),
        "title": Field(string, True),
        "description": Field(string),
        "input_message_content": Field(_CONTENT, True),
        "reply_markup": Field(_KEYBOARD),
    },
)
_INLINE_BUTTON = record(
    "InlineQueryResultsButton",
    {"text": Field(string, True), "start_parameter": Field(text_of(r"[A-Za-z0-9_-]{1,64}"), True)},
)
_SCOPE = record("BotCommandScope", {"type": Field(one_of(*_SCOPES), True), "chat_id": Field(chat)})
_FILE: dict[str, Field] = {
    "chat_id": Field(chat, True),
    "message_thread_id": Field(integer),
    "caption": Field(text_of(r".{0,1024}")),
    "parse_mode": Field(one_of("HTML")),
}

METHODS: dict[str, Fields] = {
    "getMe": {},
    "getUpdates": {
        "offset": Field(integer),
        "limit": Field(integer),
        "timeout": Field(integer),
        "allowed_updates": Field(many(string)),
    },
    "setWebhook": {
        "url": Field(text_of(r"https://.+"), True),
        "secret_token": Field(text_of(r"[A-Za-z0-9_-]{1,256}")),
        "allowed_updates": Field(many(string)),
    },
    "setMyDescription": {
        "description": Field(text_of(r".{0,512}")),
        "language_code": Field(text_of(r"([a-z]{2})?")),
    },
    "setMyShortDescription": {
        "short_description": Field(text_of(r".{0,120}")),
        "language_code": Field(text_of(r"([a-z]{2})?")),
    },
    "setChatMenuButton": {
        "chat_id": Field(integer),
        "menu_button": Field(record("MenuButton", {"type": Field(one_of("commands", "default"))})),
    },
    "sendPhoto": _FILE | {"photo": Field(string, True)},
    "sendDocument": _FILE | {"document": Field(string, True)},
    "copyMessage": {
        "chat_id": Field(chat, True),
        "from_chat_id": Field(chat, True),
        "message_id": Field(integer, True),
        "message_thread_id": Field(integer),
        "reply_markup": Field(_KEYBOARD),
        "reply_parameters": Field(_REPLY),
    },
    "setMessageReaction": {
        "chat_id": Field(chat, True),
        "message_id": Field(integer, True),
        "reaction": Field(many(record("ReactionType", _REACTION), at_most=1), True),
    },
    "getChatMember": {"chat_id": Field(chat, True), "user_id": Field(integer, True)},
    "deleteMessage": {"chat_id": Field(chat, True), "message_id": Field(integer, True)},
    "createForumTopic": {"chat_id": Field(chat, True), "name": Field(text_of(r".{1,128}"), True)},
    "getFile": {"file_id": Field(string, True)},
    "closeForumTopic": _TOPIC,
    "reopenForumTopic": _TOPIC,
    "answerInlineQuery": {
        "inline_query_id": Field(string, True),
        "results": Field(many(_ARTICLE, at_most=50), True),
        "cache_time": Field(integer),
        "is_personal": Field(boolean),
        "next_offset": Field(string),
        "button": Field(_INLINE_BUTTON),
    },
    "deleteWebhook": {"drop_pending_updates": Field(boolean)},
    "setMyCommands": {
        "commands": Field(many(_COMMAND), True),
        "scope": Field(_SCOPE),
        "language_code": Field(text_of(r"([a-z]{2})?")),
    },
    "sendMessage": _TEXT
    | {
        "chat_id": Field(chat, True),
        "message_thread_id": Field(integer),
        "disable_notification": Field(boolean),
        "protect_content": Field(boolean),
        "reply_parameters": Field(_REPLY),
    },
    "editMessageText": _TEXT
    | {"chat_id": Field(chat, True), "message_id": Field(integer, True), "entities": _ENTITIES},
    "sendChatAction": {
        "chat_id": Field(chat, True),
        "message_thread_id": Field(integer),
        "action": Field(one_of(*_ACTIONS), True),
    },
    "answerCallbackQuery": {
        "callback_query_id": Field(string, True),
        "text": Field(text_of(r".{0,200}")),
        "show_alert": Field(boolean),
        "url": Field(string),
        "cache_time": Field(integer),
    },
}
