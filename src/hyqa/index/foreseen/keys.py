"""Foreseen questions as keys of an index: what was written for a passage leads to it.

Small encoders match a question to a question better than to a passage (Nogueira and Lin, "From
doc2query to docTTTTTquery", 2019; here people write the questions, and each is a key of its own).
A near miss is a key, too: a question near it is probably not answered by its documents. So is
each wording of a topic that no passage answers: what the corpus lacks, and small talk.
"""

import copy
import sqlite3
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hyqa.index.dense import DenseIndex, highest
from hyqa.index.foreseen.topics import COLUMNS, topic_of
from hyqa.index.snapshots.files import open_read_only
from hyqa.index.sparse import SparseIndex
from hyqa.models import Vectors
from hyqa.types import Match, Topic
from hyqa.types.errors import DAMAGED_INDEX, SnapshotError

FOLDER = "foreseen"
FILE = "questions.sqlite"
KEYWORD_WEIGHT = 0.15
"""What a keyword score of 0 to 1 counts for beside a cosine. Cosines of this encoder differ by .02 to
.05 between a question in other words and an unrelated one."""
NEAREST, NEARBY = 8, 0.05
"""Foreseen questions that vote on what answers, and how much less like the nearest one of them is
that counts for 1/e of it."""
TEXTS = 16_384
"""Foreseen questions whose words are kept, the latest told; an answer tells some sixty. 5 MB."""
NONE = -1.0
"""Likeness where nothing was foreseen."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near the foreseen questions are to one that was asked: cosines, raised by keywords.

    Attributes:
        answered: of each row, the likeness of the nearest question that it answers; ``NONE`` where
            none was foreseen.
        missed: of each row, that of the nearest question that its document does not answer.
        of_questions: of each foreseen question.
    """

    answered: Floats
    missed: Floats
    of_questions: Floats


@dataclass(frozen=True, slots=True)
class Votes:
    """Where the nearest foreseen questions lead: each has a share by its likeness.

    Attributes:
        of_rows: shares of those that lead to a row; one that leads to several counts for each.
        of_topics: shares of those that are wordings of a topic, by its number.
        unanswered: share of those that no document answers.
    """

    of_rows: Mapping[int, float]
    of_topics: Mapping[int, float]
    unanswered: float


@dataclass(frozen=True, slots=True)
class NearestTopic:
    """The topic whose wording is nearest to what was asked.

    ``share`` is that of the nearest foreseen questions of all that are its wordings, see :class:`Votes`.
    """

    topic: Topic
    likeness: float
    share: float


