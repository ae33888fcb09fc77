"""Settings: the one place of the library that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from hyqa.errors import ConfigError

_MOST_THREADS = 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ``hyqa`` command assumes where no option says otherwise.

    ``encoder`` is empty where the library's default is meant.
    """

    corpus: Path = Path("docs_corpus")
    index: Path = Path("index")
    encoder: str = ""
    cache: Path = field(default_factory=lambda: user_cache_path("hyqa", appauthor=False))
    """Folder for what can be made again: the bundled model as cast here, vectors of passages."""
    threads: int = 0
    """How many threads encode; 0 for one a core."""
    colours: bool = True
    """Whether a terminal may be given colours, see https://no-color.org."""
    debug: bool = False
    """Whether an error of hyqa's own shows its traceback."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables; an empty value counts as none.

        They are ``HYQA_CORPUS``, ``HYQA_INDEX``, ``HYQA_ENCODER``, ``HYQA_CACHE``,
        ``HYQA_THREADS``, ``HYQA_DEBUG`` and ``NO_COLOR``.

        Raises:
            ConfigError: when the number of threads is none.
        """

        def read(name: str) -> str:
            return environment.get(name, "").strip()

        return cls(
            corpus=Path(read("HYQA_CORPUS") or cls().corpus),
            index=Path(read("HYQA_INDEX") or cls().index),
            encoder=read("HYQA_ENCODER"),
            cache=Path(read("HYQA_CACHE") or cls().cache),
            threads=_count("HYQA_THREADS", read("HYQA_THREADS") or "0"),
            colours=not read("NO_COLOR"),
            debug=bool(read("HYQA_DEBUG")),
        )


def _count(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= _MOST_THREADS):
        raise ConfigError(
            f"{name} must be a whole number from 0 to {_MOST_THREADS}, not {value!r}."
        )
    return int(value)
