"""What a log may not hold: what people asked, what they were told, the token."""

from collections.abc import Iterator

from standin.server import TOKEN

from simulation.crowd import QUESTIONS
from simulation.world import World

WHOLE = 10
"""Characters of a line that is known again wherever it stands."""


def no_words_are_in_the_log(world: World) -> Iterator[str]:
    words = {*(one[:WHOLE] for one in QUESTIONS), "招商专员", TOKEN.rpartition(":")[2]}
    words |= {put.apology for put in world.ledger.puts} | set(_lines_said(world))
    words -= {""}
    for line in world.log.getvalue().splitlines():
        if any(word in line or _escaped(word) in line for word in words):
            yield line[:200]


def _lines_said(world: World) -> Iterator[str]:
    """First lines of what the bot said, as far as they are long enough to be known again."""
    for put in world.ledger.puts:
        first = str(put.payload.get("text") or "").partition("\n")[0]
        if len(first) >= WHOLE:
            yield first


def _escaped(word: str) -> str:
    return word.encode("unicode_escape").decode()
