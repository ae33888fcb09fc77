"""The lines of a document as it was laid out, also where an export lost its line breaks."""

import re
from dataclasses import dataclass

from hyqa.text.dates import YEAR_BEGINS

_SPACE = r"[ \u2000-\u200a\u3000\xa0]"
_ENDS = r"[\u3400-\u9fff。；：:！？”》）\])〕】]"
_NOT_A_BREAK = (
    # A word set with wide spaces, as 财 政 部, is one line, and no row of one-letter lines.
    r"(?<![\u3400-\u9fff\d])[\u3400-\u9fff](?:[ \u3000\xa0]{1,3}[\u3400-\u9fff])+(?![\u3400-\u9fff、])"
)
_BREAK = re.compile(
    rf"(?P<whole>{_NOT_A_BREAK})"
    r"|\n+"
    # A space between Chinese characters was a line's end, or the gap between two columns.
    rf"|(?:(?<={_ENDS})|(?<=[，、])){_SPACE}+(?=[\u3400-\u9fff（(“《〔\[【])"
    rf"|(?<={_ENDS})(?<![年月]){_SPACE}+(?={YEAR_BEGINS})"
    rf"|(?<={_ENDS}){_SPACE}+(?=(?:\d{{1,2}}[.．、](?!\d)|[①-⑳])\s?[^\W\d])"
    rf"|(?<=[号日]){_SPACE}+(?=\S)"
    r"|[\u3000]{2,}|[ \u2000-\u200a\xa0]{4,}"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A line as somebody wrote it: the document's ``text[start:end]``, without edges of space."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def split_segments(text: str) -> list[Segment]:
    """Return the lines of a text, and what were lines before an export joined them."""
    breaks = [match.span() for match in _BREAK.finditer(text) if match["whole"] is None]
    segments = []
    start = 0
    for end, following in [*breaks, (len(text), len(text))]:
        line = text[start:end]
        if line.strip():
            lead = len(line) - len(line.lstrip())
            segments.append(Segment(line.strip(), start + lead))
        start = following
    return segments
