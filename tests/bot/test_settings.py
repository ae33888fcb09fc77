"""Settings are read once and checked; the token is never shown."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import time

import pytest
from standin.server import TOKEN

from bot import logs
from bot.settings import OfficeHours, Settings
from hyqa import ConfigError


def test_defaults() -> None:
    settings = Settings.from_environment({"TELEGRAM_TOKEN": f" {TOKEN}\n"})
    assert settings == Settings(TOKEN, "https://api.telegram.org", "index")
    assert settings.base_url == "https://api.telegram.org/bot"


def test_all_settings() -> None:
    settings = Settings.from_environment(
        {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "HYQA_INDEX": "/srv/index",
            "HYQA_STATE": "/srv/state",
            "HYQA_STAFF": "1, 22",
            "HYQA_DESK_CHAT": "-1001",
            "HYQA_OFFICE_HOURS": "1-6 08:30-18:00",
            "HYQA_RETENTION_DAYS": "30",
            "HYQA_HTTP_PORT": "8080",
            "HYQA_FONT": __file__,
        }
    )
    assert settings.database_url == "sqlite:////srv/state/bot.sqlite"
    assert (settings.staff, settings.desk_chat) == (frozenset({1, 22}), -1001)
    assert settings.office_hours == OfficeHours(1, 6, time(8, 30), time(18))
    assert (settings.retention_days, settings.http_port) == (30, 8080)
    assert settings.base_url == "http://127.0.0.1:8081/bot"
    assert (settings.index, settings.font) == ("/srv/index", __file__)


@pytest.mark.parametrize("token", ["", "  ", "secret", f"{TOKEN}/x", "12:short", TOKEN[7:]])
def test_a_bad_token_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Settings.from_environment({"TELEGRAM_TOKEN": token})
    assert "TELEGRAM_TOKEN" in str(caught.value)
    assert not token.strip() or token.strip() not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["telegram.org", "ftp://a.org", "http://", "http://a:b", "http://["]
)
def test_a_bad_address_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="TELEGRAM_API_URL"):
        Settings.from_environment({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": url})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HYQA_STAFF", "Li"),
        ("HYQA_DESK_CHAT", "12"),
        ("HYQA_OFFICE_HOURS", "9-5"),
        ("HYQA_OFFICE_HOURS", "5-1 09:00-17:00"),
        ("HYQA_OFFICE_HOURS", "1-5 09:00-24:30"),
        ("HYQA_RETENTION_DAYS", "0"),
        ("HYQA_HTTP_PORT", "http"),
        ("HYQA_FONT", "/nowhere/font.ttf"),
        ("TELEGRAM_WEBHOOK_URL", "bot.example.org"),
    ],
)
def test_a_bad_entry_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Settings.from_environment({"TELEGRAM_TOKEN": TOKEN, name: value})


def test_a_webhook_needs_a_secret_and_a_port() -> None:
    given = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "https://bot.example.org"}
    for more in ({}, {"HYQA_HTTP_PORT": "80"}, {"TELEGRAM_WEBHOOK_SECRET": "s" * 20}):
        with pytest.raises(ConfigError, match="TELEGRAM_WEBHOOK_SECRET"):
            Settings.from_environment(given | more)


def test_secrets_are_not_in_the_repr() -> None:
    url = "postgresql://bot:hidden@db/bot"
    settings = Settings(TOKEN, database_url=url, webhook_secret="s" * 20)
    assert "hidden" not in repr(settings)
    assert "ssss" not in repr(settings)


def test_the_token_is_not_in_the_repr() -> None:
    assert TOKEN not in repr(Settings(TOKEN))


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the bot's log says."""
    root, stream = logging.getLogger(), io.StringIO()
    level = root.level
    handler = logs.configure(TOKEN, stream=stream)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(False)


def test_the_log_redacts_messages_arguments_and_tracebacks(written: io.StringIO) -> None:
    log = logging.getLogger("test")
    log.info("token %s", TOKEN.replace(":", "%3A"))
    log.info(f"https://api.telegram.org/bot{TOKEN}/getMe", stack_info=True)
    try:
        raise RuntimeError(TOKEN) from ValueError(f"cause {TOKEN}")
    except RuntimeError:
        log.exception("failed")
    assert TOKEN.partition(":")[2] not in written.getvalue()
    assert written.getvalue().count(logs.REDACTED) == 4
    assert "Traceback" in written.getvalue()


def test_a_log_of_json_has_one_object_a_line(written: io.StringIO) -> None:
    stream = io.StringIO()
    handler = logs.configure(TOKEN, stream=stream, as_json=True)
    try:
        logging.getLogger("test").warning("two\nlines of %s", TOKEN)
    finally:
        logging.getLogger().removeHandler(handler)
    [line] = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"]) == ("WARNING", "test")
    assert entry["message"] == f"two\nlines of 123456:{logs.REDACTED}"


def test_requests_are_not_logged_with_their_addresses(written: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("httpcore.http11").info("HTTP Request")
    assert written.getvalue() == ""
