"""How Chinese characters sound, without tones, and which characters sound so."""

import json
import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path

MAX_PINYIN = 30
"""Letters of the longest word that is tried as pinyin."""
MAX_READINGS = 4
"""Readings of a word that are taken of those which its characters allow."""

_TABLE = "pinyin_dict.json"


@cache
def _written() -> tuple[tuple[str, ...], "array[int]"]:
    """All readings without their tones, '' first, and by code points which of them: pypinyin's table.

    The package itself reads its phrases as well, which take half a second and 55 MB; and of this table
    a dict of 43,000 characters would take 4 MB.
    """
    found = find_spec("pypinyin")
    table: dict[str, str] = {}
    if found and found.origin:
        table = json.loads(Path(found.origin).with_name(_TABLE).read_text("utf-8"))
    numbers = {"": 0}
    # Most characters share their readings with others.
    plain = {reading: toneless(reading) for reading in set(table.values())}
    places = array("H", [0]) * (max(map(int, table), default=0) + 1)
    for code, reading in table.items():
        places[int(code)] = numbers.setdefault(plain[reading], len(numbers))
    return tuple(numbers), places


def toneless(reading: str) -> str:
    """Leave out the marks of pinyin's tones."""
    return "".join(filter(str.isascii, unicodedata.normalize("NFD", reading)))


@lru_cache(maxsize=8192)
def sounds(character: str) -> tuple[str, ...]:
    """List the readings of a character, the commonest first; none of what is no Chinese character."""
    (written, places), code = _written(), ord(character)
    return _listed(written[places[code]] if code < len(places) else "")


def _listed(reading: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, reading.split(","))))


@cache
def characters() -> dict[str, str]:
    """List the characters of the common range by their sound without tone."""
    written, places = _written()
    listed = [_listed(reading) for reading in written]
    found: dict[str, list[str]] = {}
    for code, place in enumerate(places[0x4E00:0x9FA6], start=0x4E00):
        for sound in listed[place]:
            found.setdefault(sound, []).append(chr(code))
    return {sound: "".join(alike) for sound, alike in found.items()}


def readings(word: str) -> Iterator[str]:
    """List the ways to write a word in pinyin without spaces, ``MAX_READINGS`` at most."""
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


@lru_cache(maxsize=8192)
def blurred_sounds(character: str) -> tuple[str, ...]:
    """List the readings of a character, each blurred, see :func:`blurred`."""
    return tuple(dict.fromkeys(map(blurred, sounds(character))))


def same_sound(left: str, right: str) -> bool:
    """Say whether two words of one length may sound the same, character by character."""
    return all(
        set(sounds(one)).intersection(sounds(other)) for one, other in zip(left, right, strict=True)
    )


def first_letters(character: str) -> str:
    """Give the letters with which the readings of a character begin."""
    return "".join(dict.fromkeys(sound[0] for sound in sounds(character)))


def blurred(syllable: str) -> str:
    """Write a syllable without what southern speakers and typists do not tell apart."""
    flat = re.sub("^([zcs])h", r"\1", syllable)
    return re.sub("^l", "n", re.sub("(?<=[aei])ng$", "n", flat))
