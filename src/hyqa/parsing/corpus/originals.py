"""A folder of originals as a second root of a corpus: official texts whose digests stand in the first.

Each ``NAME.toml`` in it names a file of the folder, the version in force, with the fields that
``sources.toml`` would give, and in ``original_of`` the digests that restate it. Its document's id is
``originals/NAME`` with the file's suffix. Nothing else of the folder is read.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hyqa.parsing.corpus.opening import open_regular
from hyqa.types import ParseFailure
from hyqa.types.errors import ParseError

VERSIONS = ".versions"
"""Folder of the files that the sidecars name."""
PREFIX = "originals"
"""How the ids of originals begin."""
MAX_BYTES = 100_000
_OWN = frozenset(("file", "sha256", "fetched"))
"""Fields of a sidecar that tell of the file, and not of the document."""


@dataclass(frozen=True, slots=True)
class Original:
    """An original: its document's id, its file, what names it, and the fields given for it."""

    id: str
    path: Path
    sidecar: Path
    listed: Mapping[str, object]

    @property
    def original_of(self) -> tuple[str, ...]:
        """The ids of its digests."""
        named = self.listed.get("original_of")
        return tuple(map(str, named)) if isinstance(named, list) else ()


def read_sidecar(sidecar: Path, root: Path) -> Original | None:
    """Return the original that a sidecar names; None where it names none of the folder."""
    try:
        with open_regular(sidecar) as file:
            data = file.read(MAX_BYTES + 1)
        fields = tomllib.loads(data[:MAX_BYTES].decode("utf-8"))
    except (OSError, ParseError, ValueError, RecursionError):
        return None
    path = root / str(fields.get("file", ""))
    inside = path.resolve().is_relative_to(root.resolve())
    if not fields.get("file") or not inside or not path.is_file():
        return None
    name = sidecar.relative_to(root).with_suffix("").as_posix()
    listed = {key: value for key, value in fields.items() if key not in _OWN}
    return Original(
        f"{PREFIX}/{name}{path.suffix.lower()}", path, sidecar, {"form": "original", **listed}
    )


def list_originals(root: Path | None) -> Iterator[Original | ParseFailure]:
    """Yield the originals of a folder, in order; none where there is no folder."""
    if root is None or not root.is_dir():
        return
    for sidecar in sorted(root.rglob("*.toml")):
        name = sidecar.relative_to(root)
        if not any(part.startswith(".") for part in name.parts):
            fault = "it names no file of the folder of originals: run `hyqa fetch`"
            original = read_sidecar(sidecar, root)
            yield original or ParseFailure(f"{PREFIX}/{name.as_posix()}", fault)
