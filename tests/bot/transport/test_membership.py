"""Who is in the staff's group, as Telegram tells."""

from people import DESK
from standin.server import TOKEN, TelegramServer

from bot.transport.api import Api
from bot.transport.membership import KEPT, Membership


async def test_membership_is_looked_up_again_after_some_minutes(server: TelegramServer) -> None:
    now, api = 0.0, Api(TOKEN, f"{server.url}/bot")
    await api.initialize()
    group = Membership(api, DESK, clock=lambda: now)
    server.members.add((DESK, 7))
    await group.look_up(7)
    assert group.includes(7)
    server.members.clear()
    await group.look_up(7)
    assert group.includes(7)
    now += KEPT + 1
    assert not group.includes(7)
    await group.look_up(7)
    assert not group.includes(7)
    await api.shutdown()
