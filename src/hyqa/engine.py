"""The engine: questions in, answers out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from hyqa.answer.clarification import asked_back
from hyqa.answer.conflicts import differing
from hyqa.answer.counterparts import in_language
from hyqa.answer.coverage import is_outside, missing_parts, missing_words, share_spoken_of
from hyqa.answer.labels import labelled
from hyqa.answer.merging import joined, shows, shows_all, together
from hyqa.answer.quoting import choose_quotes, make_quote
from hyqa.answer.summary import Writer, load_writer
from hyqa.errors import ConfigError
from hyqa.index.build import Index, open_index
from hyqa.index.lexicon import names_in
from hyqa.index.search import TOP_K, retrieve
from hyqa.models import (
    DEFAULT_ENCODER,
    Encoder,
    RememberingEncoder,
    Reranker,
    load_encoder,
    load_reranker,
)
from hyqa.models.encoder import Vectors, encodable
from hyqa.question.ambiguity import Openness, Vague, is_told, points_anew, vague_subject
from hyqa.question.comparison import (
    Comparison,
    comparison,
    enumeration,
    turned_to,
    with_name,
)
from hyqa.question.decomposition import questions_in
from hyqa.question.follow_ups import Conversation, asked_language, resolve
from hyqa.question.query import make_query, question_language
from hyqa.question.slots import without_correction, without_frame, without_introduction
from hyqa.question.spelling import Speller
from hyqa.reading.confidence import Judged, judge
from hyqa.text.scripts import simplify
from hyqa.types import (
    Answer,
    Citation,
    Document,
    Hit,
    Language,
    Metadata,
    Query,
    Quote,
    Ranking,
    Status,
)

MAX_QUESTION = 2000
"""Characters of a question that are read; what is longer is no question."""
NEAREST_WORDS = 0.5
"""Share of the weight of a question's words from which a document that does not answer may be named
as near."""
_NEAREST = 3
_NAMED = (Openness.NAME, Openness.KIND)
_TALKED_OF = 3
"""Hits of the question before that tell what kind of thing is talked of."""


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer, and how it came about: what was searched for, found, and thought of it."""

    answer: Answer
    query: Query
    ranking: Ranking
    judged: tuple[Judged, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents in the engine's order: as judged, then as found."""
        hits = (*(item.hit for item in self.judged), *self.ranking.hits)
        return tuple(dict.fromkeys(hit.chunk.document_id for hit in hits))


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question, its spelling mended, with the conversation that it is asked in and its day."""

    question: str
    conversation: Conversation
    as_of: date | None


class Engine:
    """Answers questions from an index; safe to share between threads.

    Args:
        index: an opened index.
        encoder: the encoder that made it.
        reranker: orders the best hits, where there is one.
        writer: phrases a summary of the quotes, where there is one.

    Raises:
        SnapshotError: when another encoder made it.
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
    ) -> None:
        index.manifest.check_encoder(encoder.name, encoder.dimension)
        self.index = index
        self._encoder = RememberingEncoder(encoder)
        self._reranker = reranker
        self._writer = writer

    @classmethod
    def open(cls, path: str | Path = "index", *, encoder: str = DEFAULT_ENCODER) -> "Engine":
        """Open the index in a folder.

        Args:
            path: folder that ``hyqa index`` wrote.
            encoder: see :func:`hyqa.models.load_encoder`; a reranker is loaded where
                ``HYQA_RERANKER`` names one, a writer where ``HYQA_WRITER_URL`` does.

        Raises:
            SnapshotError: when there is no index there, or it does not fit.
            EncoderError: when the encoder cannot be loaded.
        """
        return cls(open_index(Path(path)), load_encoder(encoder), load_reranker(), load_writer())

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation = Conversation(),  # noqa: B008 - frozen
        as_of: date | None = None,
    ) -> Answer:
        """Answer a question by quotes, or say that the documents do not.

        Args:
            question: the user's words.
            conversation: what was asked before; gives a follow-up its subject.
            as_of: answer as of this day; today where it is not given.

        Raises:
            ConfigError: when there is no question.
        """
        answer = self.trace(question, conversation=conversation, as_of=as_of).answer
        return self._writer.summarized(answer) if self._writer else answer

    def trace(
        self,
        question: str,
        *,
        conversation: Conversation = Conversation(),  # noqa: B008 - frozen
        as_of: date | None = None,
        top_k: int = TOP_K,
    ) -> Trace:
        """Answer a question like :meth:`ask`, but for a summary, and tell how; ``top_k`` hits are kept to look at.

        Raises:
            ConfigError: when there is no question.
        """
        return self._trace(question, conversation, as_of, top_k)

    def _trace(
        self,
        question: str,
        conversation: Conversation,
        as_of: date | None,
        top_k: int,
        *,
        asks_back: bool = True,
    ) -> Trace:
        if not question.strip():
            raise ConfigError("There is no question: type one in Chinese or English.")
        asked = simplify(encodable(question).strip()[:MAX_QUESTION])
        spelled = self.speller.mend(asked)
        mended = without_introduction(spelled)
        if mended != spelled and names_in(mended, self.index.names):
            conversation = Conversation()  # who asks to be told of a thing has changed to that
        compared = comparison(mended, conversation, self.index.names) if asks_back else None
        named = compared.text if compared else with_name(mended, conversation, self.index.names)
        text = named or resolve(mended, conversation, self.index.sparse)
        wanted = asked_language(asked)
        if wanted and (trace := self._told_again(question, text, wanted, as_of, top_k)):
            return trace
        query = make_query(
            text,
            wanted or question_language(_worded(mended, text)),
            as_of=as_of,
            context=conversation.context if "\n" in text else "",
            earlier=conversation.earlier if text == mended else (),
        )
        ranking = self._rank(query, top_k, as_of)
        judged = judge(self.index, query, ranking, self._reranker)
        answer = self._answer(question, query, judged, as_of or date.today())
        trace = Trace(self._in_askers_language(answer, ranking), query, ranking, judged)
        asking = _Asking(mended, conversation, as_of)
        if "\n" in text:
            trace = self._turned_to(asking, trace)
        return self._settled(asking, trace, compared) if asks_back else trace

    def _settled(self, asking: _Asking, trace: Trace, compared: Comparison | None) -> Trace:
        """What is answered where a message asks of several things, or leaves open of which."""
        question, answer = asking.question, trace.answer

        def ask(alone: str) -> Answer:
            return self._alone(alone, Conversation(), asking.as_of).answer

        def ask_after(one: str, others: Sequence[str]) -> Answer:
            talk = asking.conversation.asked(others, self.index.sparse)
            return self._alone(one, talk, asking.as_of).answer

        listed = None if compared else enumeration(question, self.index.names)
        if listed and not shows_all(answer, listed.names):
            compared = listed
        if compared:
            answer = joined(compared, answer, ask)
        elif several := questions_in(question):
            answer = together(several, answer, self._spoken_of, ask_after)
        elif vague := self._vague(asking, answer):
            plain = answer.query == question
            bare = trace.judged if plain else self._judged(question, asking.as_of)
            answer = asked_back(self.index, question, vague, bare, answer, ask)
        return replace(trace, answer=answer)

    def _alone(self, question: str, conversation: Conversation, as_of: date | None) -> Trace:
        """One question of several, which is neither parted nor asked back."""
        return self._trace(question, conversation, as_of, TOP_K, asks_back=False)

    def _turned_to(self, asking: _Asking, trace: Trace) -> Trace:
        """What a follow-up is answered by itself, where it names another thing than what is shown.

        The trace as it is where it names none, where that is shown, and where it is not answered.
        """
        own = turned_to(asking.question, asking.conversation, self.index.names)
        if all(shows(trace.answer, name) for name in own):
            return trace
        alone = without_frame(without_correction(asking.question))
        found = self._alone(alone, Conversation(), asking.as_of)
        if not all(shows(found.answer, name) for name in own):
            return trace
        return replace(found, answer=replace(found.answer, question=trace.answer.question))

    def _spoken_of(self, question: str, answer: Answer) -> float:
        """How far the documents that an answer quotes speak of what a question is about."""
        quoted = [quote.citation.document_id for quote in answer.quotes]
        return share_spoken_of(self.index, question, self.index.names, quoted)

    def _told_again(
        self, question: str, text: str, wanted: Language, as_of: date | None, top_k: int
    ) -> Trace | None:
        """The answer to what was asked before, in another language; None where nothing tells it."""
        if question_language(text) is wanted:
            return None
        trace = self._trace(text, Conversation(), as_of, top_k, asks_back=False)
        answer = replace(trace.answer, question=question, language=wanted)
        answer = self._in_askers_language(answer, trace.ranking)
        if not answer.quotes or answer.quotes[0].citation.meta.language is not wanted:
            return None
        return replace(trace, answer=answer)

    def _vague(self, asking: _Asking, answer: Answer) -> Vague | None:
        """What a question leaves open of its subject, and the conversation, too.

        A thing that is named, and that the conversation led to no answer about, is open again.
        """
        question, conversation = asking.question, asking.conversation
        vague = vague_subject(question, self.index.lexicon, self.index.sparse)
        if vague is None or not conversation.turns:
            return vague
        if vague.openness in _NAMED and not answer.quotes:
            return vague
        if not points_anew(vague, resolved=answer.query != question):
            return None
        last = make_query(conversation.turns[-1].query)
        hits = self._rank(last, _TALKED_OF, asking.as_of).hits
        found = [self.document(hit.chunk.document_id).text for hit in hits]
        return None if is_told(vague, [*conversation.words, *found]) else vague

    def _judged(self, text: str, as_of: date | None) -> tuple[Judged, ...]:
        query = make_query(text, as_of=as_of)
        return judge(self.index, query, self._rank(query, TOP_K, as_of), self._reranker)

    def search(
        self, query: Query, *, top_k: int = TOP_K, as_of: date | None = None
    ) -> tuple[Hit, ...]:
        """The chunks that best fit a query, best first, whether they answer it or not."""
        return self._rank(query, top_k, as_of).hits

    def similarities(self, query: Query) -> Vectors:
        """Cosine of every chunk with a query, by row."""
        vector = self._encoder.encode_queries([query.encoded])[0]
        return self.index.dense.cosines(vector)

    def passages(
        self, text: str, *, top_k: int = TOP_K, as_of: date | None = None
    ) -> tuple[Quote, ...]:
        """The passages nearest to a text, best first, whether they answer it or not.

        Args:
            text: keywords, a question, or an answer's ``query``.
            top_k: how many at most.
            as_of: prefer what is in force on this day; today where it is not given.
        """
        asked = encodable(text).strip()[:MAX_QUESTION]
        if not asked:
            return ()
        query = make_query(asked, question_language(asked))
        chunks = [hit.chunk for hit in self.search(query, top_k=top_k, as_of=as_of)]
        return tuple(
            make_quote(
                self.document(chunk.document_id), chunk.heading_path, (chunk.start, chunk.end)
            )
            for chunk in chunks
        )

    def document(self, document_id: str) -> Document:
        """One document, as it was read.

        Raises:
            DocumentError: when there is none of that id.
        """
        return self.index.store.document(document_id)

    def documents(self) -> tuple[tuple[str, Metadata], ...]:
        """Id and metadata of every document, in the order of the index."""
        return tuple(self.index.store.metadata_of_all())

    def conversation(self, history: list[dict[str, str]]) -> Conversation:
        """A conversation rebuilt from messages ``{"role": "user" | "assistant", "text": …}``."""
        return Conversation.from_history(history, self.index.sparse)

    @cached_property
    def speller(self) -> Speller:
        """Mends questions by the words of this index."""
        return Speller(self.index)

    def _rank(self, query: Query, top_k: int, as_of: date | None) -> Ranking:
        day = as_of or date.today()
        return retrieve(self.index, self._encoder, query, top_k=top_k, as_of=day)

    def _answer(self, question: str, query: Query, judged: tuple[Judged, ...], day: date) -> Answer:
        sure = judged[0].confidence if judged else 0.0
        if not judged or not judged[0].answers:
            return self._refusal(question, query, judged, sure)
        chosen = choose_quotes(self.index, query, judged, as_of=day)
        apart = differing(self.index, query, judged, chosen, as_of=day)
        quotes = apart or chosen
        quoted = [quote.citation.document_id for quote in quotes]
        missing = missing_parts(self.index, query, quoted)
        status = Status.PARTIAL if missing else Status.ANSWERED
        answer = Answer(question, query.text, status, query.language, sure, quotes)
        return replace(answer, missing=missing, differs=bool(apart))

    def _in_askers_language(self, answer: Answer, ranking: Ranking) -> Answer:
        """An answer whose quotes are the asker's language's, where documents that were found allow.

        Those that are not have the glossary's labels. Quotes that differ stand as they are.
        """
        quotes, terms = answer.quotes, self.index.translations.terms
        if not answer.differs:
            found = [hit.chunk.document_id for hit in (*ranking.hits, *ranking.crossed)]
            quotes = in_language(self.index, quotes, answer.language, found)
        return replace(
            answer, quotes=tuple(labelled(quote, terms, answer.language) for quote in quotes)
        )

    def _refusal(
        self, question: str, query: Query, judged: tuple[Judged, ...], sure: float
    ) -> Answer:
        found = [item.hit.chunk.document_id for item in judged]
        outside = is_outside(self.index, query, found)
        near = tuple(
            item.hit for item in judged if item.features.get("words", 0.0) >= NEAREST_WORDS
        )
        return Answer(
            question,
            query.text,
            Status.OUT_OF_SCOPE if outside else Status.NOT_FOUND,
            query.language,
            sure,
            nearest=() if outside else self._nearest(near),
            missing=missing_words(self.index, query, found[:_NEAREST]),
        )

    def _nearest(self, hits: tuple[Hit, ...]) -> tuple[Citation, ...]:
        best = {hit.chunk.document_id: hit.chunk for hit in reversed(hits)}
        ids = list(dict.fromkeys(hit.chunk.document_id for hit in hits))[:_NEAREST]
        return tuple(
            Citation(id_, self.document(id_).meta, best[id_].heading_path, best[id_].pages)
            for id_ in ids
        )


def _worded(question: str, resolved: str) -> str:
    """A question, or what it was resolved to where it has no letters: a number picks a choice."""
    return question if any(map(str.isalpha, question)) else resolved
