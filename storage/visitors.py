"""Visitors of the page: numbers for them that no chat of Telegram has."""

import hashlib

FIRST = 2**62
"""Telegram's numbers have at most 52 bits; those from here on are of visitors."""


def number_of(secret: str) -> int:
    """The number of a session of the page: it fits a 64-bit column, and does not give away the secret."""
    digest = hashlib.sha256(b"visitor " + secret.encode()).digest()
    return FIRST + int.from_bytes(digest[:8], "big") % FIRST


def is_visitor(number: int) -> bool:
    """Whether a number of a chat or a person is a visitor's, whom no message of Telegram reaches."""
    return number >= FIRST
