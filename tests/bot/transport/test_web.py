"""Updates by webhook, health and metrics."""

import httpx
from corpus import QUESTION
from people import Person
from running import Running
from standin.server import TelegramServer


async def test_updates_come_by_webhook_when_the_secret_is_right(
    running: Running, server: TelegramServer, chinese: Person, free_port: int
) -> None:
    settings = {
        "webhook_url": "https://bot.example.org",
        "webhook_secret": "a-secret-of-letters",
        "http_port": free_port,
    }
    async with running(**settings) as application, httpx.AsyncClient() as client:
        url = f"http://127.0.0.1:{application.port}"
        update = {"update_id": 1, "message": chinese.message(text=QUESTION)}
        right = {"X-Telegram-Bot-Api-Secret-Token": "a-secret-of-letters"}
        wrong = {"X-Telegram-Bot-Api-Secret-Token": "another"}
        for headers in ({}, wrong):
            refused = await client.post(f"{url}/telegram", json=update, headers=headers)
            assert refused.status_code == 403
        broken = await client.post(f"{url}/telegram", content=b"{", headers=right)
        assert broken.status_code == 400
        for _ in range(2):
            taken = await client.post(f"{url}/telegram", json=update, headers=right)
            assert taken.status_code == 200
        [sent] = await server.wait_sent(1)
        assert sent.seen.quotes
        health = await client.get(f"{url}/health")
        assert (health.status_code, health.json()["ok"]) == (200, True)
        metrics = (await client.get(f"{url}/metrics")).text
    assert 'hyqa_answers_total{status="answered"} 1.0' in metrics
    assert len(server.sent) == 1
    assert server.called("getUpdates") == []
    [hook] = server.called("setWebhook")
    assert hook.parameters["url"] == "https://bot.example.org/telegram"


async def test_health_is_told_while_polling(running: Running, free_port: int) -> None:
    async with running(http_port=free_port) as application, httpx.AsyncClient() as client:
        found = await client.get(f"http://127.0.0.1:{application.port}/health")
        missing = await client.post(f"http://127.0.0.1:{application.port}/telegram", json={})
    assert found.json().items() >= {"ok": True, "documents": 4}.items()
    assert found.json()["parts"].keys() == {"poll", "send", "database", "index"}
    assert missing.status_code == 404
