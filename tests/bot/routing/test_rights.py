"""Who may do what staff do, and who may not."""

import pytest
from people import DESK, Person
from running import Running
from standin.server import TelegramServer

from bot.languages import Tongue
from bot.texts import TEXTS

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


@pytest.mark.parametrize("command", ["/campaign list", "/stats", "/gaps"])
async def test_others_may_not(
    running: Running, chinese: Person, staff: Person, command: str
) -> None:
    async with running(staff=frozenset({staff.id})):
        assert (await chinese.ask(command)).seen.text == ZH.staff_only


async def test_maintainers_alone_switch_and_read_what_was_done(
    running: Running, chinese: Person, staff: Person
) -> None:
    people = {"staff": frozenset({staff.id}), "maintainers": frozenset({chinese.id})}
    async with running(**people):
        for command in ("/switch off talent", "/audit"):
            assert (await staff.ask(command)).seen.text == ZH.maintainers_only
        assert (await chinese.ask("/audit")).seen.text == ZH.audit_none
        await staff.ask("/gaps")
        await chinese.ask("/switch off talent")
        newest, before = (await chinese.ask("/audit")).seen.text.splitlines()
    assert newest.endswith(f"{chinese.id} switch off talent")
    assert before.endswith(f"{staff.id} gaps")


async def test_all_staff_are_maintainers_where_nobody_is_listed(
    running: Running, chinese: Person, staff: Person
) -> None:
    async with running(staff=frozenset({staff.id})):
        assert (await staff.ask("/audit")).seen.text == ZH.audit_none
        assert (await chinese.ask("/audit")).seen.text == ZH.maintainers_only


async def test_members_of_the_staffs_group_may_in_private_as_well(
    running: Running, server: TelegramServer, chinese: Person, english: Person
) -> None:
    server.members.add((DESK, chinese.id))
    async with running(desk_chat=DESK):
        for _ in range(3):
            assert (await chinese.ask("/gaps")).seen.text == ZH.gaps_none
        assert (await english.ask("/gaps")).seen.text == EN.staff_only
        asked = [call.parameters["user_id"] for call in server.called("getChatMember")]
    assert list(map(int, asked)) == [chinese.id, english.id]


async def test_who_cannot_be_looked_up_has_no_rights_for_now(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    server.members.add((DESK, chinese.id))
    server.fail(502, "Bad Gateway", method="getChatMember")
    async with running(desk_chat=DESK):
        assert (await chinese.ask("/gaps")).seen.text == ZH.staff_only
        assert (await chinese.ask("/gaps")).seen.text == ZH.gaps_none
