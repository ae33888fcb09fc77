"""Bringing one file from an address: hops, conditions, sizes, and going on where it broke off."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from hyqa.maintenance.sources.net.connecting import Network, Reply, ask
from hyqa.maintenance.sources.net.guarding import check_address, is_same_site
from hyqa.maintenance.sources.net.kinds import check_whole, suffix_of
from hyqa.maintenance.sources.net.partial import Partial
from hyqa.maintenance.sources.net.waiting import seconds_asked
from hyqa.parsing.corpus.reading import MAX_BYTES
from hyqa.types.errors import FetchError

MOST_HOPS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_STRONG = re.compile(r'"[\x21\x23-\x7e]*"')
_LENGTH = re.compile(r"\d{1,15}")
_PIECE = 1_000_000
"""Bytes that are unpacked at a time: some files pack a thousand times as many into one."""
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host said of a version, so that it may be asked for another one only."""

    etag: str = ""
    modified: str = ""

    def conditions(self) -> dict[str, str]:
        """The headers that ask for what has changed since."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that came whole: its bytes, what it is, where it came from and what its host said."""

    data: bytes
    suffix: str
    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """What to bring.

    ``known`` is what the host said of the version that is held, empty where none is. ``permit`` is
    asked before each request, and raises where it may not be; ``partial`` holds what came of it
    before; ``most`` are the bytes of the largest file.
    """

    url: str
    network: Network
    partial: Partial
    permit: Callable[[str], None]
    known: Validators = Validators()
    most: int = MAX_BYTES


def download(task: Task) -> Download | None:
    """Bring a file.

    Returns:
        The file, or None where the host says that it is still the one that is held.

    Raises:
        FetchError: It does not come, or not as it should.
    """
    url, seen = task.url, {task.url}
    for _ in range(MOST_HOPS + 1):
        check_address(url, task.network.allowed)
        task.permit(url)
        with ask(url, _headers(task, url), task.network) as reply:
            if reply.status not in _REDIRECTS:
                return _received(task, url, reply)
            url = _next(task.url, url, reply.headers.get("location", ""))
        if url in seen:
            raise FetchError("it leads round in a circle")
        seen.add(url)
    raise FetchError(f"it leads on and on, more than {MOST_HOPS} times")


def _next(first: str, url: str, location: str) -> str:
    """The address that a redirect leads to.

    Raises:
        FetchError: It leads to where the first address has no say.
    """
    try:
        target = urljoin(url, location.strip()).partition("#")[0]
        parts = urlsplit(target)
    except ValueError as error:
        raise FetchError("it leads to what is no address") from error
    if not location.strip():
        raise FetchError("it leads on, but not where to")
    if not is_same_site(first, target):
        raise FetchError("it leads to another site: look whether it has moved, and list that")
    if urlsplit(url).scheme == "https" and parts.scheme != "https":
        raise FetchError("it leads from a safe address to one that is not")
    if parts.path in ("", "/") and not parts.query and urlsplit(first).path not in ("", "/"):
        raise FetchError("it leads to the front page: the document has gone")
    return target


def _headers(task: Task, url: str) -> dict[str, str]:
    resumed = task.partial.resumes(url)
    if resumed:
        return {
            "Accept-Encoding": "identity",
            "Range": f"bytes={resumed.size}-",
            "If-Range": resumed.etag,
        }
    return {"Accept-Encoding": "identity", **task.known.conditions()}


def _received(task: Task, url: str, reply: Reply) -> Download | None:
    """Take what a host answers at last."""
    resumed = task.partial.resumes(url)
    if reply.status == 304:
        if resumed or not task.known.conditions():
            task.partial.discard()
            raise FetchError("it says that nothing has changed, of which nothing is held")
        _check_same(task.known, reply.headers)
        return None
    if reply.status == 206 and resumed:
        return _continued(task, url, reply)
    task.partial.discard()
    if reply.status != 200:
        raise _refusal(reply)
    return _whole(task, url, reply)


def _check_same(known: Validators, headers: Mapping[str, str]) -> None:
    told = headers.get("etag", "").removeprefix("W/")
    if told and known.etag and told != known.etag.removeprefix("W/"):
        raise FetchError("it says that nothing has changed, and names another version")


def _refusal(reply: Reply) -> FetchError:
    status = reply.status
    if status in _BUSY:
        wait = seconds_asked(reply.headers.get("retry-after", ""))
        return FetchError(f"its host cannot answer now ({status})", passing=True, wait=wait)
    if status in (404, 410):
        return FetchError(f"there is nothing at this address any more ({status})")
    if status in (401, 403, 407, 451):
        return FetchError(f"its host does not give it out ({status})")
    return FetchError(f"its host answers with {status}", passing=status == 416)


def _continued(task: Task, url: str, reply: Reply) -> Download:
    """Put the rest behind what came before, where it is the rest of the same version."""
    held = task.partial.resumes(url)
    match = _RANGE.fullmatch(reply.headers.get("content-range", "").strip())
    begin, end, total = map(int, match.groups()) if match else (-1, -1, -1)
    same = (
        held and begin == held.size and end == total - 1 and reply.headers.get("etag") == held.etag
    )
    if not same or "content-encoding" in reply.headers or total > task.most:
        task.partial.discard()
        raise FetchError("what it sends is not the rest of what came before", passing=True)
    for part in _limited(reply.body, total - begin, task):
        task.partial.append(part)
    return _finished(task, url, reply, measured=True, total=total)


def _whole(task: Task, url: str, reply: Reply) -> Download:
    length = reply.headers.get("content-length", "")
    if _LENGTH.fullmatch(length) and int(length) > task.most:
        raise FetchError(_too_large(task))
    coding = reply.headers.get("content-encoding", "").strip().lower()
    etag = reply.headers.get("etag", "")
    resumable = not coding and bool(_STRONG.fullmatch(etag)) and bool(_LENGTH.fullmatch(length))
    task.partial.begin(url, etag if resumable else "", reply.headers.get("content-type", ""))
    for part in _limited(_decoded(reply.body, coding), task.most, task):
        task.partial.append(part)
    measured = bool(length) or "chunked" in reply.headers.get("transfer-encoding", "").lower()
    return _finished(task, url, reply, measured=measured)


def _finished(
    task: Task, url: str, reply: Reply, *, measured: bool, total: int | None = None
) -> Download:
    declared, data = task.partial.finish()
    if not data.strip(b" \t\r\n\0"):
        raise FetchError("it is empty")
    if total is not None and len(data) != total:
        raise FetchError("it ends early", passing=True)
    suffix = suffix_of(url, declared, data)
    check_whole(suffix, data, measured=measured)
    return Download(data, suffix, url, reply.headers)


def _limited(parts: Iterable[bytes], most: int, task: Task) -> Iterator[bytes]:
    """Parts of a body, as long as there are not too many bytes in all."""
    left = most
    for part in parts:
        left -= len(part)
        if left < 0:
            task.partial.discard()
            raise FetchError(_too_large(task))
        yield part


def _too_large(task: Task) -> str:
    return f"it is larger than {task.most:,} bytes, or than it said"


def _decoded(parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """A body as it was before its host packed it, a bounded piece at a time."""
    if coding in ("", "identity"):
        yield from parts
        return
    if coding not in ("gzip", "x-gzip"):
        raise FetchError("it is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for part in parts:
            rest = part
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FetchError("it is packed wrongly", passing=True) from error
    if not unpacker.eof:
        raise FetchError("it ends early", passing=True)
