"""A bot that is killed at any moment loses nothing."""

from pathlib import Path

from databases import each_database_url  # noqa: F401 - doubles the tests of this file
from killing import kill_at_random
from standin.server import TelegramServer


async def test_nothing_is_lost_when_the_bot_is_killed(
    server: TelegramServer, index: Path, database_url: str
) -> None:
    outcome = await kill_at_random(server, index, database_url, kills=2, seed=7)
    assert outcome.asked > 20
    assert outcome.lost == 0
    assert max(outcome.doubled) <= 1
    assert outcome.contradictions == ()
