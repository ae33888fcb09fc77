"""What the question matcher is trained on: the foreseen questions of an index, and conversations.

Questions that the same sentence answers belong together, in whatever language, and so do wordings of
a topic that no document holds. A near miss belongs to nothing: it is to stay apart from the questions
of the document that it looks like.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hyqa.engine import Engine
from hyqa.index.build import Index
from hyqa.text.scripts import simplify
from hyqa.text.sentences import sentence_spans

TALKS = Path(__file__).with_name("talks.jsonl")
"""Conversations: a line each with `turns`, and `answers`, the words that answer the last turn by the
ids of their documents; none where no document answers it, then `lacks`."""

Place = tuple[str, int]
"""A document and the number of one of its sentences."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, or a conversation whose last line is one.

    Attributes:
        text: as it is compared with foreseen questions, see :attr:`hyqa.types.Query.asked`.
        facts: numbers of what answers it; one of its own for what nothing answers.
        group: what it is drawn with: examples of a group are about like things.
    """

    text: str
    facts: frozenset[int]
    group: str


@dataclass
class _Facts:
    """Numbers of facts: sentences that answer the same question are one fact."""

    parents: dict[object, object] = field(default_factory=dict)
    numbers: dict[object, int] = field(default_factory=dict)

    def root(self, place: object) -> object:
        while (parent := self.parents.setdefault(place, place)) != place:
            place = parent
        return place

    def join(self, one: object, other: object) -> None:
        self.parents[self.root(one)] = self.root(other)

    def numbers_of(self, places: Sequence[Place], text: str) -> frozenset[int]:
        """Of the sentences that answer a question; a number of its own where none does."""
        if not places:
            return frozenset([self.number(("nothing", text))])
        return frozenset(map(self.number, places))

    def number(self, place: object) -> int:
        return self.numbers.setdefault(self.root(place), len(self.numbers))


def read_examples(index: Path, talks: Path = TALKS) -> list[Example]:
    """Read the examples of an index, the same on each machine."""
    engine = Engine.open(index)
    documents = _Documents(engine.index)
    facts = _Facts()
    questions = list(_questions(engine.index, documents))
    for _, places in questions:
        # Two: the same told in both languages. More may each answer in a way of their own.
        if len(places) == 2 and places[0][0] != places[1][0]:
            facts.join(*places)
    found = [
        Example(
            simplify(text),
            facts.numbers_of(places, text),
            _group(places[0][0]) if places else documents.near.get(text, "nothing"),
        )
        for text, places in questions
    ]
    found += [
        Example(simplify(text), frozenset([facts.number(("topic", topic))]), f"topic {topic}")
        for text, topic in _wordings(engine.index)
    ]
    found += list(_talks(talks, documents, facts))
    return found


class _Documents:
    def __init__(self, index: Index) -> None:
        store = index.store
        self._texts = {name: store.document(name).text for name in store.document_ids()}
        self._spans = {name: list(sentence_spans(text)) for name, text in self._texts.items()}
        self.near: dict[str, str] = {}

    def place(self, name: str, start: int) -> Place:
        """The sentence in which a stretch begins."""
        spans = self._spans[name]
        return name, max((at for at, (first, _) in enumerate(spans) if first <= start), default=0)

    def find(self, answers: Mapping[str, str]) -> list[Place]:
        """The sentences in which words stand."""
        starts = ((name, self._texts.get(name, "").find(words)) for name, words in answers.items())
        return [self.place(name, start) for name, start in starts if start >= 0]


def _questions(index: Index, documents: _Documents) -> Iterator[tuple[str, list[Place]]]:
    """Foreseen questions with the sentences that answer; of a near miss none."""
    chunks = index.store.chunks(list(range(index.store.chunk_count)))
    places: dict[int, list[Place]] = {}
    wordings = index.foreseen.topic_of_wordings()
    texts = index.foreseen.all_texts()
    for question, row, start, end in index.foreseen.all_links():
        name = chunks[row].document_id
        if end:
            places.setdefault(question, []).append(documents.place(name, start))
        else:
            documents.near.setdefault(texts[question][0], _group(name))
    for number, (text, _) in sorted(texts.items()):
        if number not in wordings:
            yield text, list(dict.fromkeys(places.get(number, [])))


def _wordings(index: Index) -> Iterable[tuple[str, str]]:
    texts = index.foreseen.all_texts()
    return [
        (texts[number][0], topic) for number, topic in index.foreseen.topic_of_wordings().items()
    ]


def _talks(path: Path, documents: _Documents, facts: _Facts) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        turns: Sequence[str] = read["turns"]
        places = documents.find(read["answers"])
        text = "\n".join(map(simplify, turns[-3:]))
        numbers = facts.numbers_of(places, text)
        yield Example(text, numbers, _group(places[0][0]) if places else "nothing")


def _group(name: str) -> str:
    """A document in both its languages."""
    return name.rsplit(".", 1)[0].removesuffix("-en")
