"""Whether what an outage held back goes out soon after it."""

import re
from collections import Counter, defaultdict
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
_TAKEN, _REFUSED, _CLOSED = 200, 400, 403
_SETTLED = (_TAKEN, _REFUSED, _CLOSED)
"""What Telegram answers that settles a call: it is not made again."""
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
    settled = _settled(world)
    for chat, put_at, came in ways_of_chats(world):
        since = max([put_at, *(end for end in ends if end <= came)])
        before = sum(since < at <= came for at in settled[chat])
        if came - since > SOON + EACH * before:
            yield f"put at {put_at:.0f}, came at {came:.0f}, nothing in its way since {since:.0f}"
            return


def when_one_gets_through_all_go_on(world: World) -> Iterator[str]:
    """In runs as above, nobody waits out a pause of the outage once another's message has come.

    Who was owed several is sent them one by one: the next outage may begin before the last of them.
    """
    plan = world.plan
    if plan.mishap or plan.kills or plan.stops or any(one.fault in _SLOW for one in plan.stretches):
        return
    ways, settled = ways_of_chats(world), _settled(world)
    for end in (one.end for one in plan.stretches if one.fault in _FELT):
        through = min((came for _, _, came in ways if came > end), default=end)
        for chat, put_at, came in ways:
            before = sum(through < at <= came for at in settled[chat])
            due = through + AT_ONCE + EACH * before
            if put_at < end and came > due and plan.quiet(end, due):
                yield f"to {chat}: put at {put_at:.1f}, came at {came:.1f}, first at {through:.1f}"
                return


def what_a_moved_group_is_owed_follows_it(world: World) -> Iterator[str]:
    """What Telegram refused because its group has moved comes to where that is now, soon after.

    What is settled there before it takes its time. A typing sign is not owed: it is made beside the
    outbox, and would come late.
    """
    plan, moved = world.plan, world.telegram.new_ids
    if plan.mishap:
        return
    forgets = [act.at for act in world.crowd.acts if act.forgets]
    settled = _settled(world)
    times: dict[tuple[str, int, str], list[float]] = {}
    for one in world.telegram.arrived:
        times.setdefault(key_of(one.method, one.given, moved), []).append(one.at)
    for one in world.telegram.arrived:
        at, end = world.since_start(one.at), world.since_start(one.at) + SOON
        excused = any(at <= moment < end for moment in (*plan.kills, *plan.stops))
        excused |= any(abs(moment - one.at) < SOON for moment in forgets)
        excused |= one.method == "sendChatAction"
        if _MOVED not in one.description or excused or not plan.quiet(at, end):
            continue
        key = key_of(one.method, one.given, moved)
        again = next((moment for moment in times[key] if moment > one.at), float("inf"))
        there = settled[moved.get(one.chat_id, one.chat_id)]
        before = sum(at < moment <= world.since_start(again) for moment in there)
        if again > one.at + SOON + EACH * before:
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


def _settled(world: World) -> dict[int, list[float]]:
    """When Telegram settled what each chat has to wait for, since the start.

    That are reactions as well as messages; typing signs go out beside them.
    """
    times: dict[int, list[float]] = defaultdict(list)
    for call in world.telegram.arrived:
        if call.status in _SETTLED and call.method != "sendChatAction":
            times[call.chat_id].append(world.since_start(call.at))
    return times


def ways_of_chats(world: World) -> list[tuple[int, float, float]]:
    """Whom each message to a person was for, when it was put into the outbox, and when it came.

    One that was refused for good, or found its chat closed, never comes; another in the same words
    may, long after it.
    """
    moved, ways = world.telegram.new_ids, []
    ended: dict[tuple[str, int, str], list[tuple[float, int]]] = {}
    for one in world.telegram.arrived:
        if one.status in _SETTLED and one.method == "sendMessage":
            key = key_of(one.method, one.given, moved)
            ended.setdefault(key, []).append((one.at, one.status))
    for put in world.ledger.puts:
        ends = ended.get(key_of(put.method, put.payload, moved), [])
        at, status = next((end for end in ends if end[0] >= put.at), (0.0, _REFUSED))
        if put.chat_id > 0 and status == _TAKEN:
            ways.append((put.chat_id, world.since_start(put.at), world.since_start(at)))
    return ways
