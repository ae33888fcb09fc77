"""Asking a snapshot all questions, several at a time, and keeping what matters of each answer."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from hyqa.config import cores
from hyqa.engine import Engine
from hyqa.maintenance.evaluation import LabelledQuestion
from hyqa.maintenance.evaluation.calibrating import UNDERSPECIFIED
from hyqa.maintenance.evaluation.metrics import answer_inside, first_rank
from hyqa.maintenance.evaluation.outcomes import is_verbatim
from hyqa.maintenance.release.asking import Asked
from hyqa.models import Encoder, encode_questions
from hyqa.reading import ForeseenReader, reader_of
from hyqa.text.scripts import simplify
from hyqa.types import Answer, Status, Trace
from hyqa.types.errors import HyqaError

AT_A_TIME = 4
"""Questions that are asked at once at most: more do not help, as each encodes with all cores."""
FAILED = "error"
"""Status of a question that the snapshot failed to answer."""
Report = Callable[[int, int], None]
"""Called with the number of questions done and their total."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a question.

    Attributes:
        status: of the answer, or ``error``.
        documents: those quoted, each once, in order.
        words: checksum of the quoted words, '' where nothing was quoted.
        right: whether it is what is expected; None where nothing is.
        verbatim: whether each quote stands in its document where it says so.
    """

    status: str
    documents: tuple[str, ...] = ()
    words: str = ""
    right: bool | None = None
    verbatim: bool = True


Note = Callable[[Asked, Reply, Trace], None]
"""Called with a question, what became of it, and how; by several threads."""


def replay(
    engine: Engine,
    asked: Sequence[Asked],
    day: date,
    report: Report | None = None,
    keeping: Encoder | None = None,
    note: Note | None = None,
) -> Mapping[str, Reply]:
    """Ask all questions; returns what became of each, by its key.

    Args:
        engine: of the snapshot.
        asked: the questions.
        day: as of which those are asked that name no day themselves.
        report: told of the progress.
        keeping: an encoder of the engine's name that keeps what it gives from build to build: it is given
            golden questions alone, as what people asked is nobody's to keep.
        note: told how each answer came about, by the question; not of one that failed.
    """
    keeps = _keeping(engine, keeping) if keeping else engine
    engines = {True: keeps, False: engine}
    for golden, own in engines.items():
        _encode_ahead(own, [one for one in asked if one.golden is golden])
    replies: dict[str, Reply] = {}
    with ThreadPoolExecutor(min(AT_A_TIME, cores())) as pool:
        made = pool.map(lambda one: _reply(engines[one.golden], one, day, note), asked)
        for one, reply in zip(asked, made, strict=True):
            replies[one.key] = reply
            if report:
                report(len(replies), len(asked))
    return replies


def _keeping(engine: Engine, keeping: Encoder) -> Engine:
    """An engine that answers the same, by vectors and readings of pairs that are kept."""
    reads = type(engine.reader) is ForeseenReader
    reader = reader_of(engine.index, keeping) if reads else engine.reader
    return Engine(engine.index, keeping, reader)


def _encode_ahead(engine: Engine, asked: Sequence[Asked]) -> None:
    """Have an engine know the vectors of its questions: together they take a third of the time."""
    encode_questions(engine.encoder, [simplify(one.question.request.words) for one in asked])


def _reply(engine: Engine, asked: Asked, day: date, note: Note | None) -> Reply:
    request = asked.question.request
    try:
        conversation = engine.conversation([dict(message) for message in request.history])
        trace = engine.trace(request.words, conversation=conversation, as_of=request.as_of or day)
        answer = trace.answer
        verbatim = all(is_verbatim(engine, quote) for quote in answer.quotes)
    except HyqaError:
        return Reply(FAILED, right=False if asked.golden else None)
    quoted = [quote.text for quote in answer.quotes]
    reply = Reply(
        status=answer.status.value,
        documents=_documents(answer),
        words=blake2b("\n".join(quoted).encode(), digest_size=8).hexdigest() if quoted else "",
        right=is_right(asked.question, answer) if asked.golden else None,
        verbatim=verbatim,
    )
    if note:
        note(asked, reply, trace)
    return reply


def is_right(question: LabelledQuestion, answer: Answer) -> bool:
    """Say whether an answer is what is expected of a golden question.

    One with an answer must show the words of one of its groups, or, where no words are given, quote
    one of its documents first. One without must be refused; where it does not say what it is about,
    it may be asked back.
    """
    if not question.answerable:
        asked_back = answer.status is Status.CLARIFY and question.label != UNDERSPECIFIED
        return not answer.quotes and not asked_back
    if question.groups:
        return answer_inside(question.groups, [quote.text for quote in answer.quotes])
    wanted = question.document_ids
    return first_rank(_documents(answer), wanted) == 1 if wanted else bool(answer.quotes)


def _documents(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quote.citation.document_id for quote in answer.quotes))
