"""Checking the metadata of a document."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum

from hyqa.errors import ParseError
from hyqa.parsing.blocks import Parsed
from hyqa.parsing.characters import clean_line, detect_language
from hyqa.parsing.dates import exact_date
from hyqa.types import Form, Language, Metadata

KINDS = ("policy", "plan", "law", "news", "profile", "statistics")

_FIELDS = tuple(field.name for field in fields(Metadata))
_DATES = frozenset(("issued", "effective", "expires"))
_CHOICES: Mapping[str, type[StrEnum]] = {"form": Form, "language": Language}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False, "": False}
_EMPTY = ("", "~", "null")


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


def _check(name: str, value: object) -> object:
    if name not in _FIELDS:
        raise ParseError(f"`{name}` is no metadata field; the fields are {', '.join(_FIELDS)}")
    if name == "reprint":
        return _reprint(value)
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
    """Returns the fields that say something, checked; YAML writes nothing as ~ or null."""
    return {
        name: _check(name, value)
        for name, value in values.items()
        if value is not None and not (isinstance(value, str) and value.strip() in _EMPTY)
    }


def build_metadata(parsed: Parsed, listed: Mapping[str, object], name: str) -> Metadata:
    """Returns a document's metadata: what the file declares, else what is listed, else found.

    Args:
        parsed: The file's content, with the metadata in it.
        listed: The fields that ``sources.toml`` gives for it.
        name: Title of last resort.

    Raises:
        ParseError: A field is unknown, or its value wrong; the message names the field.
    """
    values = _given(parsed.found) | _given(listed) | _given(parsed.declared)
    values.setdefault("language", detect_language(parsed.text))
    values["title"] = values.get("title") or name
    return Metadata(**values)  # type: ignore[arg-type]  # each value was checked by its name
