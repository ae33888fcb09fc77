"""What goes between the process that indexes and those that read: frames of typed MessagePack.

Nothing is unpickled: whatever a hostile file makes of the process that reads it, the other side
takes values of the expected types from it, or none.
"""

import struct
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO

import msgspec

from hyqa.parsing.corpus.reading import MAX_TEXT, Job
from hyqa.types import Document

MAX_FRAME = 20 * MAX_TEXT
"""Bytes of the longest message: the longest text in UTF-8, and as much again a few times for
its sections."""

READY, STEP_DONE = b"ready", b"step done"
"""Messages without content: a process has started; a part of a file has been read."""

_LENGTH = struct.Struct(">Q")


class WireError(Exception):
    """The other side has gone, or sends what is no message."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job: a document, or the reason why there is none.

    ``worn`` says that the process is to be replaced, for its memory is used up.
    """

    document: Document | None = None
    reason: str = ""
    worn: bool = False


_jobs = msgspec.msgpack.Decoder(Job)
_replies = msgspec.msgpack.Decoder(Reply)
_encoder = msgspec.msgpack.Encoder()


def _plain(value: object) -> object:
    """Return TOML's days as strings: MessagePack has no days."""
    day = value.date() if isinstance(value, datetime) else value
    return day.isoformat() if isinstance(day, date) else value


def pack_job(job: Job) -> bytes:
    """Return a job as a message.

    Raises:
        WireError: It holds a number that does not fit.
    """
    listed = {name: _plain(value) for name, value in job.listed.items()}
    return _pack(replace(job, listed=listed))


def pack_reply(reply: Reply) -> bytes:
    """Return a reply as a message.

    Raises:
        WireError: Its text holds what is no character, or it is too long.
    """
    return _pack(reply)


def _pack(value: Job | Reply) -> bytes:
    try:
        message = _encoder.encode(value)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise WireError(str(error)) from error
    if len(message) > MAX_FRAME:
        raise WireError("the message is too long")
    return message


def unpack_job(message: bytes) -> Job:
    """Return the job in a message."""
    return _jobs.decode(message)


def unpack_reply(message: bytes) -> Reply:
    """Return the reply in a message.

    Raises:
        WireError: It is none.
    """
    try:
        return _replies.decode(message)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise WireError("the message is no reply") from error


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message.

    Raises:
        WireError: Nobody reads it.
    """
    try:
        stream.write(_LENGTH.pack(len(message)))
        stream.write(message)
        stream.flush()
    except (OSError, ValueError) as error:
        raise WireError("nobody reads") from error


def receive(stream: IO[bytes]) -> bytes:
    """Read a message.

    Raises:
        WireError: It ends early, is too long, or never begins.
    """
    try:
        head = stream.read(_LENGTH.size)
        length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else MAX_FRAME + 1
        message = stream.read(length) if length <= MAX_FRAME else b""
    except (OSError, ValueError) as error:
        raise WireError("nobody writes") from error
    if length > MAX_FRAME or len(message) < length:
        raise WireError("the message is not whole")
    return message
