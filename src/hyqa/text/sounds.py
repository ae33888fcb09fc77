"""How Chinese characters sound, without tones, and which characters sound so."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

MAX_PINYIN = 30
"""Letters of the longest word that is tried as pinyin."""
MAX_READINGS = 4
"""Readings of a word that are taken of those which its characters allow."""


@cache
def sounds(character: str) -> tuple[str, ...]:
    """The readings of a character, the commonest first; none of what is no Chinese character."""
    from pypinyin.pinyin_dict import pinyin_dict  # half a second, and few questions need it

    decomposed = unicodedata.normalize("NFD", pinyin_dict.get(ord(character), ""))
    toneless = "".join(letter for letter in decomposed if letter.isascii())
    return tuple(dict.fromkeys(filter(None, toneless.split(","))))


@cache
def characters() -> dict[str, str]:
    """Characters of the common range by toneless sound."""
    found: dict[str, str] = {}
    for code in range(0x4E00, 0x9FA6):
        for sound in sounds(chr(code)):
            found[sound] = found.get(sound, "") + chr(code)
    return found


def readings(word: str) -> Iterator[str]:
    """A word's pinyin written as one, ``MAX_READINGS`` at most."""
    return islice(map("".join, product(*map(sounds, word))), MAX_READINGS)


def syllables(word: str) -> list[str]:
    """Cut a Latin word into the fewest pinyin syllables; [] when it is no pinyin."""
    if len(word) > MAX_PINYIN:
        return []
    ways: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        shorter = [
            [*way, word[start:end]]
            for start in range(max(0, end - 6), end)
            if (way := ways[start]) is not None and word[start:end] in characters()
        ]
        ways.append(min(shorter, key=len) if shorter else None)
    return ways[-1] or []
