"""The bot's settings: the one place of the bot that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

from hyqa import DEFAULT_ENCODER, ConfigError

TELEGRAM_API = "https://api.telegram.org"
RETENTION_DAYS = 90
"""Long enough to see what the documents lack, short enough for what people ask."""
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_HOURS = re.compile(r"([1-7])-([1-7]) (\d{2}):(\d{2})-(\d{2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the desk is staffed, in Hengyang's time; days are those of ISO, Monday is 1."""

    first_day: int = 1
    last_day: int = 5
    opens: time = time(9)
    closes: time = time(17, 30)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the bot needs to know to run; secrets stay out of every repr."""

    token: str = field(repr=False)
    api_url: str = TELEGRAM_API
    index: str = "index"
    encoder: str = DEFAULT_ENCODER
    database_url: str = field(default="sqlite:///state/bot.sqlite", repr=False)
    retention_days: int = RETENTION_DAYS
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    http_host: str = "127.0.0.1"
    http_port: int = 0
    """Port of health, metrics and webhook; 0 for none."""
    staff: frozenset[int] = frozenset()
    maintainers: frozenset[int] = frozenset()
    """Those who may switch subjects off and read the audit log; all staff where there is none."""
    desk_chat: int = 0
    """The staff's forum group; 0 for none."""
    alarm_chat: int = 0
    """Chat that is told of troubles; 0 for the maintainers, each in private."""
    office_hours: OfficeHours = OfficeHours()
    json_logs: bool = False
    web_url: str = ""
    """Address of the page, without a slash at its end; '' where it has none that people reach."""
    corpus: str = ""
    """Folder of the documents, where maintainers may publish into it; '' where they may not."""
    font: str = ""
    """File of a font with Chinese for posters and charts; '' for the one that comes with the bot."""

    @property
    def base_url(self) -> str:
        """Address that the token and a method's name are appended to."""
        return f"{self.api_url}/bot"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the variables that the deployment page lists.

        Raises:
            ConfigError: The token is missing or an entry is malformed.
        """
        given = {name: value.strip() for name, value in environment.items() if value.strip()}
        webhook = given.get("TELEGRAM_WEBHOOK_URL", "")
        page = given.get("HYQA_WEB_URL", "")
        settings = cls(
            token=_token(given.get("TELEGRAM_TOKEN", "")),
            api_url=_address("TELEGRAM_API_URL", given.get("TELEGRAM_API_URL", TELEGRAM_API)),
            index=given.get("HYQA_INDEX", "index"),
            encoder=given.get("HYQA_ENCODER", DEFAULT_ENCODER),
            database_url=_database_url(given),
            retention_days=_number(given, "HYQA_RETENTION_DAYS", RETENTION_DAYS, 1, 3650),
            webhook_url=_address("TELEGRAM_WEBHOOK_URL", webhook) if webhook else "",
            webhook_secret=given.get("TELEGRAM_WEBHOOK_SECRET", ""),
            http_host=given.get("HYQA_HTTP_HOST", "127.0.0.1"),
            http_port=_number(given, "HYQA_HTTP_PORT", 0, 0, 65535),
            staff=_people(given, "HYQA_STAFF"),
            maintainers=_people(given, "HYQA_MAINTAINERS"),
            desk_chat=_number(given, "HYQA_DESK_CHAT", 0, -(2**52), 0),
            alarm_chat=_number(given, "HYQA_ALARM_CHAT", 0, -(2**52), 2**52),
            office_hours=_office_hours(given.get("HYQA_OFFICE_HOURS", "")),
            corpus=_folder(given, "HYQA_CORPUS"),
            font=_file(given, "HYQA_FONT"),
            web_url=_address("HYQA_WEB_URL", page) if page else "",
            json_logs=given.get("HYQA_LOG_FORMAT", "text") == "json",
        )
        if settings.webhook_url and not (
            settings.http_port and _SECRET.fullmatch(settings.webhook_secret)
        ):
            raise ConfigError(
                "A webhook needs HYQA_HTTP_PORT, and TELEGRAM_WEBHOOK_SECRET"
                " of 16 or more letters, digits, _ and -."
            )
        return settings


def _token(value: str) -> str:
    if not value:
        raise ConfigError("Set TELEGRAM_TOKEN to the token that @BotFather gave you.")
    if not _TOKEN.fullmatch(value):
        raise ConfigError("TELEGRAM_TOKEN is no bot token: one reads like 123456:ABC-def.")
    return value


def _address(name: str, value: str) -> str:
    """Check an address of a server, and take off what would double its slashes."""
    try:
        parts = urlsplit(value)
        host = parts.hostname and (parts.port or True)
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise ConfigError(
            f"{name} is no address of a server: one reads like http://127.0.0.1:8081."
        )
    return value.rstrip("/")


def _database_url(given: Mapping[str, str]) -> str:
    folder = given.get("HYQA_STATE", "state")
    return given.get("HYQA_DATABASE_URL", f"sqlite:///{folder}/bot.sqlite")


def _file(given: Mapping[str, str], name: str) -> str:
    path = given.get(name, "")
    if path and not Path(path).is_file():
        raise ConfigError(f"{name} names no file: {path}")
    return path


def _folder(given: Mapping[str, str], name: str) -> str:
    path = given.get(name, "")
    if path and not Path(path).is_dir():
        raise ConfigError(f"{name} names no folder: {path}")
    return path


def _number(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = given.get(name, str(default))
    if not re.fullmatch(r"-?\d{1,16}", value, re.ASCII) or not low <= int(value) <= high:
        raise ConfigError(f"{name} is to be a whole number from {low} to {high}.")
    return int(value)


def _people(given: Mapping[str, str], name: str) -> frozenset[int]:
    ids = [entry for entry in re.split(r"[,\s]+", given.get(name, "")) if entry]
    if not all(re.fullmatch(r"\d{1,16}", entry, re.ASCII) for entry in ids):
        raise ConfigError(f"{name} lists numbers of Telegram users, such as 1234567,2345678.")
    return frozenset(int(entry) for entry in ids)


def _office_hours(value: str) -> OfficeHours:
    if not value:
        return OfficeHours()
    hours = _hours(value)
    if hours is None or hours.first_day > hours.last_day or hours.opens >= hours.closes:
        raise ConfigError(
            "HYQA_OFFICE_HOURS reads like “1-5 09:00-17:30”: weekdays, Monday being 1, and hours."
        )
    return hours


def _hours(value: str) -> OfficeHours | None:
    match = _HOURS.fullmatch(value)
    if match is None:
        return None
    first, last, *clock = (int(part) for part in match.groups())
    try:
        return OfficeHours(first, last, time(clock[0], clock[1]), time(clock[2], clock[3]))
    except ValueError:  # no such time of day
        return None
