"""The folder of originals: each version that was fetched, and which of them is in force.

``NAME.toml`` names the version in force of a source, with what is known of it; one rename of that
file puts another one in force. The versions lie in ``.versions/NAME/``, each as it came, beside a
record of when, from where and with which headers. None is ever changed or written over.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from hyqa.index.snapshots.files import write_whole
from hyqa.maintenance.sources.listing import Source
from hyqa.maintenance.sources.net.downloading import Download, Validators
from hyqa.maintenance.sources.net.waiting import stamp
from hyqa.maintenance.sources.tables import as_toml
from hyqa.parsing.corpus.originals import VERSIONS, read_sidecar

MOST_HEADERS, LONGEST_HEADER = 50, 1000
"""Headers that are kept of an answer, and characters of each."""
_STATE = "state.json"
_RECORD = ".record.json"


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A version as it came.

    ``file`` is its name in the source's folder of versions; ``asked`` is the address in the
    listing, ``url`` the one that answered in the end; ``fetched`` is ISO 8601 in UTC.
    """

    file: str
    sha256: str
    size: int
    fetched: str
    asked: str
    url: str
    headers: Mapping[str, str] = {}

    def validators(self) -> Validators:
        """What its host is asked by for another one only."""
        headers = self.headers
        return Validators(headers.get("etag", ""), headers.get("last-modified", ""))


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How it went at last: times are ISO 8601 in UTC, '' for never.

    ``looked`` is when its host last answered well, ``failed`` when it last did not, and
    ``failure`` why, '' where it did since; ``not_before`` is when it may be asked again.
    """

    looked: str = ""
    failed: str = ""
    failure: str = ""
    not_before: str = ""


class Store:
    """The versions of all sources."""

    def __init__(self, root: Path) -> None:
        """Use a folder, which need not be there yet."""
        self.root = root

    def folder(self, name: str) -> Path:
        """Where a source's versions lie."""
        return self.root / VERSIONS / name

    def state(self, name: str) -> State:
        """How it went at last with a source."""
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode((self.folder(name) / _STATE).read_bytes(), type=State)
        return State()

    def note(self, name: str, state: State) -> None:
        """Keep how it went with a source."""
        write_whole(self.folder(name) / _STATE, msgspec.json.encode(state))

    def versions(self, name: str) -> tuple[Version, ...]:
        """All versions of a source, the oldest first."""
        return tuple(
            version
            for path in sorted(self.folder(name).glob(f"*{_RECORD}"))
            if (version := _read(path)) is not None
        )

    def current(self, name: str) -> Version | None:
        """The version of a source that is in force, None where none is, or its file is gone."""
        sidecar = read_sidecar(self.root / f"{name}.toml", self.root)
        if sidecar is None or not sidecar.path.is_file():
            return None
        return _read(sidecar.path.with_name(f"{sidecar.path.name}{_RECORD}"))

    def path(self, name: str, version: Version) -> Path:
        """Where the file of a version is."""
        return self.folder(name) / version.file

    def keep(self, source: Source, download: Download, when: datetime) -> Version:
        """Write a version down; it is not yet in force."""
        sha256 = hashlib.sha256(download.data).hexdigest()
        for version in self.versions(source.name):
            path = self.path(source.name, version)
            if version.sha256 == sha256 and path.suffix == download.suffix and path.is_file():
                return version
        file = f"{when:%Y%m%dT%H%M%S%f}Z-{sha256[:12]}{download.suffix}"
        headers = {
            name[:LONGEST_HEADER]: value[:LONGEST_HEADER]
            for name, value in list(download.headers.items())[:MOST_HEADERS]
        }
        version = Version(
            file=file,
            sha256=sha256,
            size=len(download.data),
            fetched=stamp(when),
            asked=source.url,
            url=download.url,
            headers=headers,
        )
        path = self.path(source.name, version)
        write_whole(path, download.data)
        write_whole(path.with_name(f"{file}{_RECORD}"), msgspec.json.encode(version))
        return version

    def put_in_force(self, source: Source, version: Version) -> None:
        """Make a version the one that is indexed and cited."""
        fields: dict[str, object] = {
            "file": f"{VERSIONS}/{source.name}/{version.file}",
            "sha256": version.sha256,
            "fetched": version.fetched,
            "url": source.url,
            "original_of": list(source.original_of),
        }
        if source.publisher:
            fields["publisher"] = source.publisher
        if source.reprint:
            fields["reprint"] = True
        path, data = self.root / f"{source.name}.toml", as_toml(fields).encode()
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)


def _read(path: Path) -> Version | None:
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(path.read_bytes(), type=Version)
    return None
