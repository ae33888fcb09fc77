"""The addresses of a corpus's originals: ``originals.toml``.

A table for each, whose key is the name under which its versions are kept::

    ["incentives/park-measures"]
    url = "https://www.example.gov.cn/a/b.html"
    publisher = "衡阳市人民政府"
    subject = "产业园区高质量发展实施意见"
    every = 30
    reprint = false
    original_of = ["incentives/park-measures.md", "incentives/park-measures-en.md"]
"""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from hyqa.maintenance.sources.net.guarding import check_address
from hyqa.types.errors import ConfigError, FetchError

ORIGINALS = "originals.toml"
"""Name of the file, at the top of a corpus's folder."""
MONTH = 30
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}(?:/[a-z0-9][a-z0-9_.-]{0,99}){0,3}")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An address and what is there.

    ``every`` are the days after which it is looked at again. ``original_of`` are the ids of the
    digests whose source it is; ``reprint`` says that it is not its publisher's own site.
    """

    name: str = ""
    url: str
    publisher: str = ""
    subject: str = ""
    every: int = MONTH
    reprint: bool = False
    original_of: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(self.url).hostname or ""


def read_listing(corpus: Path) -> tuple[Source, ...]:
    """Read the addresses of a corpus's originals, in their order; none without the file.

    Raises:
        ConfigError: The file is there and cannot be read, or an entry is wrong.
    """
    path = corpus / ORIGINALS
    if not path.is_file():
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    return tuple(_source(path, name, table) for name, table in tables.items())


def _source(path: Path, name: str, table: object) -> Source:
    if not _NAME.fullmatch(name) or ".." in name:
        raise ConfigError(f"{path}: {name!r} is no name: use small letters, digits, - and /.")
    try:
        source = msgspec.structs.replace(msgspec.convert(table, Source), name=name)
        check_address(source.url, frozenset({_place(source.url)}))
    except (msgspec.ValidationError, FetchError, ValueError) as error:
        raise ConfigError(
            f"{path}: {name} needs `url`, and may have `publisher`, `subject`, `every` (days),"
            f" `reprint` and `original_of`: {error}."
        ) from error
    if source.every < 1:
        raise ConfigError(f"{path}: `every` of {name} is {source.every}, not days from 1 on.")
    return source


def _place(url: str) -> tuple[str, int]:
    """Host and port as they stand; whether they may be asked is decided when they are."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0
