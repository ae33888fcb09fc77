"""hyqa itself, through the engine that answers in chat."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.contest import Passage
from hyqa import Engine, build_index, open_index
from hyqa.encoding import Encoder
from hyqa.questions import make_query


class Hyqa:
    """The engine over one corpus, its index built in a folder of its own."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._folder = tempfile.TemporaryDirectory()
        root = Path(self._folder.name)
        build_index(path, root, encoder)
        self._engine = Engine(open_index(root), encoder)

    def search(self, question: str) -> Sequence[Passage]:
        """The quotes of a whole answer, best first; none where it refuses."""
        answer = self._engine.ask(question)
        return [Passage(quote.citation.document_id, quote.text) for quote in answer.quotes]

    def found(self, question: str) -> Sequence[Passage]:
        """What retrieval finds before anything is refused: the like of what the others show."""
        hits = self._engine.search(make_query(question))
        return [Passage(hit.chunk.document_id, hit.chunk.text) for hit in hits]
