"""Whether a question may be foreseen for a document: what a model or a person wrote is not trusted.

A question is kept only if the words that answer it stand in its documents, letter for letter, and if
it is a question of a bounded length in plain characters that nobody has foreseen yet. Questions and
what they lack are shown to people, and a line that speaks to whoever reads it is none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hyqa.parsing.corpus.foreseen import read_foreseen
from hyqa.text.tokens import normalize
from hyqa.types import ForeseenQuestion, ParseFailure

SHORTEST, LONGEST = 2, 200
"""Characters of a question; of the 18,000 that are shipped, the longest has 161."""
LONGEST_WORDS, LONGEST_LACKS = 300, 200
"""Characters of the words that answer (the longest shipped: 181) and of what is lacking (131)."""
_MARKUP = re.compile(r"[<>`\\{}|]|://|www\.|\]\(")
_ENDS = tuple("。.！!；;：:，,")
"""What ends a statement, a command or a piece of one; a question mark may be left out, as people do."""
_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|override|forget)\b.{0,40}\b(?:instructions?|rules?|prompts?|above|previous)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|\b(?:system|assistant|user)\s?:|\byou are now\b"
    r"|(?:忽略|无视|不要理会).{0,20}(?:指示|指令|规则|要求|以上|上面|之前)|系统提示|提示词|你现在是"
)
"""What speaks to a model rather than asks about a document."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Questions that hold, and what is wrong with others, each with its place; in order."""

    kept: tuple[ForeseenQuestion, ...]
    refused: tuple[ParseFailure, ...]


class Checker:
    """Says of each question whether it may be foreseen.

    Args:
        corpus: its questions are those that are foreseen already; drafts do not count.
        document: the id of the document that all questions are about.
        texts: the texts of this document and of others that questions may name, by their ids.
    """

    def __init__(self, corpus: Path, document: str, texts: Mapping[str, str]) -> None:
        self._document, self._texts = document, texts
        self._known = {
            _folded(question.text): place
            for place, question in read_foreseen(corpus)
            if isinstance(question, ForeseenQuestion)
        }

    def check(self, questions: Iterable[tuple[str, ForeseenQuestion | ParseFailure]]) -> Checked:
        """Tell those that hold from the others; of two of the same wording, the second is refused."""
        kept: list[ForeseenQuestion] = []
        refused: list[ParseFailure] = []
        for place, question in questions:
            if isinstance(question, ParseFailure):
                refused.append(question)
            elif fault := self._fault(question):
                refused.append(ParseFailure(place, fault))
            else:
                self._known[_folded(question.text)] = place
                kept.append(question)
        return Checked(tuple(kept), tuple(refused))

    def _fault(self, question: ForeseenQuestion) -> str:
        """What is wrong with a question, '' where it holds."""
        known = self._known.get(_folded(question.text), "")
        return (
            _fault_of_text(question.text)
            or (f"it is foreseen already: {known}" if known else "")
            or _fault_of_lacks(question)
            or self._fault_of_documents(question)
        )

    def _fault_of_documents(self, question: ForeseenQuestion) -> str:
        names = (*question.answers, *question.unanswered)
        if self._document not in names:
            return f"it does not name {self._document}"
        if any(name not in self._texts for name in names):
            return "it names a document that is not there"
        return next(
            filter(None, (self._fault_of_words(*one) for one in question.answers.items())), ""
        )

    def _fault_of_words(self, document: str, words: str) -> str:
        if not words.strip() or len(words) > LONGEST_WORDS:
            return f"the words that answer it are none, or more than {LONGEST_WORDS} characters"
        if not _is_plain(words):
            return "the words that answer it hold a line break, or what cannot be seen"
        if words not in self._texts[document]:
            return f"the words that answer it do not stand in {document}, letter for letter"
        return ""


def _fault_of_text(text: str) -> str:
    if not SHORTEST <= len(text) <= LONGEST:
        return f"a question has {SHORTEST} to {LONGEST} characters"
    if not _is_plain(text) or _MARKUP.search(text):
        return "it holds a line break, markup, an address, or what cannot be seen"
    if _COMMANDS.search(text.lower()) or text.endswith(_ENDS):
        return "it is no question: it tells something, or tells somebody what to do"
    return "" if any(map(str.isalnum, text)) else "it has no words"


def _fault_of_lacks(question: ForeseenQuestion) -> str:
    if question.is_near_miss and not question.lacks:
        return "it is not answered: say in `lacks` what is lacking"
    if len(question.lacks) > LONGEST_LACKS:
        return f"what is lacking has more than {LONGEST_LACKS} characters"
    if not _is_plain(question.lacks) or _MARKUP.search(question.lacks):
        return "what is lacking holds a line break, markup, an address, or what cannot be seen"
    return "what is lacking speaks to a model" if _COMMANDS.search(question.lacks.lower()) else ""


def _is_plain(text: str) -> bool:
    """Whether all of a text is seen as it is: no control, no turning of lines, no half of a pair."""
    return text.replace("\u3000", " ").isprintable()


def _folded(text: str) -> str:
    """A question as it is compared with others."""
    return " ".join(normalize(text).split()).rstrip("?？ ")
