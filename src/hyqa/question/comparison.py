"""Recognise comparisons (which of two is larger?) and follow-ups that only name another thing.

A comparison is answered by what is quoted of each thing that is compared; which one is larger is
for the reader to see, as no text says it.
"""

import re
from dataclasses import dataclass

from hyqa.question.follow_ups import Conversation
from hyqa.question.kinds import asked_kind
from hyqa.question.slots import without_correction, without_frame
from hyqa.question.subjects import asks_property
from hyqa.text.lists import JOINING_NAMES, PARTING_COMPARED
from hyqa.text.names import Names, names_in
from hyqa.text.tokens import chinese_share

_ADJECTIVES = {
    "大": "面积多大", "小": "面积多大", "远": "有多远", "近": "有多远", "早": "是什么时候", "晚": "是什么时候",
    "长": "有多长", "短": "有多长", "快": "要多久", "慢": "要多久", "贵": "价格多少", "便宜": "价格多少",
}  # fmt: skip
"""What a bare adjective compares; one beside a noun (补贴高) compares that."""
_CHINESE = re.compile(
    r"^(?P<before>.*?)(?:哪一?个|哪家|哪边|哪里|谁)的?(?P<noun>[^？?，,]{0,12}?)(?:更|比较|最)?"
    rf"(?P<adjective>[高低多少强好]|{'|'.join(_ADJECTIVES)})(?:一些|一点|些|点)?[？?。吗呢\s]*$"
)
_DIFFERENCE = re.compile(
    r"^(?P<before>.+?)(?:的|在)?(?P<noun>[^的和与跟]{0,10}?)有?(?:什么|啥|何)(?:区别|不同|差别)"
)
_ENGLISH_PAIR = re.compile(
    r"\b(?:which|who)\b(?P<asked>.*?)[,:]\s*(?P<left>.+?)\s+or\s+(?P<right>.+?)\s*[?.]*$"
    r"|\bwhich of (?P<left2>.+?)\s+(?:and|or)\s+(?P<right2>.+?)\s+(?P<asked2>(?:is|has|pays|covers)\b.*?)[?.]*$",
    re.IGNORECASE,
)
_ENGLISH_TWO = re.compile(
    r"^\s*(?:and\s+)?which (?:of (?:the|these|those) (?:two|both)\b.*?|one|of them)\s+(?P<asked>\w.*?)[?.]*$",
    re.IGNORECASE,
)
_LARGE = re.compile(r"\b(?:larger|bigger|smaller|largest|biggest|smallest)\b", re.IGNORECASE)
MOST_NAMES = 5
"""Names of which the same is asked one by one; each takes the time of a question."""
_RELATION = re.compile(
    r"之间|距离|多远|关系|合作|共同|联合|一起|签|between|distance|\bfar\b|together|\bwith\b",
    re.IGNORECASE,
)
"""What is asked of two things as one."""
_BOTH = re.compile(
    r"^(?:那|这|上面|刚才|前面)*(?:的|说的)?(?:两|俩|二)[个家者]?\S{0,4}$|^(?:它们|他们)?(?:俩|两者|两个)?(?:之间|中|里)?$"
)
"""Words for the two things that were talked of before."""
_PREVIOUS = re.compile(
    r"\s*(?:那|and\s+|what about\s+)*(?:上一个|前一个|上一家|前一家|刚才那个|the (?:previous|last|former|other) one)(?:呢|的呢)?[？?。.\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison: ``text`` names what is compared, ``questions`` ask the same of each name."""

    text: str
    names: tuple[str, ...]
    questions: tuple[str, ...]


def comparison(question: str, conversation: Conversation, names: Names) -> Comparison | None:
    """Recognise a comparison; its two things come from the conversation where it names none.

    Args:
        question: the user's words, their spelling mended.
        conversation: what was asked before.
        names: the proper names of the corpus.
    """
    if chinese_share(question):
        return _chinese(question, conversation, names)
    return _english(question, conversation, names)


def enumeration(question: str, names: Names) -> Comparison | None:
    """Recognise a question that asks the same of several names (甲和乙的面积); None for any other.

    Args:
        question: the user's words, their spelling mended.
        names: the proper names of the corpus.
    """
    found = names_in(question, names)
    joints = JOINING_NAMES.join(map(re.escape, found))
    listed = re.search(joints, question) if 1 < len(found) <= MOST_NAMES else None
    rest = question[: listed.start()] + question[listed.end() :] if listed else ""
    if not listed or _RELATION.search(rest) or not (asked_kind(rest) or asks_property(rest)):
        return None
    apart = (question.replace(listed.group(), name) for name in found)
    return Comparison(question, tuple(found), tuple(apart))


def substitute_name(question: str, conversation: Conversation, names: Names) -> str:
    """Put the name that a follow-up gives into the question before it; '' where it gives none.

    A follow-up may name it (那…呢, 不是，我问的是…) or point back at the one before.
    """
    asked = [turn.query for turn in conversation.turns if len(names_in(turn.query, names)) == 1]
    if not asked or "\n" in asked[-1]:
        return ""
    [own] = names_in(asked[-1], names)
    if _PREVIOUS.fullmatch(question):
        earlier = [name for name in _talked_of(conversation, names) if name != own]
        return asked[-1].replace(own, earlier[-1]) if earlier else ""
    value = _in_full(without_frame(without_correction(question)), own, names)
    follows = conversation.turns[-1].query == asked[-1] and value != own
    return asked[-1].replace(own, value) if follows and value in names else ""


def _in_full(value: str, own: str, names: Names) -> str:
    """The one name that a value is short for (西渡, 西渡高新区), of several that of the kind asked about."""
    begun = [name for name in names if len(value) > 1 and name.startswith(value)]
    if value in names or not begun:
        return value
    alike = [name for name in begun if own.endswith(name.removeprefix(value))]
    found = alike or begun
    return found[0] if len(found) == 1 else value


def _chinese(question: str, conversation: Conversation, names: Names) -> Comparison | None:
    found = _CHINESE.match(question) or _DIFFERENCE.match(question)
    if not found:
        return None
    before, noun = found["before"].strip("，, "), found["noun"]
    adjective = found.groupdict().get("adjective")
    pair = _pair(before, conversation, names)
    if not pair:
        return None
    asked = f"{noun}多少" if noun else _ADJECTIVES.get(adjective or "", "")
    asked = asked if adjective else f"{noun or '的情况'}是怎样的"
    left, right = pair
    text = (
        question
        if before and PARTING_COMPARED.search(before)
        else f"{left}和{right}{question[found.end('before') :]}"
    )
    if not asked:
        asked = _attribute(conversation, names)
    return Comparison(text, pair, (f"{left}{asked}", f"{right}{asked}")) if asked else None


def _pair(before: str, conversation: Conversation, names: Names) -> tuple[str, str] | None:
    """The two things that are compared: named before 哪个, or those last talked of."""
    named = names_in(before, names)
    if len(named) == 2:
        return named[0], named[1]
    parts = [part.strip("的，, ") for part in PARTING_COMPARED.split(before)]
    if len(parts) == 2 and all(len(part) > 1 for part in parts):
        return parts[0], parts[1]
    talked = _talked_of(conversation, names)
    if _BOTH.match(before) and len(talked) > 1:
        return talked[-2], talked[-1]
    return None


def _english(question: str, conversation: Conversation, names: Names) -> Comparison | None:
    if found := _ENGLISH_PAIR.search(question):
        left, right = found["left"] or found["left2"], found["right"] or found["right2"]
        asked = found["asked"] or found["asked2"]
        return Comparison(question, (left, right), (_of(left, asked), _of(right, asked)))
    found = _ENGLISH_TWO.match(question)
    talked = _talked_of(conversation, names)
    if not found or len(talked) < 2:
        return None
    left, right = talked[-2:]
    text = f"Which {found['asked']}, {left} or {right}?"
    return Comparison(text, (left, right), (_of(left, found["asked"]), _of(right, found["asked"])))


def _of(name: str, asked: str) -> str:
    """A question about one of two English names."""
    return (
        f"How large is {name}?" if _LARGE.search(asked) else f"About {name}: what {asked.strip()}?"
    )


def _attribute(conversation: Conversation, names: Names) -> str:
    """What was last asked of a name: the question without it."""
    last = conversation.turns[-1].query if conversation.turns else ""
    own = names_in(last, names)
    return last.replace(own[0], "") if len(own) == 1 and last.startswith(own[0]) else ""


def _talked_of(conversation: Conversation, names: Names) -> list[str]:
    """The names in what was asked, the last one last, each once."""
    found: dict[str, None] = {}
    for turn in conversation.turns:
        for name in names_in(turn.query, names):
            found.pop(name, None)
            found[name] = None
    return list(found)
