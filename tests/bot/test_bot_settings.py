"""Settings are read once and checked; the token is never shown."""

import io
import logging
from collections.abc import Iterator

import pytest
from telegram_server import TOKEN

from bot import logs
from bot.settings import Settings
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
        }
    )
    assert settings.base_url == "http://127.0.0.1:8081/bot"
    assert settings.base_file_url == "http://127.0.0.1:8081/file/bot"
    assert settings.index == "/srv/index"


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


def test_requests_are_not_logged_with_their_addresses(written: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("httpcore.http11").info("HTTP Request")
    assert written.getvalue() == ""
