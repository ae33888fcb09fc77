"""What goes wrong in a run: stretches of time with a fault each, and small mishaps in between."""

import random
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

HORIZON = 120.0
"""Seconds in which people write and faults begin."""
LONGEST = 75.0
"""Seconds of a fault at most."""
BUSY = 0.3
"""Share of runs on a busy machine, whose threads are slow to begin and to be heard of."""


class Fault(Enum):
    """Kinds of faults that last for a while."""

    REFUSED = "nothing reaches Telegram"
    BAD_GATEWAY = "Telegram answers 502"
    SILENT = "Telegram does not answer"
    UNAUTHORIZED = "Telegram answers 401"
    CONFLICT = "another bot polls"
    SENDING = "Telegram answers 502 to what is sent, and polls work"
    FULL = "the disk is full"
    LOCKED = "the database is locked"
    DROPPED = "the database is away"


OF_TELEGRAM = (Fault.REFUSED, Fault.BAD_GATEWAY, Fault.SILENT, Fault.UNAUTHORIZED)
OF_DATABASE = (Fault.FULL, Fault.LOCKED, Fault.DROPPED)


@dataclass(frozen=True)
class Stretch:
    """A fault from a time to a time, in seconds since the start of the run."""

    fault: Fault
    start: float
    end: float


@dataclass(frozen=True)
class Plan:
    """All that will go wrong in a run, but for mishaps."""

    stretches: tuple[Stretch, ...]
    kills: tuple[float, ...]
    stops: tuple[float, ...]
    """When the process is told to stop, and does in order."""
    jumps: tuple[tuple[float, float], ...]
    """When the clock is set, and by how many seconds."""
    anew: float | None
    """When a silent week begins, after which updates are numbered anew."""
    mishap: float
    """Share of calls with a mishap of their own."""
    refused: float = 0.0
    """Share of messages with formats that Telegram refuses for good, as where it reads them otherwise."""

    def has(self, fault: Fault, at: float) -> bool:
        """Whether a fault lasts at a time."""
        return any(one.fault is fault and one.start <= at < one.end for one in self.stretches)

    def since(self, at: float, faults: tuple[Fault, ...]) -> float | None:
        """Since when one of some faults has lasted without a break; None where none does now."""
        held = [one for one in self.stretches if one.fault in faults]
        if not any(one.start <= at < one.end for one in held):
            return None
        begun = at
        while earlier := [one.start for one in held if one.start < begun <= one.end]:
            begun = min(earlier)
        return begun

    def quiet(self, start: float, end: float) -> bool:
        """Whether no fault lasts in any moment of a stretch of time."""
        return not any(one.start < end and start < one.end for one in self.stretches)


class Lot(NamedTuple):
    """What the seed of a run decides before it begins."""

    loop: random.Random
    plan: Plan
    acting: random.Random
    network: random.Random
    disk: random.Random
    is_busy: bool

    def lasts(self, *faults: Fault) -> bool:
        """Whether one of some faults lasts for long, and no mishap nor slow thread besides."""
        long = any(
            one.fault in faults and one.end - one.start > LONGEST / 2 for one in self.plan.stretches
        )
        return long and not self.plan.mishap and not self.is_busy


def draw(seed: int) -> Lot:
    """Draw what a seed decides."""
    chance = random.Random(seed)
    loop, planning, acting, network, disk = (random.Random(chance.random()) for _ in range(5))
    return Lot(loop, plan(planning), acting, network, disk, chance.random() < BUSY)


def plan(chance: random.Random) -> Plan:
    """Draw what goes wrong."""
    stretches = tuple(_stretch(chance) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3))))
    return Plan(
        stretches=stretches,
        kills=tuple(_moments(chance, (0, 0, 0, 1, 2))),
        stops=tuple(_moments(chance, (0, 0, 0, 1))),
        jumps=tuple(
            (at, chance.choice((-3600.0, 3600.0, -90.0, 90.0, -172_900.0, 172_900.0)))
            for at in _moments(chance, (0, 0, 1, 2))
        ),
        anew=chance.uniform(30, HORIZON / 2) if chance.random() < 0.15 else None,
        mishap=chance.choice((0.0, 0.0, 0.02, 0.1)),
    )


def _stretch(chance: random.Random) -> Stretch:
    start = chance.uniform(5, HORIZON)
    length = chance.choice((3.0, 10.0, 45.0, LONGEST)) * chance.uniform(0.7, 1.0)
    return Stretch(chance.choice(list(Fault)), start, start + length)


def _moments(chance: random.Random, counts: tuple[int, ...]) -> list[float]:
    return sorted(chance.uniform(5, HORIZON) for _ in range(chance.choice(counts)))
