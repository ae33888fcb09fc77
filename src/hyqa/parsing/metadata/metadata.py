"""Bringing together what is known of a document: declared, listed, read from its text, found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from hyqa.parsing.blocks import Parsed
from hyqa.parsing.characters import clean_line, detect_language
from hyqa.parsing.metadata.stated import read_text
from hyqa.text.dates import exact_date
from hyqa.types import Evidence, Form, Language, Metadata
from hyqa.types.errors import ParseError

KINDS = ("policy", "plan", "law", "news", "profile", "statistics")

_FIELDS = tuple(field.name for field in fields(Metadata) if field.name != "kept_since")
"""What a document may say of itself; the other one is what an index build finds."""
_DATES = frozenset(("issued", "effective", "expires", "repealed"))
_LISTS = frozenset(("repeals", "original_of"))
_CHOICES: Mapping[str, type[StrEnum]] = {"form": Form, "language": Language}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False, "": False}
_EMPTY = ("", "~", "null")
_BRACKETS = str.maketrans("［﹝[【（(］﹞]】）)", "〔〔〔〔〔〔〕〕〕〕〕〕", "《》“”")
"""Brackets of a 文号 are written in many ways; marks around a title say nothing."""


def _string(name: str, value: object) -> str:
    if not isinstance(value, (str, int, float, date)):
        raise ParseError(f"`{name}` must be a single value, not a list or a table")
    return clean_line(str(value))


def _date(name: str, value: object) -> str:
    try:
        return exact_date(value)
    except ValueError as error:
        raise ParseError(
            f"`{name}` is {_string(name, value)!r}, not a date such as 2025, 2025-03 or 2025-03-31"
        ) from error


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ParseError(f"`{name}` is {value!r}, not one of {', '.join(allowed)}")
    return value


def _reprint(value: object) -> bool:
    truth = _TRUTH.get(str(value).strip().lower())
    if truth is None:
        raise ParseError(f"`reprint` is {_string('reprint', value)!r}, not true or false")
    return truth


def _list(field: str, value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    return tuple(filter(None, (_string(field, name) for name in names)))


def _check(name: str, value: object) -> object:
    if name not in _FIELDS:
        raise ParseError(f"`{name}` is no metadata field; the fields are {', '.join(_FIELDS)}")
    if name == "reprint":
        return _reprint(value)
    if name in _LISTS:
        return _list(name, value)
    if name in _DATES:
        return _date(name, value)
    written = _string(name, value)
    if name == "kind":
        return _one_of(name, written, KINDS)
    if name in _CHOICES:
        choices = _CHOICES[name]
        return choices(_one_of(name, written, tuple(choices)))
    return written


def _given(values: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that say something, checked; YAML writes nothing as ~ or null."""
    return {
        name: _check(name, value)
        for name, value in values.items()
        if value is not None and not (isinstance(value, str) and value.strip() in _EMPTY)
    }


@dataclass(frozen=True, slots=True)
class Account:
    """A document's metadata, the words that they were read from, and what is doubtful in them."""

    meta: Metadata
    evidence: tuple[Evidence, ...]
    remarks: tuple[str, ...]


def build_metadata(parsed: Parsed, listed: Mapping[str, object], name: str) -> Account:
    """Return a document's metadata: what the file declares, else what is listed, read, found.

    What an official document's own text says counts for more than what a program put into the
    file. A digest's text speaks about another document: it adds nothing to the metadata, and is
    evidence only of what they say anyway.

    Args:
        parsed: The file's content, with the metadata in it.
        listed: The fields that ``sources.toml`` gives for it.
        name: Title of last resort.

    Raises:
        ParseError: A field is unknown, or its value wrong; the message names the field.
    """
    given = _given(listed) | _given(parsed.declared)
    reading = read_text(parsed.text, str(given.get("issued", "")))
    digest = given.get("form") == Form.DIGEST
    values = _given(parsed.found) | ({} if digest else _read(reading.evidence)) | given
    values.setdefault("language", detect_language(parsed.text))
    values["title"] = values.get("title") or name
    meta = Metadata(**values)  # type: ignore[arg-type]  # each value was checked by its name
    agreeing = tuple(
        e
        for e in reading.evidence
        if (not digest if e.field not in _FIELDS else _agrees(e.value, getattr(meta, e.field)))
    )
    if digest:
        return Account(meta, agreeing, ())
    remarks = (*_contradictions(parsed.text, reading.evidence, given), *reading.remarks)
    return Account(meta, agreeing, remarks)


def _read(evidence: Sequence[Evidence]) -> dict[str, object]:
    single = [e for e in evidence if e.field in _FIELDS and e.field != "repeals"]
    values: dict[str, object] = {e.field: e.value for e in single}
    repeals = tuple(e.value for e in evidence if e.field == "repeals")
    return values | ({"repeals": repeals} if repeals else {})


def _contradictions(
    text: str, evidence: Sequence[Evidence], given: Mapping[str, object]
) -> Iterator[str]:
    """Yield where the text says another thing of the document than somebody declared."""
    for one in evidence:
        said = given.get(one.field)
        if one.field not in ("kind", "repeals", "title") and said and not _agrees(one.value, said):
            words = clean_line(text[one.start : one.end])
            yield f"`{one.field}` is given as {said}, but the text says {one.value} ({words})"


def _agrees(read: str, said: object) -> bool:
    """Return whether two values say the same, one maybe less of it, as 2025 does of 2025-03."""
    if isinstance(said, tuple):
        return read in said
    one, other = _plain(read), _plain(str(said))
    return bool(one and other) and (one in other or other in one)


def _plain(value: str) -> str:
    return "".join(value.translate(_BRACKETS).split())
