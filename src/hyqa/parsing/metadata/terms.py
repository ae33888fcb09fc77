"""Reading from when and until when a Chinese document holds, and what it ends.

Only what a document says of itself counts: 本办法自…起施行. What it says of a permit's 有效期 or
of another document's 施行, and what stands inside quotation or title marks, does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hyqa.parsing.metadata.official_words import NUMBER
from hyqa.parsing.metadata.repeal_lists import read_repeal_lists
from hyqa.text.dates import (
    WRITTEN_DATE,
    Term,
    days_after,
    last_of_term,
    read_written,
)
from hyqa.text.figures import NUMERAL, ORDINAL, read_number
from hyqa.text.lists import NUMBERED
from hyqa.types import Evidence

_OWN = (
    r"本(?![款项年月日市省区县州单级地案人]|条(?!例))[\u4e00-\u9fff]{0,8}?(?:办法|规定|条例|法|细则|通知|意见|方案|措施|政策|公告|通告"
    r"|决定|规则|规程|标准|规划|计划|制度|指引|指南|批复|文件|章程|准则|解释|规范|预案|令|目录|清单|函|守则)|(?:以上|上述|本项)[\u4e00-\u9fff]{0,4}(?:措施|政策|规定|意见)"
)
_DAY = rf"(?P<day>{WRITTEN_DATE})"
_FEW = rf"(?:{NUMERAL}|两|\d{{1,3}})"
_ISSUING = r"(?P<issuing>(?:印发|发布|公布|颁布|下发|发文|签发|签署|发出|公告|通过)(?:之)?日|即日)"
_LATER = rf"(?:起|后|以后|届?满)*\s*(?P<later>{_FEW})\s*(?:日|天|个?工作日)(?:后|之后|之日)?"
_START = re.compile(
    rf"(?:[自从于]|(?<=[，,。；])|(?<=办法)|(?<=规定)|(?<=通知)|(?<=意见))\s*(?:{_DAY}(?:零时|\d{{1,2}}[时:：]0?0?)?|{_ISSUING}(?:{_LATER})?)\s*(?:起|开始|之日起)?\s*(?:正式|开始)?\s*(?:施行|实施|执行|实行|生效|试行)"
    r"(?=[^\u4e00-\u9fff]|$|[至到]|[一二两三五][年个])"
)
_FROM = re.compile(
    rf"自?\s*(?:{_DAY}|{_ISSUING})\s*起?\s*(?:施行|实施|执行)?\s*[，,]?\s*(?:至|到|[—－–~～-]+)"
)
_UNTIL = re.compile(
    rf"(?:有效期限?|施行期限?|实施期限?|执行期限?|试行期限?|执行期|有效期间?|起|施行|实施|执行|时间)[^。；，,《》]{{0,12}}?[，,]?\s*(?:有效期限?)?(?:截至|截止到?|至|到|(?<=日)\s?[—－–~～-]+)\s*{_DAY}"
)
_TERM = re.compile(
    rf"(?:有效期限?|施行期限?|实施期限?|执行期限?|试行期限?|执行期|试行|有效期间)\s*(?:暂定|均|定|限)?\s*(?:为|是)?\s*"
    rf"(?:自{_ISSUING}起的?)?(?P<count>{_FEW})\s*(?P<unit>年|个月)(?P<half>半)?(?![度底月\d内])"
)
_PROVISIONAL = re.compile(
    rf"起(?:施行|实施|执行)?[，,]\s*(?:期限)?(?:暂定|试行)(?:为)?\s*(?P<count>{_FEW})\s*(?P<unit>年|个月)(?P<half>半)?"
)
"""A term without its name: 自…起施行，暂定两年."""
_DEADLINE = re.compile(
    rf"(?:{_OWN})的?(?:适用|执行|施行|实施|有效)?(?:的?截止)(?:时间|日期|期限?)\s*(?:为|是|到|至)?\s*{_DAY}"
)
"""The end of a document's own term: 本通知适用截止时间为…, not that of 报名."""
_OF_OTHERS = re.compile("所称|规定的|(?:施行|实施)[前后]")
_EVENT = re.compile(r"有效期限?(?:截止到?|至|到)(?!\s*[\d一二])[^。；，,]{4,60}")
_QUOTED = re.compile(
    r"“[^”\n]{0,500}”|《[^《》\n]{0,200}(?:《[^》\n]{0,200}》[^《》\n]{0,200}){0,3}》|「[^」\n]{0,500}」"
)
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_MARKS = re.compile(rf"^\s*(?:{ORDINAL}条|{NUMBERED})?\s*")
_PARTIAL = re.compile(rf"{ORDINAL}[条款项章]")

