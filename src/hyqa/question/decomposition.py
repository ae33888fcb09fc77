"""Decompose a message into the questions that it holds, each of which can be asked by itself.

A message that asks for two things is answered by no single passage, and may be refused for that
though both are told. The whole is asked first: where one document answers all of it, that is the
better answer.
"""

import re
from collections.abc import Iterator

from hyqa.text.sentences import without_asides

MOST_QUESTIONS = 4
"""Questions of one message that are asked one by one; each takes the time of one."""
_AUXILIARY = r"(?:is|are|was|were|am|do|does|did|can|could|will|would|should|has|have|had|must)\b"
_ASKING = r"(?:is|are|was|were|am|do|does|did|can|could|will|would|should)\b"
"""Those that begin a question; the others as often go on with a statement (and must pay)."""
_JOINT = re.compile(
    r"[？?。！!；;\n]+|(?<=[a-z\d)])\.(?=\s|$)|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
    r"|[，,]?\s?(?:以及|还有|另外|顺便问下?|(?:,\s?|\b)(?:and|also|plus)\b)\s*"
    r"|[，,]\s*",
    re.IGNORECASE,
)
"""Where one question may end and another begin."""
_MARK = re.compile("[?？]")
_EDGES = re.compile(r"^[\s，,；;]+|(?:[\s，,；;]|\b(?:and|also|plus))+$")
_ASKS = re.compile(
    r"哪|什么|啥|谁|(?<!好)几[^乎率何]|多少|多[长大高远久宽]|怎|咋|如何|何时|为何|吗|呢$|是否|[有是能可]不[有是能可]|有没有"
    r"|^\W*(?:(?:so|and|but)\s+)?(?:whats|wheres|whens|hows|(?:(?:what|when|where|why|how|who|which|whose)\b.*?\b"
    + _AUXILIARY
    + r")|how (?:much|many|long|big|large|far|high|tall|old|often|soon)\b|"
    + _ASKING
    + ")",
    re.IGNORECASE,
)
"""What makes a question of it; in English, how it begins: a clause with where or which in it may
only say what is meant."""


def asks(clause: str) -> bool:
    """Say whether a clause asks something."""
    return _ASKS.search(clause) is not None


def questions_in(message: str) -> tuple[str, ...]:
    """Find the questions in a message, each with what is said before it; () for fewer than two."""
    questions: list[str] = []
    ahead, before = "", "?"
    for clause, joint in _clauses(without_asides(message)):
        # A whole sentence with a question mark asks, be it only keywords.
        if asks(clause) or (_MARK.search(before) and _MARK.search(joint)):
            questions.append(ahead + clause + joint)
            ahead = ""
        else:
            ahead += clause + joint
        before = joint
    if questions:
        questions[-1] += ahead
    found = tuple(_EDGES.sub("", question) for question in questions)
    return found if 1 < len(found) <= MOST_QUESTIONS else ()


def _clauses(message: str) -> Iterator[tuple[str, str]]:
    """The clauses of a message, each with what joins it to the next."""
    start = 0
    for joint in _JOINT.finditer(message):
        if message[start : joint.start()].strip():
            yield message[start : joint.start()], joint.group()
            start = joint.end()
    if message[start:].strip():
        yield message[start:], ""
