"""Questions that ask the same of several parks, known by examples of each attribute.

A question's parks are found by their names, which give way to stand-ins (甲园和乙园哪个大), and the
attribute is that of the nearest example. Examples of what no cell answers stand among them.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hyqa.models import Encoder
from hyqa.text.scripts import simplify
from hyqa.text.tokens import chinese_share
from hyqa.types import Directory, Language
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

FILE = "attributes.npy"
NEAR = 0.975
"""Cosine from which a question asks what the nearest example asks, by the bundled encoder: of 40
questions that ask for an attribute of two parks, 36 come as near to one of it and none to one of
another; of 60 that name two parks and ask something else, one does. Of 20 and 30 others, which
were written when the examples stood, 18 and one. At .97, 4 of the 60 would."""


@dataclass(frozen=True, slots=True)
class ParksAsked:
    """Parks, by their keys and as they were named, and the attribute that is asked of them."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    attribute: str


class ParkQuestions:
    """Tells questions that the table of parks answers; none where it has no examples.

    Args:
        folder: of the snapshot.
        directory: the parks.

    Raises:
        SnapshotError: when the vectors of the examples are damaged.
    """

    def __init__(self, folder: Path, directory: Directory) -> None:
        self._stand_ins = directory.stand_ins
        self._attributes = [key for key, _ in examples(directory)]
        self._vectors = _load(folder / FILE, len(self._attributes))
        self._keys = {
            simplify(name).casefold(): entry.key
            for entry in directory.entries
            for name in (*entry.names.values(), *entry.aliases)
        }
        longest_first = sorted(self._keys, key=lambda name: (-len(name), name))
        self._names = re.compile("|".join(map(_bounded, longest_first)) or r"(?!)")

    def asked(self, question: str, encoder: Encoder) -> ParksAsked | None:
        """What a question asks of several parks; None where it asks anything else.

        Args:
            question: the user's words.
            encoder: the one that made the index.
        """
        if not self._attributes:
            return None
        text = simplify(question).strip()
        named: dict[str, str] = {}
        for match in self._names.finditer(text.casefold()):
            named.setdefault(self._keys[match.group()], text[match.start() : match.end()])
        language = Language.CHINESE if chinese_share(text) else Language.ENGLISH
        stand_ins = dict(zip(named, self._stand_ins[language], strict=False))
        if not 1 < len(named) == len(stand_ins) or len(text.casefold()) != len(text):
            return None
        masked = self._names.sub(
            lambda match: stand_ins[self._keys[match.group()]], text.casefold()
        )
        near = self._vectors @ np.asarray(encoder.encode_queries([masked.casefold()])[0])
        nearest = int(np.argmax(near))
        attribute = self._attributes[nearest]
        if not attribute or near[nearest] < NEAR:
            return None
        return ParksAsked(tuple(named), tuple(named.values()), attribute)


def examples(directory: Directory) -> list[tuple[str, str]]:
    """Each example with its attribute, '' for those that no cell answers."""
    return [
        (key, simplify(text).casefold())
        for key, texts in directory.questions.items()
        for text in texts
    ]


def write_park_questions(folder: Path, directory: Directory, encoder: Encoder) -> None:
    """Write the vectors of the examples into a snapshot's folder; nothing where there are none."""
    if texts := [text for _, text in examples(directory)]:
        np.save(folder / FILE, np.asarray(encoder.encode_queries(texts), dtype=np.float32))


def _bounded(name: str) -> str:
    """A pattern of a name; one in Latin letters is none inside of a word."""
    pattern = re.escape(name)
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if name.isascii() else pattern


def _load(path: Path, count: int) -> NDArray[np.float32]:
    if not count:
        return np.empty((0, 0), np.float32)
    try:
        with path.open("rb") as file:
            vectors = np.lib.format.read_array(file, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise SnapshotError(DAMAGED_INDEX) from error
    if vectors.ndim != 2 or len(vectors) != count:
        raise SnapshotError(DAMAGED_INDEX)
    return np.asarray(vectors, dtype=np.float32)
