"""Read from a sentence's wording what role it plays: label, summary, reference, question.

Popular passages are quoted from again and again: what was found of their sentences is kept.
"""

import re
from functools import cached_property, lru_cache

from hyqa.question.kinds import memoized
from hyqa.text.figures import NUMERAL
from hyqa.text.lists import NUMBERED_HEADING
from hyqa.text.scripts import simplify
from hyqa.text.tokens import normalize, tokenize
from hyqa.types import AnswerKind

PLANNED = "计划|规划|预计|拟|目标|力争"
"""A pattern of the words that tell what is to be, not what is."""
KEPT = 4096
"""Sentences that are kept, some 4 MB."""

_REFERS = re.compile(r"\s*(?:这|该|此|上述|前款|以上|其|同时|It|This|These|They|Such)")
_SUMS_UP = re.compile(r"\s*(?:综上|总之|总的来说|总体|In summary|Overall)")
_LABEL = re.compile(rf"\s*(?:{NUMBERED_HEADING}\s*)?[*#【\s]*([^：:。，,；;\n]{{2,14}})[：:】]")
"""What a line of a form, or a paragraph, is about: its words before a colon."""
_HEADING = re.compile(rf"\s*(?:{NUMBERED_HEADING}|{NUMERAL})\s*([^。；;，,]{{4,30}})[。:：]?\s*$")
"""A numbered heading that stands in the running text, as a sentence of its own."""
_PREAMBLE = re.compile(
    r"[^。]{0,30}(?:为(?:了|进一步|深入|全面|贯彻|切实|做好|加强|坚决)|贯彻落实|印发|制定本|通知如下|提出以下|现将)"
)
"""How documents say why they were written, in all the words of their title."""
_SHORT_LINE = 14
"""Characters up to which a line without a full stop is a heading of what follows."""


class Wording:
    """What a sentence's wording tells by itself; each property is computed when it is asked for.

    Args:
        text: the sentence.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.folded = normalize(text)
        self._kinds: dict[AnswerKind, bool] = {}

    @cached_property
    def refers(self) -> bool:
        """Whether it begins with a word that refers back (该, 此, it)."""
        return _REFERS.match(self.folded) is not None

    @cached_property
    def sums_up(self) -> bool:
        """Whether it sums up what was told before."""
        return _SUMS_UP.match(self.folded) is not None

    @cached_property
    def gives_reasons(self) -> bool:
        """Whether it may be a preamble that says why its document was written."""
        return _PREAMBLE.match(self.folded) is not None

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.folded[-1:] in ("?", "？")

    @cached_property
    def label_tokens(self) -> tuple[str, ...]:
        """The tokens of its label."""
        return tuple(tokenize(self.label))

    @cached_property
    def label(self) -> str:
        """What it names as the subject of itself and of the sentences below; '' if it does not."""
        if match := _HEADING.match(self.folded) or _LABEL.match(self.folded):
            return match[1].strip()
        line = len(self.folded) <= _SHORT_LINE and self.folded[-1:] not in "。；;."
        return self.folded.strip("#* ") if line else ""

    @cached_property
    def tells_of_label(self) -> bool:
        """Whether text follows its label on the same line."""
        return _LABEL.match(self.folded) is not None

    def shows(self, kind: AnswerKind) -> bool:
        """Whether it holds text of a kind of answer."""
        return memoized(self._kinds, kind, lambda: self._shows(kind))

    def _shows(self, kind: AnswerKind) -> bool:
        return kind.found.search(simplify(self._text)) is not None


worded = lru_cache(maxsize=KEPT)(Wording)
