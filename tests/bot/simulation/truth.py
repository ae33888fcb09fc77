"""Whether the health of the bot is what it says, soon after it has changed."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from bot.languages import Tongue
from bot.texts import TEXTS
from simulation.crowd import MAINTAINER
from simulation.faults import OF_DATABASE, OF_TELEGRAM, Fault, Stretch
from simulation.world import World

TRUTH = 30.0
"""Seconds after which the health says what is so, both ways."""
LOUD = 48.0
"""Seconds that a trouble lasts which is told while it does: a poll, the grace of both, and their looks."""
_PARTS = {
    (Fault.REFUSED, Fault.BAD_GATEWAY, Fault.UNAUTHORIZED): ("poll", "send"),
    (Fault.CONFLICT,): ("poll",),
    OF_DATABASE: ("database",),
}
"""Parts of the bot, one of which is named while some faults last."""


def health_tells_the_truth(world: World) -> Iterator[str]:
    plan = world.plan
    for at, ok, state in world.health:
        since = state["since"]
        assert isinstance(since, float)
        if min(at - since, abs(at - world.woke)) < TRUTH:
            continue
        found = [plan.since(at, faults) for faults in ((*OF_TELEGRAM, Fault.CONFLICT), OF_DATABASE)]
        begun = min((one for one in found if one is not None), default=at)
        if at - begun >= TRUTH and ok:
            yield f"said to be well at {at:.0f}, while it was not since {begun:.0f}"
            return
        if plan.quiet(at - TRUTH, at) and not plan.mishap and not ok:
            yield f"said to be bad at {at:.0f}, while all was well: {state}"
            return


def health_names_what_is_broken(world: World) -> Iterator[str]:
    """Who looks is told which part does not work, and by what error: silence tells nobody enough."""
    for at, _, state in world.health:
        since, parts = state["since"], state["parts"]
        assert isinstance(since, float) and isinstance(parts, dict)
        if min(at - since, abs(at - world.woke)) < TRUTH:
            continue
        for faults, names in _PARTS.items():
            begun = world.plan.since(at, faults)
            bad = [parts[name] for name in names if not parts[name]["ok"]]
            if begun is not None and at - begun >= TRUTH and not any(one["failing"] for one in bad):
                yield f"at {at:.0f} said {parts}, while {faults} since {begun:.0f}"
                return


def maintainers_hear_of_troubles_and_their_end(world: World) -> Iterator[str]:
    """Once of each: that it is bad, and that it is well again, if there was a way to tell it.

    A process that has just started knows nothing of what another one has told.
    """
    alarms = list(_alarms(world))
    if world.lives != 1 or world.plan.kills or world.plan.stops:
        return
    unsure = {str(given.get("text", "")) for _, given in world.telegram.unsure}
    for (_, bad, text), (at, again, other) in pairwise(alarms):
        if bad is again and text not in unsure and other not in unsure:
            yield f"told at {at:.0f} what was told before: {other}"
    if alarms and alarms[-1][1] and alarms[-1][2] not in unsure:
        yield f"the end of what was told at {alarms[-1][0]:.0f} is told to nobody"
    for one in filter(partial(_is_plain, world), world.plan.stretches):
        if not any(bad and one.start < at < one.end + TRUTH for at, bad, _ in alarms):
            yield f"{one.fault.value} from {one.start:.0f} on is told to nobody"


def _alarms(world: World) -> Iterator[tuple[float, bool, str]]:
    """When which alarm came, and whether it told of a trouble."""
    texts = TEXTS[Tongue.SIMPLIFIED]
    begins = {texts.alarm_bad.partition("{")[0]: True, texts.alarm_well.partition("{")[0]: False}
    for call in world.telegram.arrived:
        if call.chat_id != MAINTAINER or call.status != 200:
            continue
        text = str(call.given.get("text", ""))
        for bad in (bad for begin, bad in begins.items() if text.startswith(begin)):
            yield world.since_start(call.at), bad, text


def _is_plain(world: World, one: Stretch) -> bool:
    """Whether a fault has to be told of: it lasts, Telegram can be reached, and no other fault is near."""
    if world.plan.mishap or one.fault not in (Fault.CONFLICT, *OF_DATABASE):
        return False
    others = replace(world.plan, stretches=tuple(o for o in world.plan.stretches if o is not one))
    awake = not one.start - LOUD < world.woke < one.end + LOUD
    alone = others.quiet(one.start - LOUD, one.end + LOUD) and one.start > LOUD / 2
    return awake and alone and one.end - one.start > LOUD
