"""Settings: the one place of the library that reads the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from hyqa.types.errors import ConfigError

# onnxruntime reports its use home unless it is told not to before it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

_MOST_THREADS = 1024
_MOST_SECONDS = 86_400
_MOST_MEGABYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; a process that takes more is ended, and the file left out.

    Where the system cannot limit memory, as on Windows, only the time is.
    """

    seconds: int = 180
    """Official documents of some hundred pages take 20 seconds, the longest that is read at all,
    3000 pages of text, some 150."""
    megabytes: int = 2048
    """Memory of the process, libraries included: a web page of 10 MB takes some 500 as a tree.
    As many processes run as there are cores."""
    readers: int = 0
    """How many files are read at a time; 0 for one a core."""


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """A language model that phrases summaries: an OpenAI-compatible address, its model and key."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def completions(self) -> str:
        """The address that is asked."""
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ``hyqa`` command assumes where no option says otherwise.

    ``encoder`` is empty where the library's default is meant.
    """

    corpus: Path = Path("docs_corpus")
    index: Path = Path("index")
    encoder: str = ""
    reranker: str = ""
    """A CrossEncoder that reads the best hits along, by name or path; '' for none."""
    reads_closely: bool = True
    """Whether the encoder's pair reader reads the likeliest passages: righter, and half as fast."""
    cache: Path = field(default_factory=lambda: user_cache_path("hyqa", appauthor=False))
    """Folder for what can be made again: the bundled model as cast here, vectors of passages."""
    originals: Path = Path("originals")
    """Folder of originals that were fetched, outside the corpus."""
    fetch_allowed: frozenset[tuple[str, int]] = frozenset()
    """Numeric addresses with ports that may be fetched from although they are not public."""
    threads: int = 0
    """How many threads encode; 0 for one a core."""
    limits: Limits = Limits()
    writer: WriterSettings | None = None
    """Phrases summaries above the quotes; none by default."""
    colours: bool = True
    """Whether a terminal may be given colours, see https://no-color.org."""
    debug: bool = False
    """Whether an error of hyqa's own shows its traceback."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables; an empty value counts as none.

        They are ``HYQA_CORPUS``, ``HYQA_INDEX``, ``HYQA_ENCODER``, ``HYQA_RERANKER``,
        ``HYQA_READER``, ``HYQA_CACHE``, ``HYQA_ORIGINALS``, ``HYQA_FETCH_ALLOW``, ``HYQA_THREADS``, ``HYQA_READERS``, ``HYQA_FILE_SECONDS``, ``HYQA_FILE_MEGABYTES``,
        ``HYQA_WRITER_URL``, ``HYQA_WRITER_MODEL``, ``HYQA_WRITER_KEY``, ``HYQA_DEBUG`` and ``NO_COLOR``.

        Raises:
            ConfigError: when a number is none, or the writer's address none that may be asked.
        """

        def read(name: str) -> str:
            return environment.get(name, "").strip()

        return cls(
            corpus=Path(read("HYQA_CORPUS") or cls().corpus),
            index=Path(read("HYQA_INDEX") or cls().index),
            encoder=read("HYQA_ENCODER"),
            reranker=read("HYQA_RERANKER"),
            reads_closely=_switch("HYQA_READER", read("HYQA_READER") or "on"),
            cache=Path(read("HYQA_CACHE") or cls().cache),
            originals=Path(read("HYQA_ORIGINALS") or cls().originals),
            fetch_allowed=_places(read("HYQA_FETCH_ALLOW")),
            threads=_count("HYQA_THREADS", read("HYQA_THREADS") or "0"),
            limits=_limits(read),
            writer=_writer(read),
            colours=not read("NO_COLOR"),
            debug=bool(read("HYQA_DEBUG")),
        )


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise ConfigError(f"{name} is on or off, not {value!r}.")
    return value == "on"


def _limits(read: Callable[[str], str]) -> Limits:
    usual = Limits()
    seconds = read("HYQA_FILE_SECONDS") or str(usual.seconds)
    megabytes = read("HYQA_FILE_MEGABYTES") or str(usual.megabytes)
    return Limits(
        _count("HYQA_FILE_SECONDS", seconds, 1, _MOST_SECONDS),
        _count("HYQA_FILE_MEGABYTES", megabytes, 1, _MOST_MEGABYTES),
        _count("HYQA_READERS", read("HYQA_READERS") or "0"),
    )


def _writer(read: Callable[[str], str]) -> WriterSettings | None:
    url, model = read("HYQA_WRITER_URL"), read("HYQA_WRITER_MODEL")
    if not url:
        return None
    if not _is_private(url):
        raise ConfigError(
            "HYQA_WRITER_URL must begin with https://, or name this machine: quotes and questions"
            " are sent there."
        )
    if not model:
        raise ConfigError("HYQA_WRITER_URL is set: name the model in HYQA_WRITER_MODEL, too.")
    return WriterSettings(url, model, read("HYQA_WRITER_KEY"))


def _is_private(url: str) -> bool:
    """Whether what is sent to an address cannot be read on the way."""
    try:
        parsed = urlsplit(url)
        host = parsed.hostname or ""
        here = host == "localhost" or (
            (host[:1].isdigit() or ":" in host) and ip_address(host).is_loopback
        )
    except ValueError:
        return False
    return bool(host) and (parsed.scheme == "https" or (parsed.scheme == "http" and here))


def _places(value: str) -> frozenset[tuple[str, int]]:
    """Read numeric addresses with ports, as in ``127.0.0.1:8080 [::1]:8080``."""
    try:
        parts = [urlsplit(f"//{one}") for one in value.split()]
        return frozenset((str(ip_address(one.hostname or "")), one.port or 0) for one in parts)
    except ValueError as error:
        raise ConfigError(
            "HYQA_FETCH_ALLOW names numeric addresses with their ports, such as 127.0.0.1:8080."
        ) from error


def _count(name: str, value: str, least: int = 0, most: int = _MOST_THREADS) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 9 and least <= int(value) <= most):
        raise ConfigError(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def cores() -> int:
    """Cores that this process may use, as far as the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
