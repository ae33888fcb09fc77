"""How often a visitor may ask, by address and by session."""

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

REMEMBERED = 20_000
"""Visitors whose buckets are kept; the one seen longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second on average."""

    burst: float
    a_second: float


ANY_OF_ADDRESS = Rate(3000, 50)
"""Requests of any kind. Three hundred people behind one address, at a summit, open a page at once:
each takes four requests."""
QUESTIONS_OF_ADDRESS = Rate(600, 10)
"""Questions: two of each of those people at once."""
QUESTIONS_OF_SESSION = Rate(20, 1 / 3)
"""Questions of one browser: more than anybody types."""

SHEETS_OF_ADDRESS = Rate(60, 1 / 2)
"""Answers as PDF: each takes a core half a second, many times as long as its question. A fifth of
a hall of three hundred may take one away at once."""
LETTERS_OF_ADDRESS = Rate(60, 1 / 20)
"""Letters to the desk, which people read: a hall behind one address may write at once, and then
three a minute."""


@dataclass
class Bucket:
    """What is left of one visitor's allowance, and when it was counted."""

    left: float
    at: float


@dataclass
class Counter:
    """Buckets of one rate."""

    rate: Rate
    clock: Callable[[], float]
    _buckets: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    def take(self, who: str) -> int:
        """Take one of a visitor's allowance; gives the seconds to wait where there is none, else 0."""
        now = self.clock()
        bucket = self._buckets.setdefault(who, Bucket(self.rate.burst, now))
        self._buckets.move_to_end(who)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        grown = bucket.left + max(0.0, now - bucket.at) * self.rate.a_second
        bucket.left, bucket.at = min(self.rate.burst, grown), now
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) / self.rate.a_second)
        bucket.left -= 1
        return 0


class Rates:
    """All allowances of the page; used from one thread.

    Args:
        clock: seconds, never going back.
        questions: of one session.
    """

    def __init__(self, clock: Callable[[], float], questions: Rate = QUESTIONS_OF_SESSION) -> None:
        self._any = Counter(ANY_OF_ADDRESS, clock)
        self._of_address = Counter(QUESTIONS_OF_ADDRESS, clock)
        self._of_session = Counter(questions, clock)
        self._sheets = Counter(SHEETS_OF_ADDRESS, clock)
        self._letters = Counter(LETTERS_OF_ADDRESS, clock)

    def request(self, address: str) -> int:
        """Count a request; gives the seconds to wait, 0 where it may go on."""
        return self._any.take(block_of(address))

    def question(self, address: str, session: str) -> int:
        """Count a question; gives the seconds to wait, 0 where it may be asked.

        Args:
            address: of the visitor.
            session: its secret; '' of a visitor without one.
        """
        wait = self._of_session.take(session) if session else 0
        return wait or self._of_address.take(block_of(address))

    def sheet(self, address: str, session: str) -> int:
        """Count a question whose answer is wanted as PDF; gives the seconds to wait, as above."""
        return self.question(address, session) or self._sheets.take(block_of(address))

    def letter(self, address: str) -> int:
        """Count a letter to the desk; gives the seconds to wait, 0 where it may be written."""
        return self._letters.take(block_of(address))


def block_of(address: str) -> str:
    """What one visitor holds of addresses: of IPv6 a whole network of 64 bits."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
