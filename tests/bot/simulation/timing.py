"""Whether what an outage held back goes out soon after it."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.transport.polling import PAUSES
from simulation.faults import OF_DATABASE, OF_TELEGRAM, Fault
from simulation.telegram import EACH, key_of
from simulation.world import World

SOON = 12.0
"""Seconds after an outage in which the first that waited goes out; tries are 5 apart at most."""
AT_ONCE = 2.0
"""Seconds from the first call that gets through until all others that waited are under way."""
SOME = 4
"""Failures of an update by mishaps."""
_MOVED = "group chat was upgraded"
_AGAIN = re.compile(r"Update (\d+) will be tried again")
_TAKEN, _REFUSED = 200, 400
_FELT = (*OF_TELEGRAM, Fault.SENDING)
_SLOW = (Fault.SILENT, *OF_DATABASE)
"""What holds a thread, or a call that was begun before the end, for long by itself."""


def outages_hold_nothing_back_for_long(world: World) -> Iterator[str]:
    """What waits for Telegram in a private chat goes out soon after it is back.

    Asked of runs in which nothing else goes wrong that would excuse a delay.
    """
    plan = world.plan
    if plan.mishap or any(one.fault in _SLOW for one in plan.stretches):
        return
    ends = [one.end for one in plan.stretches if one.fault in _FELT]
    ends += [float(line[:8]) for line in world.story if "starts" in line]
    for put_at, came in _ways(world):
        since = max([put_at, *(end for end in ends if end <= came)])
        waited = sum(before <= came and after >= since for before, after in _ways(world))
        if came - since > SOON + EACH * waited:
            yield f"put at {put_at:.0f}, came at {came:.0f}, nothing in its way since {since:.0f}"
            return


def when_one_gets_through_all_go_on(world: World) -> Iterator[str]:
    """In runs as above, nobody waits out a pause of the outage once another's message has come."""
    plan = world.plan
    if plan.mishap or plan.kills or plan.stops or any(one.fault in _SLOW for one in plan.stretches):
        return
    ways = ways_of_chats(world)
    taken: dict[int, list[float]] = {}
    for call in world.telegram.arrived:
        taken.setdefault(call.chat_id, []).append(world.since_start(call.at))
    for end in (one.end for one in plan.stretches if one.fault in _FELT):
        through = min((came for _, _, came in ways if came > end), default=end)
        if not plan.quiet(end, through + AT_ONCE):
            continue
        for chat, put_at, came in ways:
            before = sum(through < at <= came for at in taken.get(chat, ()))
            if put_at < end and came > through + AT_ONCE + EACH * before:
                yield f"to {chat}: put at {put_at:.1f}, came at {came:.1f}, first at {through:.1f}"
                return


def what_a_moved_group_is_owed_follows_it(world: World) -> Iterator[str]:
    """What Telegram refused because its group has moved comes to where that is now, soon after."""
    plan, moved = world.plan, world.telegram.new_ids
    if plan.mishap:
        return
    forgets = [act.at for act in world.crowd.acts if act.forgets]
    times: dict[tuple[str, int, str], list[float]] = {}
    for one in world.telegram.arrived:
        times.setdefault(key_of(one.method, one.given, moved), []).append(one.at)
    for one in world.telegram.arrived:
        at, end = world.since_start(one.at), world.since_start(one.at) + SOON
        excused = any(at <= moment < end for moment in (*plan.kills, *plan.stops))
        excused |= any(abs(moment - one.at) < SOON for moment in forgets)
        if _MOVED not in one.description or excused or not plan.quiet(at, end):
            continue
        key = key_of(one.method, one.given, moved)
        if not any(one.at < again <= one.at + SOON for again in times[key]):
            yield f"{key}, refused at {at:.0f}"


def what_fails_is_tried_with_pauses(world: World) -> Iterator[str]:
    """An update that the database keeps from being handled is not tried all the time."""
    broken = [one.end - one.start for one in world.plan.stretches if one.fault in OF_DATABASE]
    starts = sum("starts" in line for line in world.story)
    most = SOME + len(PAUSES) * (len(broken) + starts) + sum(broken) / PAUSES[-1]
    tries = Counter(_AGAIN.findall(world.log.getvalue()))
    yield from (
        f"update {number}, {count} times" for number, count in tries.items() if count > most
    )


def what_is_done_with_is_confirmed(world: World) -> Iterator[str]:
    """When all has settled, Telegram need not keep an update any more."""
    if world.unconfirmed:
        yield f"{world.unconfirmed} updates"


def _ways(world: World) -> list[tuple[float, float]]:
    """When each message to a person was put into the outbox, and when it came, since the start."""
    return [(put_at, came) for _, put_at, came in ways_of_chats(world)]


def ways_of_chats(world: World) -> list[tuple[int, float, float]]:
    """Whom each message to a person was for, when it was put into the outbox, and when it came.

    One that was refused for good never comes; another in the same words may, long after it.
    """
    moved, ways = world.telegram.new_ids, []
    ended: dict[tuple[str, int, str], list[tuple[float, int]]] = {}
    for one in world.telegram.arrived:
        if one.status in (_TAKEN, _REFUSED) and one.method == "sendMessage":
            key = key_of(one.method, one.given, moved)
            ended.setdefault(key, []).append((one.at, one.status))
    for put in world.ledger.puts:
        ends = ended.get(key_of(put.method, put.payload, moved), [])
        at, status = next((end for end in ends if end[0] >= put.at), (0.0, _REFUSED))
        if put.chat_id > 0 and status == _TAKEN:
            ways.append((put.chat_id, world.since_start(put.at), world.since_start(at)))
    return ways
