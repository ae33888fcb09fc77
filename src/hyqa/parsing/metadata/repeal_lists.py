"""The documents that an annex lists as repealed: 附件1 废止的规范性文件目录, an item a line."""

import re
from collections.abc import Iterator, Sequence

from hyqa.parsing.metadata.official_words import NUMBER
from hyqa.parsing.metadata.segments import Segment, split_segments
from hyqa.text.figures import NUMERAL
from hyqa.text.lists import NUMBERED
from hyqa.types import Evidence

_DECIDES = re.compile(r"(?:决定|现|予以|宣布)[^。；\n]{0,60}?(?:废止|失效)")
_LIST = re.compile(
    r"^(?:附件\s*[一二三四五\d]{0,2}\s*[:：.、]?\s*)?(?!.*(?:修改|继续有效|保留|拟|建议))"
    r"[^。；：:]{0,40}(?:废止|失效)[^。；：:]{0,30}(?:目录|清单|一览表|名单)$"
)
_HEAD = re.compile(r"^序\s*号|^(?:文件)?名\s*称|^文\s*号|^共?计?\s*[（(]?共?\s*\d+\s*件[）)]?$")
_ITEM = re.compile(rf"^\s*(?:{NUMBERED}|(?:{NUMERAL}|\d{{1,3}})\s*[|\s])[|\s]*")
_TITLE = re.compile(
    rf"《(?:[^《》]|《[^《》]{{0,200}}》){{1,200}}》(?:\s*[（(](?:{NUMBER}|[^（()）]{{0,30}}号)[）)])?"
)
_NUMBER = re.compile(rf"(?<=[（(|\s]){NUMBER}")


def read_repeal_lists(text: str) -> Iterator[Evidence]:
    """Yield what annexes list as repealed, where the document decides so."""
    if not _DECIDES.search(text):
        return
    segments = split_segments(text)
    for at, segment in enumerate(segments):
        if _LIST.match(segment.text):
            yield from _items(segments[at + 1 :])


def _items(segments: Sequence[Segment]) -> Iterator[Evidence]:
    """Yield the items of a list, up to the first line that is none."""
    for segment in segments:
        if _HEAD.match(segment.text):
            continue
        number = _ITEM.match(segment.text)
        begin = number.end() if number else 0
        name = _TITLE.match(segment.text, begin)
        name = name or (_NUMBER.search(segment.text, begin) if number else None)
        if name is None:
            return
        yield Evidence("repeals", name[0], segment.start + name.start(), segment.start + name.end())