_ENDS = re.compile(r"废止|失效|停止执行|不再执行|停止施行")
_NAME = re.compile(
    rf"《(?:[^《》]|《[^《》]{{0,200}}》){{1,200}}》(?:\s*[（(](?:{NUMBER}|[^（()）]{{0,30}}号)[^（()）]{{0,12}}[）)])?"
    rf"|(?![和及与原或以])(?<=[、和及与原或，。；：:\s]){NUMBER}|^(?![和及与原或以]){NUMBER}"
)
_AMENDS = re.compile(f"第{NUMERAL}次|修[订正改]")
"""Behind the name of what only changed what is ended: 根据《修正案》第一次修订的《条例》."""
_GROUNDS = re.compile(r"(?:根据|按照|依据|依照|执行|参照|遵照|符合|结合)\s*$")
_ENDED = re.compile(r"^[^，,。]*(?:同时|即行|一并|予以|均)废止[。；]?$")
_DECIDES = re.compile(
    rf"^\s*(?:{NUMBERED}\s*)?废止\ue000|(?:决定|现)(?:予以|将)?[^，。]{{0,40}}?(?:废止|失效)"
)
_CONDITION = re.compile(r"待|如|若|与本[\u4e00-\u9fff]{2,4}不一致|相抵触|不符")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the text; ``plain`` is it with what is quoted blotted out, as long as it."""

    start: int
    text: str
    plain: str

    def at(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        return self.start + match.start(group), self.start + match.end(group)


def read_terms(text: str, issued: str) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """Return the days and the repeals that a document states of itself, and remarks on them.

    Args:
        text: an official document's text.
        issued: the day it was issued, ISO 8601, or an empty string: what 印发之日 means.
    """
    found: list[Evidence] = []
    remarks: list[str] = []
    near = False
    start = ""
    for sentence in _sentences(text):
        own = _speaks_of_itself(sentence)
        if own or near:
            terms = list(_terms(sentence, issued, start, follows=near and not own))
            start = start or next((e.value for e in terms if e.field == "effective"), "")
            found += terms
            found += _repeals(sentence)
            near = any(e.field in ("effective", "expires") for e in terms)
            remarks += _events(sentence) if not any(e.field == "expires" for e in terms) else []
        elif _ENDED.match(sentence.plain) or _DECIDES.search(sentence.plain):
            found += _repeals(sentence)
    found += read_repeal_lists(text)
    return _first_of_each(found), tuple(dict.fromkeys(remarks))


def _sentences(text: str) -> Iterator[_Sentence]:
    plain = _QUOTED.sub(lambda match: "\ue000" * len(match[0]), text)
    for match in _SENTENCE.finditer(plain):
        if re.search(r"施行|实施|执行|实行|生效|有效期|废止|失效|试行|截止", match[0]):
            yield _Sentence(match.start(), text[match.start() : match.end()], match[0])


def _speaks_of_itself(sentence: _Sentence) -> bool:
    """Whether a sentence's subject is the document: 本办法, or nothing before 自…起."""
    mark = _MARKS.match(sentence.plain)
    bare = sentence.plain[mark.end() if mark else 0 :]
    own = re.search(_OWN, bare)
    bare_start = re.match(
        r"[（(]?(?:自|从|有效期|施行期|实施期|执行期|执行时间|实施时间|此件)", bare
    )
    return bool(own or bare_start)


def _terms(sentence: _Sentence, issued: str, start: str, *, follows: bool) -> Iterator[Evidence]:
    match = _START.search(sentence.plain)
    if match and not follows and _is_whole(sentence, match):
        value = _first_day(match, issued)
        if value:
            start = start or value
            yield Evidence("effective", value, *sentence.at(match))
    yield from _end(sentence, issued, start)


