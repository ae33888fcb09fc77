"""The process that reads files for another one, within limits of memory and time.

It is started by :mod:`hyqa.parsing.corpus.isolation`, takes jobs from standard input one after another,
and replies on what was standard output. It ends when nobody is left to give it jobs.
"""

import os
import queue
import re
import threading
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import IO

from hyqa.parsing.corpus.progress import listen
from hyqa.parsing.corpus.reading import Job, read_document
from hyqa.parsing.corpus.wire import (
    READY,
    STEP_DONE,
    Reply,
    WireError,
    pack_reply,
    receive,
    send,
    unpack_job,
)
from hyqa.types import Document

WORN = 0.5
"""Share of the memory limit from which a process that still holds it is replaced, so that the
next file has its share: what a library once took is not always given back."""
_MEGABYTE = 1_000_000

resource: ModuleType | None
try:
    import resource
except ImportError:  # not on Windows
    resource = None


def _limit(kind: str, value: int) -> None:
    """Sets a limit as far as the system knows and allows it."""
    number = getattr(resource, kind, None)
    if resource is not None and number is not None:
        _, hard = resource.getrlimit(number)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(number, (ceiling, hard))


def _limit_time(seconds: int) -> None:
    """End the process by itself, should nobody be left to end it, after as long on all cores."""
    if resource is not None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        _limit("RLIMIT_CPU", int(used) + seconds * (os.cpu_count() or 1) + 5)


def _is_worn(megabytes: int) -> bool:
    """Return whether libraries still hold much of what the memory limit counts."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except (OSError, ValueError):  # a system that tells it elsewhere
        return False
    held = re.search(r"^VmData:\s*(\d+) kB$", status, re.MULTILINE)
    return held is not None and int(held[1]) * 1024 > WORN * megabytes * _MEGABYTE


def _reply(job: Job, megabytes: int) -> Reply:
    try:
        result = read_document(job)
    except MemoryError:
        return Reply(reason=f"reading it takes more than {megabytes} MB of memory", worn=True)
    if isinstance(result, Document):
        return Reply(document=result, worn=_is_worn(megabytes))
    return Reply(reason=result.reason, worn=_is_worn(megabytes))


def _message(job: Job, megabytes: int) -> bytes:
    try:
        return pack_reply(_reply(job, megabytes))
    except (MemoryError, WireError):
        return pack_reply(Reply(reason="it holds too much, or what is no text", worn=True))


def _inbox(stream: IO[bytes]) -> "queue.SimpleQueue[bytes]":
    """Return the messages as they come; when they end, the process does, whatever it does."""
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def listen() -> None:
        with suppress(WireError):
            while True:
                messages.put(receive(stream))
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return messages


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two ends of the wire, and leave libraries that print nothing to print to."""
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return jobs, replies


def main(seconds: int, megabytes: int) -> None:
    """Read files until there is nobody to read them for.

    Args:
        seconds: what a file may take of each core.
        megabytes: what the process may take of memory.
    """
    jobs, replies = _streams()
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_DATA", megabytes * _MEGABYTE)
    messages = _inbox(jobs)

    def tell() -> None:
        _limit_time(seconds)
        send(replies, STEP_DONE)

    listen(tell)
    with suppress(WireError):
        send(replies, READY)
        while True:
            job = unpack_job(messages.get())
            _limit_time(seconds)
            send(replies, _message(job, megabytes))
