"""hyqa itself, through the engine that answers in chat."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.contest import Passage
from benchmarks.quality.__main__ import GLOSSARY
from hyqa import Engine, build_index, open_index
from hyqa.models import Encoder


class Hyqa:
    """The engine over one corpus, its index built in a folder of its own.

    An engine remembers the vectors of questions, so that each way of asking has its own.
    """

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._folder = tempfile.TemporaryDirectory()
        root = Path(self._folder.name)
        build_index(path, root, encoder, glossary=GLOSSARY)
        index = open_index(root)
        self._answering, self._finding = Engine(index, encoder), Engine(index, encoder)

    def search(self, question: str) -> Sequence[Passage]:
        """The quotes of a whole answer, best first; none where it refuses."""
        answer = self._answering.ask(question)
        return [Passage(quote.citation.document_id, quote.text) for quote in answer.quotes]

    def found(self, question: str) -> Sequence[Passage]:
        """The passages in the order that answers are chosen in, before anything is refused.

        They are the like of what the others show; their time is that of a whole answer.
        """
        hits = [one.hit for one in self._finding.trace(question).readings]
        return [Passage(hit.chunk.document_id, hit.chunk.text) for hit in hits]