def _end(sentence: _Sentence, issued: str, start: str) -> Iterator[Evidence]:
    """The last day, written out or counted from the first one; of a span, the first day too."""
    until = _UNTIL.search(sentence.plain) or _DEADLINE.search(sentence.plain)
    if until:
        value = read_written(until["day"])
        begins = _FROM.search(sentence.plain, 0, until.end())
        first = _first_day(begins, issued) if begins and not start else ""
        if begins and first and value:
            yield Evidence("effective", first, *sentence.at(begins))
        if value:
            yield Evidence("expires", value, *sentence.at(until))
        return
    term = _PROVISIONAL.search(sentence.plain) or _TERM.search(sentence.plain)
    if term and (start or issued) and _is_own_term(sentence, term):
        value = last_of_term(start or issued, _length(term))
        if value:
            yield Evidence("expires", value, *sentence.at(term))


def _is_whole(sentence: _Sentence, match: re.Match[str]) -> bool:
    """Whether all of the document begins then: not 本办法第五条自…起, or 本办法所称企业，自…起."""
    subjects = [one.end() for one in re.finditer(_OWN, sentence.plain[: match.start()])]
    mark = _MARKS.match(sentence.plain)
    begin = subjects[-1] if subjects else mark.end() if mark else 0
    partial = _PARTIAL.search(sentence.plain, begin, match.start())
    return not partial and not _OF_OTHERS.search(sentence.plain, begin, match.start())


def _is_own_term(sentence: _Sentence, match: re.Match[str]) -> bool:
    """Whether a term is the document's: right after its first day, or of 本办法 or nothing."""
    before = sentence.plain[: match.start()]
    clause = re.split(r"[，,]", before)[-1]
    mark = _MARKS.match(clause)
    bare = clause[mark.end() if mark else 0 :].strip("（( ")
    counted = match.re is _PROVISIONAL or re.search(r"[日月年]起$", bare)
    return not bare or bool(counted) or re.search(rf"(?:{_OWN})的?$", bare) is not None


def _first_day(match: re.Match[str], issued: str) -> str:
    groups = match.groupdict()
    if groups.get("day"):
        return read_written(groups["day"])
    if groups.get("later"):
        return days_after(issued, read_number(groups["later"])) if issued else ""
    return issued


def _length(match: re.Match[str]) -> Term:
    count = read_number(match["count"])
    return Term(count * 12 + (6 if match["half"] else 0) if match["unit"] == "年" else count)


def _events(sentence: _Sentence) -> Iterator[str]:
    match = _EVENT.search(sentence.plain)
    if match:
        start, end = match.span()
        yield f"it is valid until an event, not until a date: {sentence.text[start:end]}"


def _repeals(sentence: _Sentence) -> Iterator[Evidence]:
    """The documents that a sentence ends, each in its own words: 《title》（number）."""
    verb = _ENDS.search(sentence.plain)
    if not verb or _CONDITION.search(sentence.plain[: verb.start()].split("，")[-1]):
        return
    begin = _objects_begin(sentence, verb.start())
    # 废止《甲》 says it behind the verb, 《甲》同时废止 before it.
    end = len(sentence.text) if sentence.plain.startswith("\ue000", verb.end()) else verb.start()
    for name in _NAME.finditer(sentence.text, begin, end):
        before = sentence.text[begin : name.start()]
        behind = _PARTIAL.match(sentence.text, name.end()) or _AMENDS.match(
            sentence.text, name.end()
        )
        if _GROUNDS.search(before) or behind:
            continue
        yield Evidence("repeals", name[0], *sentence.at(name))


def _objects_begin(sentence: _Sentence, verb: int) -> int:
    """Where the list of what is ended begins: behind the last clause about something else."""
    begin = 0
    for comma in re.finditer(r"[，,]", sentence.plain[:verb]):
        clause = sentence.plain[begin : comma.start()]
        if (
            re.search(r"施行|实施|执行|生效|有效|根据|按照|之日起", clause)
            or "\ue000" not in clause
        ):
            begin = comma.end()
    return begin


def _first_of_each(found: list[Evidence]) -> tuple[Evidence, ...]:
    """Each field once, as it is said first; each repealed document once."""
    kept: dict[tuple[str, str], Evidence] = {}
    for evidence in found:
        kept.setdefault(
            (evidence.field, evidence.value if evidence.field == "repeals" else ""), evidence
        )
    return tuple(kept.values())
