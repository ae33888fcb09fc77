"""A page that is killed at any moment loses no question to the desk."""

from pathlib import Path

from standin.server import TelegramServer

from dialogues.desk.page_killing import kill_page_at_random


async def test_no_question_to_the_desk_is_lost_when_the_page_is_killed(
    server: TelegramServer, index: Path, state: Path
) -> None:
    outcome = await kill_page_at_random(server, index, state, kills=2, seed=7)
    assert outcome.taken >= 8
    assert outcome.lost == outcome.doubled == outcome.unopened == outcome.damage == ()
    assert outcome.statuses == {}
