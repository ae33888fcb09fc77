"""Reading a document's metadata from its text, in Chinese and in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hyqa.parsing.metadata.official import read_official
from hyqa.parsing.metadata.terms import read_terms
from hyqa.text.dates import ENGLISH_DATE, read_english
from hyqa.types import Evidence

_TRIAL = re.compile(r"[（(](?:试行|暂行)[）)]|试行")
_THIS = (
    r"\b(?:these|this)\s+(?:\w+\s+){0,3}?(?:measures?|regulations?|rules?|provisions?|laws?|notices?"
    r"|circulars?|policy|policies|decisions?|opinions?|orders?|guidelines?|act)\b"
)
_ENGLISH_START = re.compile(
    rf"{_THIS}[^.;]{{0,60}}?\b(?:(?:come|comes|enter|enters|go|goes)\s+into\s+(?:force|effect)|takes?\s+effect"
    rf"|(?:be|is|are|become|becomes)\s+effective)\s*(?:as\s+of|as\s+from|on|from|since)?\s*(?P<day>{ENGLISH_DATE})",
    re.IGNORECASE,
)
_ENGLISH_END = re.compile(
    rf"{_THIS}[^.;]{{0,90}}?\b(?:valid|effective|in\s+force|in\s+effect|expires?)\s*(?:until|till|through|on|to)\s*(?P<day>{ENGLISH_DATE})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of its own document, and what is doubtful in it."""

    evidence: tuple[Evidence, ...]
    remarks: tuple[str, ...] = ()


def read_text(text: str, issued: str = "") -> Reading:
    """Return what a document's text says of the document itself.

    Args:
        text: The document's text.
        issued: The day it was issued, where that is known from elsewhere.
    """
    official = read_official(text)
    if not official:
        return Reading(tuple(_english(text)))
    fields = {evidence.field: evidence for evidence in official}
    day = issued or (fields["issued"].value if "issued" in fields else "")
    terms, remarks = read_terms(text, day)
    evidence = (*official, *(e for e in terms if e.field not in fields))
    return Reading(evidence, (*remarks, *_trial(evidence)))


def _trial(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """A trial has an end, even where nobody wrote it down; none is made up."""
    title = next((e.value for e in evidence if e.field == "title"), "")
    if _TRIAL.search(title) and not any(e.field == "expires" for e in evidence):
        yield "it is on trial (试行), but does not say until when"


def _english(text: str) -> Iterator[Evidence]:
    for field, pattern in (("effective", _ENGLISH_START), ("expires", _ENGLISH_END)):
        match = pattern.search(text)
        value = read_english(match["day"]) if match else ""
        if match and value:
            yield Evidence(field, value, match.start(), match.end())
