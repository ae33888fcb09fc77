"""The engine: understand → search → read → quote → decide, once for each query of a message."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from hyqa import models
from hyqa.answer.deciding import decide
from hyqa.answer.holdings import Holdings
from hyqa.answer.leading import leading_readings, with_sentences
from hyqa.answer.localization import in_askers_language
from hyqa.answer.planning import WHOLE, answer_alone, plan_of
from hyqa.answer.quotes import quote_hits
from hyqa.answer.quoting import choose_quotes
from hyqa.answer.writing.summary import Writer, load_writer
from hyqa.index.build import Index, open_index
from hyqa.index.search import TOP_K, retrieve
from hyqa.question.analysis import analyse
from hyqa.question.follow_ups import NOTHING, Conversation
from hyqa.question.query import read_query
from hyqa.question.small_talk import hear
from hyqa.question.spelling import Speller
from hyqa.question.understanding import Question, understand
from hyqa.reading import Reader, reader_of
from hyqa.types import Answer, Query, Quote, Ranking, Step, Trace
from hyqa.types.errors import ConfigError


class Engine(Holdings):
    """Answers questions from an index; safe to share between threads.

    Args:
        index: an opened index.
        encoder: the encoder that made it; another one raises a ``SnapshotError``.
        reader: says how likely passages answer; the index's own where none is given.
        writer: phrases a summary of the quotes, where there is one.
    """

    def __init__(
        self,
        index: Index,
        encoder: models.Encoder,
        reader: Reader | None = None,
        writer: Writer | None = None,
    ) -> None:
        index.manifest.check_encoder(encoder.name, encoder.dimension)
        self.index = index
        self.encoder = models.RememberingEncoder(encoder)
        self.speller = Speller(index, self.encoder)
        self.reader = reader or reader_of(index, encoder)
        self._writer = writer

    @classmethod
    def open(
        cls,
        path: str | Path = "index",
        *,
        encoder: str = models.DEFAULT_ENCODER,
        snapshot: str | None = None,
    ) -> "Engine":
        """Open the index in a folder.

        Args:
            path: folder that ``hyqa index`` wrote; the environment may name a reranker and a writer.
            encoder: see :func:`hyqa.models.load_encoder`.
            snapshot: name of another snapshot than that in force.

        Raises:
            SnapshotError, EncoderError: when there is no index there that fits, or no such encoder.
        """
        index, encodes = open_index(Path(path), snapshot), models.load_encoder(encoder)
        reader = reader_of(index, encodes, models.load_reranker())
        return cls(index, encodes, reader, load_writer())

    def ask(
        self, question: str, *, conversation: Conversation = NOTHING, as_of: date | None = None
    ) -> Answer:
        """Answer a question by quotes, or say that the documents do not.

        Args:
            question: the user's words; blank ones raise a ``ConfigError``.
            conversation: what was asked before; gives a follow-up its subject.
            as_of: answer as of this day; today where it is not given.
        """
        return self.explained(question, conversation=conversation, as_of=as_of)[1]

    def explained(
        self, question: str, *, conversation: Conversation = NOTHING, as_of: date | None = None
    ) -> tuple[Trace, Answer]:
        """What :meth:`ask` answers, after the trace of how it came about but for a summary."""
        trace = self.trace(question, conversation=conversation, as_of=as_of)
        return trace, self._writer.summarized(trace.answer) if self._writer else trace.answer

    def trace(
        self,
        question: str,
        *,
        conversation: Conversation = NOTHING,
        as_of: date | None = None,
        top_k: int = TOP_K,
    ) -> Trace:
        """Answer a question like :meth:`ask`, but for a summary, and tell how."""
        if not question.strip():
            raise ConfigError("There is no question: type one in Chinese or English.")
        heard, talk = hear(self.index, self.encoder, Question(question, conversation, as_of))
        understood = understand(heard, self.index, self.speller)
        if talk:
            return Trace(talk, understood.told(question), ())
        step = partial(self._step, as_of=as_of, top_k=top_k)
        steps, whole = answer_alone(self.index, understood, step, WHOLE)
        plan = plan_of(self.index, understood, whole, self)
        answers: list[Answer] = []
        for part in plan.questions:
            one = understand(part, self.index, self.speller, part=True)
            more, own = answer_alone(self.index, one, partial(step, top_k=TOP_K), plan.purpose)
            steps, answers = steps + more, [*answers, own.answer]
        answer = replace(plan.merge(whole.answer, answers), question=question)
        return Trace(answer, understood.told(question), steps, steps.index(whole))

    def _step(self, query: Query, purpose: str, as_of: date | None, top_k: int) -> Step:
        """Search, read, quote and decide for one query."""
        day = as_of or date.today()
        question = analyse(query, self.index)
        ranking = self.find(query, top_k=top_k, as_of=day)
        readings = self.reader.read(query, question, ranking)
        leading = leading_readings(self.index, self.reader, question, readings, as_of=day)
        quotes = choose_quotes(self.index, question, leading)
        answer = decide(self.index, query, question, readings, quotes, ranking.foresight, as_of=day)
        answer = in_askers_language(self.index, answer, ranking)
        return Step(purpose, query, question, ranking, with_sentences(readings, leading), answer)

    def find(self, query: Query, *, top_k: int = TOP_K, as_of: date | None = None) -> Ranking:
        """Search for a query, whether anything answers it or not."""
        return retrieve(self.index, self.encoder, query, top_k=top_k, as_of=as_of or date.today())

    def passages(
        self, text: str, *, top_k: int = TOP_K, as_of: date | None = None
    ) -> tuple[Quote, ...]:
        """The passages nearest to keywords or a question, best first, answers or not."""
        query = read_query(text)
        found = self.find(query, top_k=top_k, as_of=as_of).hits if query else ()
        return quote_hits(self.index, found)

    def conversation(self, history: list[dict[str, str]]) -> Conversation:
        """A conversation rebuilt from messages ``{"role": "user" | "assistant", "text": …}``."""
        return Conversation.from_history(history, self.index.sparse)
