"""The stand-in refuses what Telegram refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from people import Person

from standin.server import TOKEN, TelegramServer


@pytest.fixture
async def client(server: TelegramServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{server.url}/bot{TOKEN}/", verify=False) as client:
        yield client


async def call(client: httpx.AsyncClient, method: str, **given: Any) -> tuple[int, Any]:
    response = await client.post(method, json=given)
    answer = response.json()
    assert answer["ok"] == (response.status_code == 200)
    return response.status_code, answer.get("result", answer.get("description"))


async def test_a_wrong_token_is_refused(server: TelegramServer) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{server.url}/bot1:x/getMe")).status_code == 401


async def test_an_unknown_method_is_refused(client: httpx.AsyncClient) -> None:
    assert (await call(client, "getStickerSet", name="x"))[0] == 404


async def test_forms_json_and_multipart_are_read(
    client: httpx.AsyncClient, server: TelegramServer
) -> None:
    fields = {"chat_id": "1", "text": "é", "link_preview_options": '{"is_disabled": true}'}
    await client.post("sendMessage", data=fields)
    await client.post("sendMessage", json={"chat_id": 1, "text": "é"})
    await client.post("sendMessage", files={name: (None, text) for name, text in fields.items()})
    assert [sent.seen.text for sent in server.sent] == ["é"] * 3
    assert [sent.chat_id for sent in server.sent] == [1] * 3


BUTTON = {"text": "x", "callback_data": "y"}


@pytest.mark.parametrize(
    "given",
    [
        {"text": "x"},
        {"chat_id": 1},
        {"chat_id": 1, "text": ""},
        {"chat_id": 1, "text": " \n"},
        {"chat_id": 1, "text": 5},
        {"chat_id": "one", "text": "x"},
        {"chat_id": True, "text": "x"},
        {"chat_id": 1, "text": "x", "disable_web_page_preview": True},
        {"chat_id": 1, "text": "x", "disable_notification": "yes"},
        {"chat_id": 1, "text": "x", "parse_mode": "XML"},
        {"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"},
        {"chat_id": 1, "text": "<b></b>", "parse_mode": "HTML"},
        {"chat_id": 1, "text": "x" * 4097},
        {"chat_id": 1, "text": "😀" * 2049},
        {"chat_id": 1, "text": "&lt;" * 4097, "parse_mode": "HTML"},
        {"chat_id": 1, "text": "x", "link_preview_options": {"disabled": True}},
        {"chat_id": 1, "text": "x", "link_preview_options": "{"},
        {"chat_id": 1, "text": "x", "reply_parameters": {}},
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [BUTTON]}},
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[BUTTON | {"callback_data": "语" * 22}]]},
        },
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "javascript:x"}]]},
        },
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "http://local"}]]},
        },
    ],
    ids=lambda given: json.dumps(given)[:60],
)
async def test_bad_messages_are_refused(
    client: httpx.AsyncClient, server: TelegramServer, given: dict[str, Any]
) -> None:
    assert (await call(client, "sendMessage", **given))[0] == 400
    assert server.sent == []


@pytest.mark.parametrize(
    "given",
    [
        {"chat_id": 1, "text": "x" * 4096},
        {"chat_id": 1, "text": "&lt;" * 4096, "parse_mode": "HTML"},
        {"chat_id": 1, "text": "😀" * 2048},
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[BUTTON]]}},
        {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "https://a.org"}]]},
        },
    ],
    ids=lambda given: json.dumps(given)[:60],
)
async def test_good_messages_are_taken(client: httpx.AsyncClient, given: dict[str, Any]) -> None:
    assert (await call(client, "sendMessage", **given))[0] == 200


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("sendChatAction", {"chat_id": 1, "action": "thinking"}),
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        ("setMyCommands", {"commands": [], "language_code": "zh-hans"}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}),
        ("editMessageText", {"chat_id": 1, "text": "x"}),
        ("getUpdates", {"timeout": "long"}),
    ],
)
async def test_other_bad_calls_are_refused(
    client: httpx.AsyncClient, method: str, given: dict[str, Any]
) -> None:
    assert (await call(client, method, **given))[0] == 400


async def test_updates_are_handed_out_until_confirmed(
    client: httpx.AsyncClient, english: Person
) -> None:
    assert await call(client, "getUpdates", timeout=1) == (200, [])
    waiting = asyncio.create_task(call(client, "getUpdates", timeout=10))
    await english.say("hello")
    _, [update] = await waiting
    assert update["message"]["text"] == "hello"
    assert (await call(client, "getUpdates"))[1] == [update]
    assert (await call(client, "getUpdates", offset=update["update_id"] + 1))[1] == []


async def test_updates_of_other_kinds_are_kept_back(
    client: httpx.AsyncClient, english: Person
) -> None:
    await english.say("hello", kind="edited_message")
    assert (await call(client, "getUpdates", allowed_updates=["message"]))[1] == []


async def test_messages_in_quick_succession_are_refused_when_asked(
    client: httpx.AsyncClient, server: TelegramServer
) -> None:
    server.paced = True
    assert (await call(client, "sendMessage", chat_id=1, text="x"))[0] == 200
    assert (await call(client, "sendMessage", chat_id=2, text="x"))[0] == 200
    response = await client.post("sendMessage", json={"chat_id": 1, "text": "x"})
    assert (response.status_code, response.json()["parameters"]) == (429, {"retry_after": 1})


async def test_a_stopped_server_comes_back_at_its_address(
    client: httpx.AsyncClient, server: TelegramServer
) -> None:
    assert (await call(client, "getMe"))[0] == 200
    await server.stop()
    with pytest.raises(httpx.TransportError):
        await client.get("getMe")
    await server.start()
    assert (await call(client, "getMe"))[0] == 200
