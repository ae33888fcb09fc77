"""Reading a Chinese official document's own account of itself: title, 文号, body, dates, kind.

The layout is that of GB/T 9704 (党政机关公文格式) and of the pages on which offices publish: a
head with 文号, title and addressees, a text, the body's name and the date under it.
"""

import re
from collections.abc import Iterator, Sequence

from hyqa.parsing.metadata.official_head import (
    Head,
    read_adoption,
    read_date_line,
    read_head,
    read_labels,
    read_number,
    read_red_head,
    read_title,
    read_title_bodies,
)
from hyqa.parsing.metadata.official_words import DATE_LINE, NUMBER, ORGAN, ORGAN_END
from hyqa.parsing.metadata.segments import Segment, split_segments
from hyqa.text.dates import WRITTEN_DATE, read_written
from hyqa.types import Evidence

MOST_BODIES = 12
"""Bodies that sign a document together: the joint notices of ministries have up to a dozen."""
LAST_LINES = 6
"""Lines at the end of a document among which its date stands, and what is printed below it."""

_COMMENT = re.compile(
    "解读|问答|答记者问|一图读懂|图解|新闻发布会|摘要|编制说明|起草说明|综述|报道"
)
_SEALED = re.compile("[（(](?:代|盖|公|印)?[章印][）)]$")
"""Who sealed it, behind the name of who signs: （代章）."""
_PLACE = re.compile("[\u4e00-\u9fff]{1,6}?[省市区县州]")
"""How the whole name of a body begins; the second line of a broken one does not."""
_HALF_NAME = re.compile(
    r"(?!特此|此页|附[件：:]|联系)[\u4e00-\u9fff（）()]{4,26}(?<![知告件达报议复])"
)
_SIGNED = re.compile(rf"([\u4e00-\u9fff（）()·、“”\s]{{2,80}}?(?:{ORGAN_END}))\s*({WRITTEN_DATE})$")
_LONGEST_SIGNED = 90
_PRINTED = re.compile(rf"([\u4e00-\u9fff]{{3,30}}?)?\s*({WRITTEN_DATE})\s*印发")
_ENDS_LAW = re.compile(r"(?:条例|(?<!办)法|令)(?:[（(].*[）)])?$")
_ENDS_POLICY = re.compile(
    r"(?:通知|意见|办法|规定|细则|措施|公告|通告|决定|批复|政策|条|指引|复函|函)(?:[（(].*[）)])?$"
)
_PLAN = re.compile("规划|纲要|计划|行动方案|实施方案")
_NAMES_ITSELF = re.compile("关于.{4,}的(?:紧急)?(?:通知|公告|通告|意见|决定|批复|函|复函)$")
_BEFORE_ANNEX = re.compile(rf"({NUMBER})\s?附件[一二三四五\d]{{0,2}}")
_FIRST_ARTICLE = re.compile(r"第一条")


def read_official(text: str) -> tuple[Evidence, ...]:
    """Return what an official document says of itself, each field once, with its words.

    Nothing is read of a text that only speaks about such a document: an explanation, a report.
    Fields are title, number, publisher, issued, kind, and effective and expires where a table
    above the text gives them; ``addressees`` (主送机关) and ``printed_by`` (印发机关) are no fields
    of the metadata, and only told as evidence.
    """
    segments = split_segments(text)
    head = read_head(segments)
    title, number = read_title(head), read_number(head) or _number_of_annex(segments)
    if title is None or _COMMENT.search(title.value):
        return ()
    signed = list(_signature(segments))
    found = [*read_labels(head), *read_adoption(text, head), *_whole_name(signed, title)]
    found += [title, *([number] if number else [])]
    found += [*read_title_bodies(head, title), *read_red_head(head), *_from_title(title)]
    if not _is_official(found, head, segments):
        return ()
    found += [*read_date_line(head, title), *_printed(segments), *_undated(segments)]
    if head.addressees is not None:
        words = head.addressees.text.rstrip("：:")
        start = head.addressees.start
        found.append(Evidence("addressees", words, start, start + len(words)))
    first: dict[str, Evidence] = {}
    for evidence in found:
        first.setdefault(evidence.field, evidence)
    return tuple(first.values())


def _is_official(found: Sequence[Evidence], head: Head, segments: Sequence[Segment]) -> bool:
    """Whether there is another sign beside a title that ends as official ones do."""
    fields = {evidence.field for evidence in found}
    articles = any(_FIRST_ARTICLE.match(segment.text) for segment in segments)
    title = next(evidence.value for evidence in found if evidence.field == "title")
    named = bool(fields & {"number", "publisher"}) or _NAMES_ITSELF.match(title) is not None
    return named or head.addressees is not None or articles


