"""The bot's settings: the one place of the bot that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hyqa import DEFAULT_ENCODER, ConfigError

TELEGRAM_API = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the bot needs to know to run; the token stays out of every repr."""

    token: str = field(repr=False)
    api_url: str = TELEGRAM_API
    index: str = "index"
    encoder: str = DEFAULT_ENCODER

    @property
    def base_url(self) -> str:
        """Address that the token and a method's name are appended to."""
        return f"{self.api_url}/bot"

    @property
    def base_file_url(self) -> str:
        """Address that the token and a file's path are appended to."""
        return f"{self.api_url}/file/bot"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read ``TELEGRAM_TOKEN``, ``TELEGRAM_API_URL``, ``HYQA_INDEX`` and ``HYQA_ENCODER``.

        Raises:
            ConfigError: The token is missing or an entry is malformed.
        """
        return cls(
            token=_token(environment.get("TELEGRAM_TOKEN", "").strip()),
            api_url=_api_url(environment.get("TELEGRAM_API_URL", "").strip() or TELEGRAM_API),
            index=environment.get("HYQA_INDEX", "").strip() or "index",
            encoder=environment.get("HYQA_ENCODER", "").strip() or DEFAULT_ENCODER,
        )


def _token(value: str) -> str:
    if not value:
        raise ConfigError("Set TELEGRAM_TOKEN to the token that @BotFather gave you.")
    if not _TOKEN.fullmatch(value):
        raise ConfigError("TELEGRAM_TOKEN is no bot token: one reads like 123456:ABC-def.")
    return value


def _api_url(value: str) -> str:
    """Check an address of a Bot API server, and take off what would double its slashes."""
    try:
        parts = urlsplit(value)
        host = parts.hostname and (parts.port or True)
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise ConfigError(
            "TELEGRAM_API_URL is no address of a server: one reads like http://127.0.0.1:8081."
        )
    return value.rstrip("/")
