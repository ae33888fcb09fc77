"""The head of a Chinese official document: what stands above its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from hyqa.parsing.metadata.official_words import DATE_LINE, NUMBER, ORGAN, OWN_NUMBER, TITLE_END
from hyqa.parsing.metadata.segments import Segment
from hyqa.text.dates import WRITTEN_DATE, find_date, read_written
from hyqa.text.figures import NUMERALS_OR_DIGITS, ORDINAL
from hyqa.types import Evidence

HEAD_SEGMENTS, HEAD_WIDTH = 24, 800
"""Lines and characters in which a head ends: a red head, 文号, a title of four lines, a site's
table of what it says of the document."""
LONGEST_TITLE = 120
"""Characters of the longest title: notices that forward notices, with every name in full."""

_ADDRESSEES = re.compile(
    r"^(?:各|全|有关|局|机关|厅|公司|本|驻|[\u4e00-\u9fff、，,（）()；;\s]{0,300}"
    r"(?:各|政府|单位|部门|委|局|厅|办|公司|企业|银行|处|中心|院|校|人民|市民|群众|朋友|会))"
    r"[^。]{0,400}[:：]$"
)
_OPENS_TEXT = re.compile(
    r"^(?:第一[章条节编]|一[、．.]|为[了深全进切贯认做加有支积]|根据|按照|[（(]一[）)])"
)
_MASTHEAD = re.compile(
    r"(?:政府|办公[室厅]|委员会|厅|局|部|党委|省委|市委)\s*文件$|^签发人|^[A-Z\d\W]+$"
    r"|^(?:[（(].*[）)]|★?(?:特急|加急|平急|急件|机密|秘密).{0,6})$"
)
_BODY = "(?:国务院|[\u4e00-\u9fff]{2,30}?(?:大会常务委员会|大会|委员会|政府|国务院|部|局|厅|委))"
_RED_HEAD = re.compile(rf"({ORGAN.pattern})\s*文件")
_ADOPTED = re.compile(
    rf"(?:^|(?<=[（(，,。；\s])|(?<=通过|批准))(?P<day>{WRITTEN_DATE})\s*(?:经\s*)?(?:(?P<order>(?P<body>{_BODY})令\s?第?\s?{NUMERALS_OR_DIGITS}\s?号)"
    rf"|(?P<other>{_BODY}))?[^。；年\n]{{0,40}}?(?P<act>公布|发布|颁布|通过|批准)"
)
_IN_FORCE = re.compile(
    rf"(?:^|[（(，,\s]|自)(?P<day>{WRITTEN_DATE})\s*起?(?:施行|实施|执行)[）)]?$"
)
_LABELS = {
    "number": "发文字号|文号|文件编号|发文号|发布文号|公文文号",
    "publisher": (
        "发文机关|发布机构|发文机构|制定机关|发布机关|发文单位|发布单位|公开责任部门|颁布机关"
    ),
    "issued": "成文日期|发文日期|印发日期|公布日期|发布日期|发布时间|颁布日期|制发日期|时间|日期",
    "effective": "实施日期|生效日期|施行日期|执行日期",
    "expires": "废止日期|失效日期|失效时间|有效期至",
}
_LABEL = {
    field: re.compile(rf"^[\[【［]?\s*(?:{names})\s*(?:[\]】］]\s*[:：]?|[:：])\s*")
    for field, names in _LABELS.items()
}
_ANY_LABEL = re.compile(
    r"^[\[【［]?\s*(?:索\s*引\s*号|主题分类|主\s*题\s*词|标\s*题|名\s*称|信息名称|体裁分类|所属主题"
    r"|有效性|公开方式|公开范围|来源|浏览次数|"
    + "|".join(_LABELS.values())
    + r")\s*(?:[\]】］]|[:：])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above a document's text, and the line of its addressees (主送机关) below them."""

    segments: tuple[Segment, ...]
    addressees: Segment | None = None


def read_head(segments: Sequence[Segment]) -> Head:
    """Return the lines above a document's text."""
    kept: list[Segment] = []
    for segment in segments[:HEAD_SEGMENTS]:
        labelled = _ANY_LABEL.match(segment.text)
        if segment.start > HEAD_WIDTH:
            break
        if _ADDRESSEES.match(segment.text) and not labelled:
            return Head(tuple(kept), segment)
        adopted = re.match(r"[（(]", segment.text) and _ADOPTED.search(segment.text)
        sentence = re.search(r"[。；]", segment.text) and not labelled and not adopted
        if sentence or _OPENS_TEXT.match(segment.text):
            break
        kept.append(segment)
    return Head(tuple(kept))


def read_title(head: Head) -> Evidence | None:
    """Return the lines of a head that together end as titles of official documents do.

    A site's own headline may stand above: a title that says 关于 is preferred to one that does not.
    """
    titles = list(_titles(head))
    return next((title for title in titles if "关于" in title.value), titles[0] if titles else None)


def _titles(head: Head) -> Iterator[Evidence]:
    lines = [segment for segment in head.segments if not _is_masthead(segment.text)]
    for last, segment in enumerate(lines):
        if not TITLE_END.search(segment.text):
            continue
        first = last
        while first and _goes_on(lines[first - 1].text, lines[first].text):
            first -= 1
        title = "".join(part.text for part in lines[first : last + 1])
        if 3 < len(title) <= LONGEST_TITLE:
            yield Evidence("title", title, lines[first].start, segment.end)