def _number_of_annex(segments: Sequence[Segment]) -> Evidence | None:
    """The 文号 that stands above an annex: 云建发〔2020〕19号附件1."""
    for segment in segments:
        match = _BEFORE_ANNEX.match(segment.text)
        if match:
            return Evidence("number", match[1], segment.start, segment.start + match.end(1))
    return None


def _signature(segments: Sequence[Segment]) -> Iterator[Evidence]:
    """The bodies and the date under the text: the first date below a line that names a body."""
    for at, segment in enumerate(segments):
        signed = _SIGNED.fullmatch(segment.text) if len(segment.text) < _LONGEST_SIGNED else None
        if signed:
            start, middle = segment.start, segment.start + signed.start(2)
            names = "、".join(signed[1].split())
            yield Evidence("publisher", names, start, start + signed.end(1))
            yield Evidence("issued", read_written(signed[2]), middle, segment.end)
            return
        date = DATE_LINE.fullmatch(segment.text)
        if not date or not at:
            continue
        bodies = _bodies_above(segments, at)
        if bodies:
            names = "、".join(body.text for body in bodies)
            yield Evidence("publisher", names, bodies[0].start, segments[at - 1].end)
        if bodies or _closes(segments, at):
            start = segment.start + date.start(1)
            yield Evidence("issued", read_written(date[1]), start, start + len(date[1]))
            return


def _undated(segments: Sequence[Segment]) -> Iterator[Evidence]:
    """The body that signs a document without a date: its last line, behind the last sentence."""
    if len(segments) > 2 and re.search(r"[。！]$|^特此", segments[-2].text):
        body = _body(segments[-1])
        if body is not None and body.start == segments[-1].start:
            yield Evidence("publisher", body.text, body.start, segments[-1].end)


def _closes(segments: Sequence[Segment], at: int) -> bool:
    """Whether a date line ends a text that nobody signed; what it forwards may follow."""
    closed = re.search(r"[。！]$|^特此", segments[at - 1].text) is not None
    return at > 1 and (closed or at + 1 == len(segments))


def _bodies_above(segments: Sequence[Segment], at: int) -> list[Segment]:
    """The bodies on the lines above a date; a name that was broken over two lines is whole."""
    first = at
    bodies: list[Segment] = []
    while first and len(bodies) < MOST_BODIES and (body := _body(segments[first - 1])):
        first -= 1
        bodies.insert(0, body)
        if body.start > segments[first].start:
            return bodies
    whole = bool(bodies) and _PLACE.match(bodies[0].text) is not None
    if bodies and first and not whole and _HALF_NAME.fullmatch(segments[first - 1].text):
        half = segments[first - 1]
        bodies[0] = Segment(half.text + bodies[0].text, half.start)
    return bodies


def _body(segment: Segment) -> Segment | None:
    """The body that a line names, or names at its end behind a gap; its letters may be spread."""
    for start in (0, max(segment.text.rfind(space) for space in " \u3000\xa0") + 1):
        name = _SEALED.sub("", "".join(segment.text[start:].split()))
        if ORGAN.fullmatch(name):
            return Segment(name, segment.start + start)
    return None


def _whole_name(signed: Sequence[Evidence], title: Evidence) -> Iterator[Evidence]:
    """The signature; where it is only the end of the body's name in the title, that name."""
    whole = next((one for one in _from_title(title) if one.field == "publisher"), None)
    for evidence in signed:
        half = whole is not None and whole.value.endswith(evidence.value)
        yield whole if whole is not None and half else evidence


def _from_title(title: Evidence) -> Iterator[Evidence]:
    """The body that a title begins with, and the kind that it ends with."""
    match = re.match(rf"({ORGAN.pattern})(?:关于|印发|批?转发|令)", title.value)
    if match:
        yield Evidence("publisher", match[1], title.start, title.start + len(match[1]))
    kind = _kind(title.value)
    if kind:
        yield Evidence("kind", kind, title.start, title.end)


def _kind(title: str) -> str:
    if _ENDS_LAW.search(title):
        return "law"
    if title.endswith("统计公报"):
        return "statistics"
    if _PLAN.search(title):
        return "plan"
    return "policy" if _ENDS_POLICY.search(title) else ""


def _printed(segments: Sequence[Segment]) -> Iterator[Evidence]:
    """The body that printed a document, and the date, below it; no other date may be found."""
    last = segments[-LAST_LINES:]
    for above, segment in zip([None, *last], last, strict=False):
        match = _PRINTED.fullmatch(segment.text)
        if not match:
            continue
        start, end = (segment.start + place for place in match.span(2))
        yield Evidence("issued", read_written(match[2]), start, end)
        body = Segment(match[1], segment.start) if match[1] else above
        if body is not None and ORGAN.fullmatch(body.text):
            yield Evidence("printed_by", body.text, body.start, body.end)
