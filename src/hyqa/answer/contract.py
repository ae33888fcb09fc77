"""The JSON contract that other programs rely on: questions in, answers and documents out."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from hyqa.answer.citing import cite
from hyqa.index.chunking import pages_of
from hyqa.index.inspection import Inspection
from hyqa.models.encoder import encodable
from hyqa.parsing.outline.places import Places
from hyqa.text.dates import days_of
from hyqa.types import Answer, Citation, Document, Language, ParseFailure, Quote
from hyqa.types.errors import ConfigError

RequestId = str | int | None
Record = dict[str, object]

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What some readers take for a line's end, and what UTF-8 cannot carry."""
_ROLES = ("user", "assistant")


class RequestError(ConfigError):
    """A line that asks nothing; ``id`` is the line's own, as far as it could be read."""

    def __init__(self, message: str, request_id: RequestId = None) -> None:
        super().__init__(message)
        self.id = request_id


@dataclass(frozen=True, slots=True)
class Request:
    """A question as another program asks it; ``history`` are the messages before it."""

    id: RequestId
    question: str
    history: tuple[Mapping[str, str], ...] = ()
    as_of: date | None = None

    @property
    def words(self) -> str:
        """The question without what no text may hold; ``question`` is as it came."""
        return encodable(self.question)


def load_object(line: bytes) -> Mapping[str, object]:
    """Read a line as a JSON object; a byte order mark is left out.

    Raises:
        RequestError: when it is no UTF-8, no JSON, or no object.
    """
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise RequestError("The line is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise RequestError("The line is not valid JSON.") from error
    if not isinstance(value, dict):
        raise RequestError('The line is not a JSON object like {"question": "…"}.')
    return value


def read_request(fields: Mapping[str, object]) -> Request:
    """Check what a line asks; keys that are not known are ignored.

    Raises:
        RequestError: when a key that is known holds what it may not.
    """
    request_id = _id(fields.get("id"))
    try:
        return Request(
            id=request_id,
            question=_question(fields.get("question")),
            history=_history(fields.get("history")),
            as_of=_as_of(fields.get("as_of")),
        )
    except ConfigError as error:
        raise RequestError(str(error), request_id) from error


def read_day(text: str) -> date:
    """Read ``YYYY-MM-DD``, or ``YYYY-MM`` or ``YYYY`` as the last day of that month or year.

    Raises:
        ConfigError: when it is none of these, or there is no such day.
    """
    days = days_of(text)
    if days is None:
        raise ConfigError(
            f"{text!r} is no date: write YYYY-MM-DD, or YYYY-MM or YYYY for the end of it."
        )
    return days[1]


def answer_record(request: Request, answer: Answer, *, seconds: float, as_of: date) -> Record:
    """An answer as other programs get it.

    ``pointer`` is '' unless the status is ``not_found``; where it is not, it takes the place of a
    refusal in general words, and ``nearest`` are what is held of the like. ``closest`` are up to two quotes
    that do not answer, and may help where the status is ``not_found``. ``related`` are up to two
    questions to offer below an answer or a refusal. ``intent`` is '' unless the status is
    ``small_talk``: ``greeting``, ``thanks``, ``goodbye``, ``acknowledgement``, ``capabilities``,
    ``menu``, ``person``, ``robot``, ``complaint``, ``sources`` or ``brevity``; a program that does not know one
    may say what can be asked.

    Args:
        request: what was asked.
        answer: what the engine said.
        seconds: how long that took.
        as_of: day on which ``citation`` says whether a document has expired.
    """
    quotes = [_quote(quote, answer.language, as_of) for quote in answer.quotes]
    return {
        "id": request.id,
        "question": request.question,
        "status": answer.status.value,
        "language": answer.language.value,
        "confidence": round(answer.confidence, 4),
        "query": answer.query,
        "quotes": quotes,
        "nearest": [_nearest(citation) for citation in answer.nearest],
        "closest": [_quote(quote, answer.language, as_of) for quote in answer.closest],
        "missing": list(answer.missing),
        "choices": list(answer.choices),
        "differs": answer.differs,
        "summary": [asdict(statement) for statement in answer.summary],
        "pointer": answer.pointer,
        "related": list(answer.related),
        "intent": answer.intent,
        "seconds": round(seconds, 4),
    }


def error_record(request_id: RequestId, sentence: str) -> Record:
    """What stands in the place of an answer to a line that could not be answered."""
    return {"id": request_id, "status": "error", "error": sentence}


def document_record(document: Document) -> Record:
    """A document with the text that every quote's ``start`` and ``end`` count in.

    ``evidence`` tells where in it stands what the metadata say, ``outline`` its headings.
    """
    return {
        "id": document.id,
        **asdict(document.meta),
        "sha256": document.sha256,
        "text": document.text,
        "evidence": [asdict(evidence) for evidence in document.evidence],
        "remarks": list(document.remarks),
        "outline": [asdict(heading) for heading in document.outline],
    }


def inspection_record(seen: Inspection) -> Record:
    """A document as it would be indexed, with what it was read from; see ``hyqa check --help``."""
    document = seen.document
    places = Places(document)
    pages = [start.page for start in document.page_starts]
    return {
        "id": document.id,
        "status": "warned" if seen.warnings else "ok",
        "sha256": document.sha256,
        "characters": len(document.text),
        "pages": max(pages) if pages else None,
        "metadata": asdict(document.meta),
        "standing": asdict(seen.standing),
        "evidence": [
            {"field": one.field, "value": one.value, **_stretch(document, one.start, one.end)}
            for one in document.evidence
        ],
        "outline": [
            {
                "heading_path": list(places.path((heading.start, heading.end))),
                "level": heading.level,
                "start": heading.start,
                "end": heading.end,
            }
            for heading in document.outline
        ],
        "tables": [asdict(table) for table in document.tables],
        "recognised": [asdict(page) for page in document.recognised],
        "passages": [
            {"start": chunk.start, "end": chunk.end, "pages": _pages(chunk.pages)}
            for chunk in seen.chunks
        ],
        "warnings": [
            {"concern": one.concern.value, "sentence": one.sentence} for one in seen.warnings
        ],
    }


def failure_record(failure: ParseFailure) -> Record:
    """A file that cannot be used, and why."""
    return {"id": failure.source, "status": "failed", "error": failure.reason}


def _stretch(document: Document, start: int, end: int) -> Record:
    pages = pages_of(document.page_starts, (start, end))
    return {"text": document.text[start:end], "start": start, "end": end, "pages": _pages(pages)}


def _pages(pages: tuple[int, int] | None) -> list[int] | None:
    return list(pages) if pages else None


def dump(record: Mapping[str, object]) -> str:
    """Write a record as one line of JSON that every reader of UTF-8 lines reads as one line."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _quote(quote: Quote, language: Language, as_of: date) -> Record:
    meta = quote.citation.meta
    pages = quote.citation.pages
    return {
        "text": quote.text,
        "doc_id": quote.citation.document_id,
        "title": meta.title,
        "source_title": meta.source_title,
        "publisher": meta.publisher,
        "number": meta.number,
        "issued": meta.issued,
        "form": meta.form.value,
        "url": meta.url,
        "heading_path": list(quote.citation.heading_path),
        "pages": _pages(pages),
        "recognised": quote.citation.recognised,
        "start": quote.start,
        "end": quote.end,
        "highlights": [asdict(highlight) for highlight in quote.highlights],
        "labels": [asdict(label) for label in quote.labels],
        "citation": cite(quote.citation, language, as_of=as_of),
    }


def _nearest(citation: Citation) -> Record:
    meta = citation.meta
    return {"doc_id": citation.document_id, "title": meta.title, "url": meta.url}


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")


def _id(value: object) -> RequestId:
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    raise RequestError("`id` must be a string or a whole number.")


def _question(value: object) -> str:
    if not isinstance(value, str):
        raise RequestError("`question` is missing, or is no string.")
    if not value.strip():
        raise RequestError("`question` is empty.")
    return value


def _history(value: object) -> tuple[Mapping[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RequestError("`history` must be a list of messages.")
    return tuple(_message(message) for message in value)


def _message(value: object) -> Mapping[str, str]:
    if isinstance(value, dict) and value.get("role") in _ROLES:
        role, text = value["role"], value.get("text")
        if isinstance(text, str):
            return {"role": role, "text": encodable(text)}
    raise RequestError(
        'A message of `history` must be {"role": "user" or "assistant", "text": "…"}.'
    )


def _as_of(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise RequestError('`as_of` must be a string like "2025-12-31".')
    return read_day(value)
