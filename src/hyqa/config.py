"""Settings: the one place of the library that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ``hyqa`` command assumes where no option says otherwise.

    ``encoder`` is empty where the library's default is meant.
    """

    corpus: Path = Path("docs_corpus")
    index: Path = Path("index")
    encoder: str = ""
    colours: bool = True
    """Whether a terminal may be given colours, see https://no-color.org."""
    debug: bool = False
    """Whether an error of hyqa's own shows its traceback."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read ``HYQA_CORPUS``, ``HYQA_INDEX``, ``HYQA_ENCODER``, ``HYQA_DEBUG``, ``NO_COLOR``.

        An empty value counts as none.
        """

        def read(name: str) -> str:
            return environment.get(name, "").strip()

        return cls(
            corpus=Path(read("HYQA_CORPUS") or cls().corpus),
            index=Path(read("HYQA_INDEX") or cls().index),
            encoder=read("HYQA_ENCODER"),
            colours=not read("NO_COLOR"),
            debug=bool(read("HYQA_DEBUG")),
        )