def read_title_bodies(head: Head, title: Evidence) -> Iterator[Evidence]:
    """Yield the bodies that a title begins with, each on a line of its own."""
    lines = [line for line in head.segments if title.start <= line.start < title.end]
    bodies = list(takewhile(lambda line: ORGAN.fullmatch(line.text), lines))
    if bodies:
        names = "、".join(body.text for body in bodies)
        yield Evidence("publisher", names, bodies[0].start, bodies[-1].end)


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of a title goes on in the next one."""
    if TITLE_END.search(before) or re.search(r"[:：]", before):
        return False
    if ORGAN.fullmatch(before):
        return bool(re.match("关于|印发|批?转发|公告|通告|令", line) or ORGAN.fullmatch(line))
    return "关于" in before or before.count("《") > before.count("》")


def _is_masthead(text: str) -> bool:
    known = _ANY_LABEL.match(text) or OWN_NUMBER.fullmatch(text) or DATE_LINE.fullmatch(text)
    return bool(known or _MASTHEAD.search(text))


def read_number(head: Head) -> Evidence | None:
    """Return the 文号: by its label, on a line of its own, or in brackets behind the title."""
    for at, segment in enumerate(head.segments):
        label = _LABEL["number"].match(segment.text)
        offset = label.end() if label else 0
        match = OWN_NUMBER.fullmatch(segment.text[offset:]) or _bracketed(segment.text)
        if match:
            start = segment.start + (offset if match.re is OWN_NUMBER else 0) + match.start(1)
            return _with_bodies(head, at, match[1].strip(), start)
        above = head.segments[at - 1] if at else segment
        if re.fullmatch(f"{ORDINAL}号", segment.text) and above.text[-1:] == "令":
            return Evidence("number", above.text + segment.text, above.start, segment.end)
    return None


def _bracketed(text: str) -> re.Match[str] | None:
    """A number behind a title that ends before it; behind 《》 it would be another document's."""
    match = re.search(rf"[（(]({NUMBER})[）)]$", text)
    return match if match and TITLE_END.search(text[: match.start()]) else None


def _with_bodies(head: Head, at: int, number: str, start: int) -> Evidence:
    """A number that several bodies share begins with all of them: 甲局 乙局公告2020年第6号."""
    end = start + len(number)
    if re.search("公告|令", number) and head.segments[at].start == start and ORGAN.match(number):
        while at and ORGAN.fullmatch(head.segments[at - 1].text):
            at -= 1
            number, start = f"{head.segments[at].text} {number}", head.segments[at].start
    return Evidence("number", number, start, end)


def read_labels(head: Head) -> Iterator[Evidence]:
    """Yield what a table above the text gives, as 发文机关：云岭市人民政府."""
    for at, segment in enumerate(head.segments):
        for field, label in _LABEL.items():
            match = label.match(segment.text)
            if not match:
                continue
            words = Segment(segment.text[match.end() :], segment.start + match.end())
            if not words.text and at + 1 < len(head.segments):
                words = head.segments[at + 1]
            value = _label_value(field, words.text)
            if value:
                yield Evidence(field, value, words.start, words.end)


def _label_value(field: str, words: str) -> str:
    if field in ("number", "publisher"):
        pattern = OWN_NUMBER if field == "number" else ORGAN
        return words if pattern.fullmatch(words) else ""
    date = re.match(WRITTEN_DATE, words)
    return find_date(words[:12]) or (read_written(date[0]) if date else "")


def read_adoption(text: str, head: Head) -> Iterator[Evidence]:
    """Yield who passed a law, when, by which order, and from when the lines above it hold.

    The date is the day it was made public, where it stands there, else that of passing it.
    """
    whole = [(line, match) for line in _lines(text, head) for match in _ADOPTED.finditer(line.text)]
    public = [act for act in whole if act[1]["act"] in ("公布", "发布", "颁布")]
    for line, match in [*public, *whole][:1]:
        yield _of_group(line, match, "issued", "day", read_written(match["day"]))
        if match["order"]:
            yield _of_group(line, match, "number", "order", match["order"])
    # Who approves a rule does not issue it.
    approved = bool(whole) and whole[0][1]["act"] == "批准"
    ordered = [act for act in public if act[1]["body"] or (approved and act[1]["other"])]
    for line, match in [*ordered, *whole][:1]:
        group = "body" if match["body"] else "other"
        if match[group]:
            yield _of_group(line, match, "publisher", group, match[group])
    for line in _lines(text, head):
        if start := _IN_FORCE.search(line.text):
            yield _of_group(line, start, "effective", "day", read_written(start["day"]))


def _of_group(line: Segment, match: re.Match[str], field: str, group: str, value: str) -> Evidence:
    return Evidence(field, value, line.start + match.start(group), line.start + match.end(group))


def _lines(text: str, head: Head) -> Iterator[Segment]:
    """The lines of a head, those together of which the first is a date with a gap behind it."""
    lines = iter(head.segments)
    for line in lines:
        if DATE_LINE.fullmatch(line.text):
            following = next(lines, line)
            if "\n" in text[line.end : following.start]:
                yield line
                yield following
                continue
            line = Segment(text[line.start : following.end], line.start)
        yield line


def read_red_head(head: Head) -> Iterator[Evidence]:
    """Yield the body that the red head of a document names: 云岭市人民政府办公室文件."""
    for segment in head.segments:
        match = _RED_HEAD.fullmatch(segment.text)
        if match:
            yield Evidence("publisher", match[1], segment.start, segment.start + match.end(1))


def read_date_line(head: Head, title: Evidence) -> Iterator[Evidence]:
    """Yield the date that stands alone under a title, in brackets or not."""
    for segment in head.segments:
        match = DATE_LINE.fullmatch(segment.text)
        if match and segment.start > title.start and match[1].endswith("日"):
            start = segment.start + match.start(1)
            yield Evidence("issued", read_written(match[1]), start, start + len(match[1]))
