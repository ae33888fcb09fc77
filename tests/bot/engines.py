"""Engines around the real one: where a test needs to watch, to wait or to fail."""

import threading
from datetime import date

from bot.library import Answering
from hyqa import Answer, Conversation, Document, Language, Park, Quote

NOTHING_SAID = Conversation()


class Watched:
    """Remembers what it was asked."""

    def __init__(self, engine: Answering) -> None:
        self.asked: list[tuple[str, Conversation, date | None]] = []
        self._engine = engine

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation = NOTHING_SAID,
        as_of: date | None = None,
    ) -> Answer:
        self.asked.append((question, conversation, as_of))
        return self._engine.ask(question, conversation=conversation, as_of=as_of)

    def passages(
        self, text: str, *, top_k: int = 10, as_of: date | None = None
    ) -> tuple[Quote, ...]:
        return self._engine.passages(text, top_k=top_k, as_of=as_of)

    def document(self, document_id: str) -> Document:
        return self._engine.document(document_id)

    def parks(self, language: Language) -> tuple[Park, ...]:
        return self._engine.parks(language)


class Held(Watched):
    """Waits with the questions that contain a word until it is released."""

    def __init__(self, engine: Answering, word: str) -> None:
        super().__init__(engine)
        self.release = threading.Event()
        self._word = word

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation = NOTHING_SAID,
        as_of: date | None = None,
    ) -> Answer:
        if self._word in question:
            assert self.release.wait(5)
        return super().ask(question, conversation=conversation, as_of=as_of)


class Fixed(Watched):
    """Answers everything in the same way."""

    def __init__(self, engine: Answering, answer: Answer) -> None:
        super().__init__(engine)
        self.answer = answer

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation = NOTHING_SAID,
        as_of: date | None = None,
    ) -> Answer:
        return self.answer


class Broken(Watched):
    """Fails, with the question in the words of its error."""

    def __init__(self, engine: Answering, error: type[Exception]) -> None:
        super().__init__(engine)
        self._error = error

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation = NOTHING_SAID,
        as_of: date | None = None,
    ) -> Answer:
        raise self._error(f"secret internals, asked {question}")
