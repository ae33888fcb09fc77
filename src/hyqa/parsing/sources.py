"""Reading ``sources.toml``: metadata of files that cannot carry their own."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from hyqa.errors import ConfigError

SOURCES = "sources.toml"

Listed = Mapping[str, Mapping[str, object]]


def read_sources(folder: Path) -> Listed:
    """Returns the fields of each file, by its path in the folder; nothing without the file.

    Raises:
        ConfigError: It cannot be read. Without it, digests would pass for official texts.
    """
    path = folder / SOURCES
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    wrong = next((name for name, table in tables.items() if not isinstance(table, dict)), None)
    if wrong is not None:
        raise ConfigError(f'{path}: {wrong} is no table; write ["folder/file.pdf"] above fields')
    return tables