class ForeseenIndex:
    """The foreseen questions of a snapshot; empty where nothing was foreseen.

    Args:
        folder: of the snapshot.
        rows: number of its passages.

    Raises:
        SnapshotError: when it is damaged.
    """

    def __init__(self, folder: Path, rows: int) -> None:
        self._rows = rows
        place = folder / FOLDER
        links, wordings = np.empty((0, 4), np.int64), np.empty((0, 2), np.int64)
        self.topics: tuple[Topic, ...] = ()
        self._count = 0
        if place.is_dir():
            self.dense, self.sparse = DenseIndex.load(place), SparseIndex.load(place)
            self._count = len(self.dense)
            links, wordings = self._open(place / FILE)
        self._gone: list[int] = []
        self._wordings = wordings
        self._topic_of = dict(zip(*wordings.T.tolist(), strict=True))
        self._lead(links)

    def __len__(self) -> int:
        return self._count

    def without(self, numbers: Collection[int]) -> "ForeseenIndex":
        """The same as if nobody had foreseen some questions, by their numbers; topics stay."""
        less = copy.copy(self)
        less._gone = sorted({*self._gone, *numbers})
        links = np.concatenate([self.links, self._missed])
        links = links[~np.isin(links[:, 0], less._gone)]
        less._lead(links[np.lexsort((links[:, 0], links[:, 1]))])
        return less

    def _lead(self, links: NDArray[np.int64]) -> None:
        """Lead by question, row, start and end of each link, in the order of the rows."""
        rows = np.arange(self._rows + 1)
        near_miss = links[:, 3] == 0
        self.links, self._missed = links[~near_miss], links[near_miss]
        self._leads = self.links[np.argsort(self.links[:, 0], kind="stable"), :2]
        self._borders = np.searchsorted(self.links[:, 1], rows)
        self._missed_borders = np.searchsorted(self._missed[:, 1], rows)

    def of_questions(
        self, vector: Vectors, tokens: Sequence[str], *, but: Iterable[int] = ()
    ) -> Floats:
        """Measure how near each foreseen question is to one that was asked.

        Args:
            vector: its encoding, of shape (dimension,).
            tokens: its keyword tokens.
            but: numbers of questions to leave out, as when they are asked themselves to measure.
        """
        if not len(self):
            return np.empty(0, np.float32)
        near = self.dense.cosines(vector)
        near += np.float32(KEYWORD_WEIGHT) * self.sparse.scores(tokens)
        near[[*but, *self._gone]] = NONE
        return near

    def likeness(
        self, vector: Vectors, tokens: Sequence[str], *, but: Iterable[int] = ()
    ) -> Likeness:
        """Measure like :meth:`of_questions`, and for each row how near its questions are."""
        near = self.of_questions(vector, tokens, but=but)
        return Likeness(
            answered=_best(near, self.links, self._rows),
            missed=_best(near, self._missed, self._rows),
            of_questions=near,
        )

    def matches(self, likeness: Likeness, row: int, most: int) -> tuple[Match, ...]:
        """Name the questions foreseen for a passage that are nearest, but those left out."""
        own = self.links[self._borders[row] : self._borders[row + 1]]
        own = own[likeness.of_questions[own[:, 0]] > NONE]
        near = likeness.of_questions[own[:, 0]]
        best = own[np.argsort(-near, kind="stable")[:most]]
        texts = self._texts([int(number) for number in best[:, 0]])
        return tuple(
            Match(
                texts[number][0], float(likeness.of_questions[number]), start, end, texts[number][1]
            )
            for number, _, start, end in best.tolist()
        )

    def votes(self, near: Floats) -> Votes:
        """Ask the nearest foreseen questions where they lead, by the likeness of each of all.

        Near misses and wordings of topics are asked, too.
        """
        among = highest(near, NEAREST)
        nearest = among[np.lexsort((among, -near[among]))]
        shares = np.exp((near[nearest] - near[nearest[:1]]) / NEARBY)
        shares /= max(float(shares.sum()), 1e-9)
        of_rows: dict[int, float] = {}
        of_topics: dict[int, float] = {}
        unanswered = 0.0
        for number, share in zip(nearest.tolist(), shares.tolist(), strict=True):
            rows = self._rows_of(number)
            for row in rows:
                of_rows[row] = of_rows.get(row, 0.0) + share
            unanswered += 0.0 if rows else share
            if (topic := self._topic_of.get(number)) is not None:
                of_topics[topic] = of_topics.get(topic, 0.0) + share
        return Votes(of_rows, of_topics, unanswered)

    def _rows_of(self, question: int) -> list[int]:
        """The rows that answer a foreseen question."""
        first, last = np.searchsorted(self._leads[:, 0], [question, question + 1])
        return [int(row) for row in self._leads[first:last, 1]]

    def near_miss(self, likeness: Likeness, row: int) -> Match | None:
        """Name the near miss of a passage's document that is nearest, if it has any."""
        own = self._missed[self._missed_borders[row] : self._missed_borders[row + 1], 0]
        own = own[likeness.of_questions[own] > NONE]
        if not len(own):
            return None
        number = int(own[np.argmax(likeness.of_questions[own])])
        text, lacks = self._texts([number])[number]
        return Match(text, float(likeness.of_questions[number]), lacks=lacks)

    def nearest_topic(self, of_questions: Floats, votes: Votes) -> NearestTopic | None:
        """Find the topic that is nearest, by the likeness of each question; None without any."""
        if not len(self._wordings):
            return None
        near = of_questions[self._wordings[:, 0]]
        nearest = int(np.argmax(near))
        topic = int(self._wordings[nearest, 1])
        share = votes.of_topics.get(topic, 0.0)
        return NearestTopic(self.topics[topic], float(near[nearest]), share)

    def same_answers(self, rows: Sequence[int], start: int, end: int) -> list[tuple[int, int, int]]:
        """Find what answers the same questions as a stretch of a document, in other passages too.

        Args:
            rows: of the document's passages.
            start: of the stretch.
            end: of the stretch.

        Returns:
            Row, start and end of the words that answer each question that the stretch answers.
        """
        own = self.links[np.isin(self.links[:, 1], rows)]
        asked = own[(own[:, 2] < end) & (own[:, 3] > start), 0]
        same = self.links[np.isin(self.links[:, 0], asked)]
        return [(row, first, last) for _, row, first, last in same.tolist()]

    def all_links(self) -> list[tuple[int, int, int, int]]:
        """Question, row, start and end of every link, near misses included."""
        return [tuple(link) for link in np.concatenate([self.links, self._missed]).tolist()]

    def all_texts(self) -> dict[int, tuple[str, str]]:
        """Text of every question by its number, and what a near miss lacks."""
        if not len(self):
            return {}
        with self._lock:
            found = self._connection.execute("SELECT number, text, lacks FROM questions").fetchall()
        return {number: (text, lacks) for number, text, lacks in found}

    def topic_of_wordings(self) -> dict[int, str]:
        """Name of the topic of every wording, by its number."""
        return {number: self.topics[topic].name for number, topic in self._wordings.tolist()}

    def _open(self, path: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        try:
            self._connection = open_read_only(path)
            self._lock = threading.Lock()
            self._text = lru_cache(TEXTS)(partial(_text, self._connection, self._lock))
            links = self._numbers(
                "SELECT question, row, start, end FROM links ORDER BY row, question", 4
            )
            wordings = self._numbers("SELECT question, topic FROM wordings ORDER BY question", 2)
            stored = self._connection.execute(
                f"SELECT {COLUMNS} FROM topics ORDER BY number"
            ).fetchall()
            self.topics = tuple(topic_of(*row) for row in stored)
        except (sqlite3.Error, ValueError) as error:
            raise SnapshotError(DAMAGED_INDEX) from error
        outside = links[:, 1].max(initial=-1) >= self._rows or len(self.sparse) != len(self)
        if outside or wordings[:, 1].max(initial=-1) >= len(self.topics):
            raise SnapshotError(DAMAGED_INDEX)
        return links, wordings

    def _numbers(self, query: str, columns: int) -> NDArray[np.int64]:
        rows = self._connection.execute(query)  # row by row: all at once they take 10 MB
        return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, columns)

    def _texts(self, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
        return {number: self._text(number) for number in numbers}


def _text(connection: sqlite3.Connection, lock: threading.Lock, number: int) -> tuple[str, str]:
    """Text of a question, and what it lacks as a near miss."""
    with lock:
        query = "SELECT text, lacks FROM questions WHERE number = ?"
        text, lacks = connection.execute(query, (number,)).fetchone()
    return text, lacks


def _best(near: Floats, pairs: NDArray[np.int64], count: int) -> Floats:
    """Of each of so many things, the likeness of the nearest question that is paired with it."""
    best = np.full(count, NONE, dtype=np.float32)
    np.maximum.at(best, pairs[:, 1], near[pairs[:, 0]])
    return best
