"""Recognise questions for several things at once: means, steps, lists, totals.

What answers such a question stands in many sentences, and no single one holds its words.
"""

import re

from hyqa.text.figures import TOTALS
from hyqa.text.lists import PARTING, PARTING_MEANS
from hyqa.types import Several

_SOURCE = re.compile(r"^\s*(?:根据|结合|依据|按照?|依照|参照)[^，,。？?]{2,60}[，,]")
"""How a question says where to look, before what it asks."""
_MEANS = re.compile(
    r"(?:如何|怎样|怎么)[^，。？?]{0,10}通过(?P<chinese>[^？?。；]+?)"
    r"(?:来|从而|使得?|以(?=[提实支增加改降减保推促确达优])|[？?]|$)"
    r"|\bhow (?:do|does|did|can|could|is|are|was|were|has|have|will|would|should)\b"
    r".{0,150}?\b(?:by|through)\s(?P<english>[^?.;]+)",
    re.IGNORECASE,
)
"""By what means something is done: the means, up to what they serve."""
_EACH = re.compile(
    r"(?P<chinese>[^，,。；]{1,60}?)(?:分别|各自|各)(?=[是为有在由占达])"
    r"|\b(?:is|are|was|were)\s(?P<english>[^?;]{1,120}?),? respectively\b"
)
"""Things of each of which the same is asked."""
_ASKS = re.compile(r"哪|什么|何|多少|几|\b(?:what|which|who)\b", re.IGNORECASE)
_LIST = re.compile(
    r"哪些|哪几|怎样|怎么|如何|措施|步骤|流程|条件|要求|材料|内容|原因|为什么|为何|方面|分别|依次"
    r"|方法|办法|方式|渠道|途径|原则|安排|什么(?:样的)?(?:政策|规定|优惠|好处)"
    r"|\bhow (?:do|does|did|can|could|should|to)\b|\bwhy\b|\bwhat are\b|\bwhich (?:\w+ )?\w+s\b"
    r"|\b(?:steps|measures|conditions|requirements|documents|reasons)\b",
    re.IGNORECASE,
)
"""How a question asks for what texts give as a list, or in several sentences one after the other."""
_TOTAL = re.compile(
    rf"(?:{TOTALS}|共有|所有|全部).{{0,30}}?(?:几|多少|哪)|几[次项]|总(?:额|和|数|金额|量)|金额总"
    r"|最[大多高小低少].{0,8}哪|哪.{0,8}最[大多高小低少]"
    r"|\bin (?:total|all)\b|\baltogether\b|\bhow many times\b|\b(?:largest|most|highest|smallest)\b",
    re.IGNORECASE,
)
"""How a question asks for a count, a sum or the greatest of what a text tells one by one."""
_STEPS = re.compile(
    r"步骤|过程|依次|先后|历程|经过|顺序|\b(?:steps|stages|sequence)\b", re.IGNORECASE
)


def without_source_phrase(folded: str) -> str:
    """Leave out of a folded question where it says to look (根据……，)."""
    return _SOURCE.sub("", folded)


def several_in(folded: str) -> Several:
    """Find the several things that a folded question asks for."""
    asked = without_source_phrase(folded)
    each = _parts(_EACH, PARTING, asked)
    return Several(
        means=_parts(_MEANS, PARTING_MEANS, asked),
        each=each if len(each) > 1 else (),
        listed=_LIST.search(folded) is not None,
        total=_TOTAL.search(folded) is not None,
        steps=_STEPS.search(folded) is not None,
    )


def _parts(pattern: re.Pattern[str], parting: re.Pattern[str], asked: str) -> tuple[str, ...]:
    """The things that the first match names; none where it asks for them itself."""
    match = pattern.search(asked)
    named = next(filter(None, match.groups()), "") if match else ""
    if _ASKS.search(named):
        return ()
    return tuple(part for part in parting.split(named) if part.strip())
