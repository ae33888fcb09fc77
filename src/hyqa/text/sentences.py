"""Where sentences end, in Chinese and English text."""

import re
from collections.abc import Iterator

from hyqa.text.figures import ORDINAL

Span = tuple[int, int]

LONG_SENTENCE, LONG_IN_ENGLISH = 160, 400
"""Characters from which a sentence is cut at its semicolons, Chinese and English ones: policy text
strings whole lists of measures together with them, and each is a statement of its own."""

_CLOSERS = r"[”’」』）)\]\"']*"
ENDS_SENTENCE = re.compile(rf"[。！？；.!?;…]{_CLOSERS}$")
"""How a text ends that is a whole sentence, or several."""
CLAUSE = re.compile(r"[^，,；;。！？\n]+")
"""A clause: what stands between two marks of punctuation."""
ASIDE = re.compile(r"[（(][^（）()]*[）)]")
"""What stands in brackets, with them; the innermost of several."""
_END = re.compile(
    rf"[。！？!?]+{_CLOSERS}\s*"
    # A full stop ends an English sentence before white space and a capital, and a Chinese one
    # between Chinese characters; not after an initial such as the S of U.S.
    rf"|(?<![A-Z])\.{_CLOSERS}\s+(?=[A-Z“\"(\u3400-\u9fff])"
    r"|(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])"
    r"|\n+"
    # Exports often flatten lines into one: a space between Chinese characters was a line's end.
    r"|(?<=[\u3400-\u9fff”》）])[ \u3000]+(?=[\u3400-\u9fff（“《])"
)
_CLAUSE_END = re.compile(r"；\s*")
_LONG_CLAUSE_END = re.compile(r"[；;]\s*")
_NO_END = re.compile(
    r"\b(?:No|Nos|Art|Dr|Mr|Mrs|Ms|St|vs|Co|Ltd|Inc|Corp|approx)\.\s*$"
    # The number of an article belongs to its words.
    rf"|{ORDINAL}[条章节编]\s*$"
)
"""What a text does not end a sentence with: abbreviations and numbers of articles."""
_LONGEST = 10
_LIMITS = re.compile(
    r"但|除|其中|不包括|不含|前款|上述|以上|上款|此外|否则|不得|逾期|however\b|but\b|except\b|provided\b|unless\b|only\b",
    re.IGNORECASE,
)
"""How a sentence begins that limits the one before it."""
_NEAR = 20


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Cut a text into sentences.

    Returns:
        Spans ``(start, end)`` in order that together cover the text without gaps; white space
        after a sentence belongs to it.
    """
    return tuple(
        piece for span in _split(text, (0, len(text)), _END) for piece in _shorter(text, span)
    )


def without_asides(text: str) -> str:
    """Put a space in the place of what stands in brackets."""
    return ASIDE.sub(" ", text)


def goes_on(text: str, start: int) -> bool:
    """Say whether the sentence at a place limits the one before it, or is introduced by it."""
    before = text[max(0, start - _NEAR) : start].rstrip()[-1:]
    return before in ("：", ":") or _LIMITS.match(text, start) is not None


def trim(text: str, span: Span) -> Span:
    """Narrow a span so that it neither starts nor ends with white space."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _shorter(text: str, span: Span) -> Iterator[Span]:
    length = span[1] - span[0]
    if length <= LONG_SENTENCE:
        yield span
    else:
        long = length > LONG_IN_ENGLISH
        yield from _split(text, span, _LONG_CLAUSE_END if long else _CLAUSE_END)


def _split(text: str, span: Span, border: re.Pattern[str]) -> Iterator[Span]:
    start, stop = span
    for match in border.finditer(text, start, stop):
        near = max(start, match.start() - _LONGEST)
        if match.end() > start and not _NO_END.search(text, near, match.end()):
            yield start, match.end()
            start = match.end()
    if start < stop:
        yield start, stop
