"""A download on its way: kept on disk, so that it can go on where it broke off."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LEAST = 65_536
"""Bytes from which going on is worth the doubt; a smaller file comes anew."""


@dataclass(frozen=True, slots=True)
class Held:
    """What came before: how many bytes, of the version that its host names by ``etag``."""

    size: int
    etag: str


class Partial:
    """The bytes of one download so far, and whose they are."""

    def __init__(self, folder: Path) -> None:
        """Keep them in a folder, which nothing else writes to."""
        self._data = folder / "partial"
        self._about = folder / "partial.json"

    def resumes(self, url: str) -> Held | None:
        """What there is of an address to go on with; None where it must come whole."""
        about = self._read()
        size = self._data.stat().st_size if self._data.is_file() else 0
        if about.get("url") != url or not about.get("etag") or size < LEAST:
            return None
        return Held(size, about["etag"])

    def begin(self, url: str, etag: str, declared: str) -> None:
        """Begin a file: from an address, of a version where its host names one, of a type."""
        self.discard()
        self._data.parent.mkdir(parents=True, exist_ok=True)
        self._data.write_bytes(b"")
        about = {"url": url, "etag": etag, "declared": declared}
        self._about.write_text(json.dumps(about), encoding="utf-8")

    def append(self, part: bytes) -> None:
        """Write what has come."""
        with self._data.open("ab") as file:
            file.write(part)

    def finish(self) -> tuple[str, bytes]:
        """Take the type that the host declared and all bytes; nothing of them stays."""
        declared, data = self._read().get("declared", ""), self._data.read_bytes()
        self.discard()
        return declared, data

    def discard(self) -> None:
        """Forget what came."""
        for path in (self._about, self._data):
            path.unlink(missing_ok=True)

    def _read(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            read = json.loads(self._about.read_text(encoding="utf-8"))
            if isinstance(read, dict):
                return {str(name): str(value) for name, value in read.items()}
        return {}
