"""Whether what an outage held back goes out soon after it."""

from collections.abc import Iterator

from simulation.faults import OF_DATABASE, OF_TELEGRAM, Fault
from simulation.telegram import key_of
from simulation.world import World

SOON = 12.0
"""Seconds after an outage in which the first that waited goes out; tries are 5 apart at most."""
EACH = 1.5
"""Seconds for each of those that waited in a chat: Telegram takes one a second."""
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


def _ways(world: World) -> list[tuple[float, float]]:
    """When each message to a person was put into the outbox, and when it came, since the start."""
    moved, ways = world.telegram.new_ids, []
    came: dict[tuple[str, int, str], list[float]] = {}
    for one in world.telegram.arrived:
        if one.status == 200 and one.method == "sendMessage":
            came.setdefault(key_of(one.method, one.given, moved), []).append(one.at)
    for put in world.ledger.puts:
        times = came.get(key_of(put.method, put.payload, moved), [])
        if put.chat_id > 0 and (after := [at for at in times if at >= put.at]):
            ways.append((world.since_start(put.at), world.since_start(after[0])))
    return ways
