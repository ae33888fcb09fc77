"""Asking the writer's model: one request to an OpenAI-compatible address, bounded in time and size."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyqa.config import WriterSettings
from hyqa.types.errors import WriterError

_FAILURES = (OSError, ValueError, TypeError, LookupError, RecursionError)
"""How a reply may fail to be one, beside what the client calls errors."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reply may take: seconds in all, tokens that are asked for, bytes that are read."""

    seconds: float
    tokens: int
    bytes: int


def complete(
    settings: WriterSettings, messages: Sequence[Mapping[str, str]], bounds: Bounds
) -> str:
    """Have the model write what follows some messages.

    Args:
        settings: where the model is, and its name and key.
        messages: each with its ``role`` and ``content``.
        bounds: beyond which a reply is none.

    Raises:
        WriterError: It gave nothing; the message holds neither address nor key nor text.
    """
    import httpx  # half a tenth of a second, for who has a writer

    try:
        return _written(settings, messages, bounds)
    except (*_FAILURES, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise WriterError(f"it gave no text ({type(error).__name__})") from error


def _written(
    settings: WriterSettings, messages: Sequence[Mapping[str, str]], bounds: Bounds
) -> str:
    import httpx

    headers = {"Accept-Encoding": "identity"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    request = {
        "model": settings.model,
        "temperature": 0,
        "max_tokens": bounds.tokens,
        "messages": messages,
    }
    ends = time.monotonic() + bounds.seconds
    with (
        httpx.Client(timeout=bounds.seconds, trust_env=False, headers=headers) as client,
        client.stream("POST", settings.completions, json=request) as reply,
    ):
        reply.raise_for_status()
        body = b""
        for piece in reply.iter_raw():
            body += piece
            if len(body) > bounds.bytes or time.monotonic() > ends:
                raise TimeoutError
    return str(json.loads(body)["choices"][0]["message"]["content"])
