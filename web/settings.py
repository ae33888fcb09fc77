"""The page's settings: the one place of it that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hyqa import DEFAULT_ENCODER, ConfigError

RETENTION_DAYS = 90
"""As the bot's: long enough to see what the documents lack, short enough for what people ask."""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]]+):(\d{1,5})")
_HOST = re.compile(r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+")
_SITE = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::\d{1,5})?")
_PROXY = re.compile(r"[0-9A-Fa-f:.]+(?:/\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the page needs to know to run; secrets stay out of every repr."""

    host: str = "127.0.0.1"
    port: int = 8080
    url: str = ""
    """Public address, without a slash at its end; '' where none is configured."""
    hosts: frozenset[str] = frozenset(LOCAL_HOSTS)
    """Names that it answers to, without ports."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of reverse proxies whose word for a visitor's address is taken."""
    index: str = "index"
    encoder: str = DEFAULT_ENCODER
    originals: str = "originals"
    """Folder of originals as they came, which need not be there."""
    database_url: str = field(default="sqlite:///state/bot.sqlite", repr=False)
    retention_days: int = RETENTION_DAYS
    json_logs: bool = False
    telegram: str = ""
    """Name of the bot, without its @; '' where people are not to be led there."""
    frames: tuple[str, ...] = ()
    """Sites that may show the chat in a frame."""
    has_desk: bool = False
    """Whether staff answer behind the bot."""

    @property
    def is_secure(self) -> bool:
        """Whether visitors come by https, so that the cookie goes no other way."""
        return self.url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the variables that docs/web.md lists.

        Raises:
            ConfigError: an entry is malformed.
        """
        given = {name: value.strip() for name, value in environment.items() if value.strip()}
        host, port = _listen(given.get("HYQA_WEB_LISTEN", "127.0.0.1:8080"))
        url = _address(given.get("HYQA_WEB_URL", ""))
        folder = given.get("HYQA_STATE", "state")
        return cls(
            host=host,
            port=port,
            url=url,
            hosts=_hosts(given.get("HYQA_WEB_HOSTS", ""), url),
            proxies=_proxies(given.get("HYQA_WEB_PROXIES", "")),
            index=given.get("HYQA_INDEX", "index"),
            originals=given.get("HYQA_ORIGINALS", "originals"),
            encoder=given.get("HYQA_ENCODER", DEFAULT_ENCODER),
            database_url=given.get("HYQA_DATABASE_URL", f"sqlite:///{folder}/bot.sqlite"),
            retention_days=_days(given.get("HYQA_RETENTION_DAYS", str(RETENTION_DAYS))),
            frames=_frames(given.get("HYQA_WEB_FRAMES", "")),
            telegram=_bot(given.get("HYQA_WEB_TELEGRAM", "")),
            has_desk=given.get("HYQA_DESK_CHAT", "0") != "0",
            json_logs=given.get("HYQA_LOG_FORMAT", "text") == "json",
        )


def host_of(header: str) -> str:
    """The name in a ``Host`` header, without its port; '' where it is no name."""
    match = re.fullmatch(rf"({_HOST.pattern})(?::\d{{1,5}})?", header)
    return match[1].lower().rstrip(".") if match else ""


def _listen(value: str) -> tuple[str, int]:
    match = _LISTEN.fullmatch(value)
    if match is None or int(match[2]) > 65535:
        raise ConfigError("HYQA_WEB_LISTEN reads like 127.0.0.1:8080: an address and a port.")
    return match[1].strip("[]"), int(match[2])


def _address(value: str) -> str:
    """Check the public address: the page is at the root of it."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host = parts.hostname and (parts.port or True)
    except ValueError:
        host = None
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    if not host or parts.scheme not in ("http", "https") or not plain or not value.isprintable():
        raise ConfigError(
            "HYQA_WEB_URL is no address of a page: one reads like https://invest.example.org."
        )
    return value.rstrip("/")


def _hosts(value: str, url: str) -> frozenset[str]:
    names = [name for name in re.split(r"[,\s]+", value) if name]
    if not all(_HOST.fullmatch(name) for name in names):
        raise ConfigError("HYQA_WEB_HOSTS lists names without ports, such as a.example,b.example.")
    own = [host_of(urlsplit(url).netloc)] if url else []
    return frozenset(name.lower() for name in (*names, *own, *LOCAL_HOSTS) if name)


def _frames(value: str) -> tuple[str, ...]:
    sites = tuple(entry.rstrip("/") for entry in re.split(r"[,\s]+", value) if entry)
    if not all(_SITE.fullmatch(site) for site in sites):
        raise ConfigError("HYQA_WEB_FRAMES lists sites, such as https://www.example.org.")
    return sites


def _bot(value: str) -> str:
    name = value.removeprefix("@")
    if name and not re.fullmatch(r"[A-Za-z]\w{3,31}", name, re.ASCII):
        raise ConfigError("HYQA_WEB_TELEGRAM is to be the bot's name, such as hengyang_bot.")
    return name


def _proxies(value: str) -> tuple[str, ...]:
    entries = tuple(entry for entry in re.split(r"[,\s]+", value) if entry)
    if not all(_PROXY.fullmatch(entry) for entry in entries):
        raise ConfigError("HYQA_WEB_PROXIES lists addresses or networks, such as 172.16.0.0/12.")
    return entries


def _days(value: str) -> int:
    if not re.fullmatch(r"\d{1,4}", value, re.ASCII) or not 1 <= int(value) <= 3650:
        raise ConfigError("HYQA_RETENTION_DAYS is to be a whole number from 1 to 3650.")
    return int(value)
