"""What is edited on one side changes on the other, or is said to have changed."""

import json
from typing import Any

from people import DESK, Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.languages import Tongue
from bot.texts import TEXTS
from dialogues.desk.talking import in_topic, last_to, opened, said_to, settled
from storage.schema import DeskThread

ZH = TEXTS[Tongue.SIMPLIFIED]
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
EDITED: dict[str, Any] = {"kind": "edited_message"}


async def test_an_edit_of_the_staff_changes_what_the_investor_sees(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("周一见", **in_topic(topic), message_id=802)
        await settled(bot, server)
    async with running(desk_chat=DESK) as bot:  # after a restart as well
        bold = [{"type": "bold", "offset": 0, "length": 2}]
        edit = in_topic(topic) | EDITED
        await staff.send(text="周二见", entities=bold, message_id=802, **edit)
        await settled(bot, server)
    [copy] = server.copies
    assert server.shown[chinese.id, copy].text == "周二见"
    assert json.loads(server.called("editMessageText")[0].parameters["entities"]) == bold
    told = last_to(server, chinese.id)
    assert told.seen.text == ZH.desk_edited_investor
    assert told.parameters["reply_parameters"]["message_id"] == copy


async def test_an_edit_of_the_investor_changes_what_the_staff_see(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await chinese.say("我明天来", message_id=801)
        await staff.say("好的", **in_topic(topic))
        await settled(bot, server)
        await chinese.say("我后天来", message_id=801, **EDITED)
        await settled(bot, server)
        with bot.database.session() as session:
            [thread] = session.scalars(select(DeskThread))
    copy = next(
        number for number, one in zip(server.copies, server.copied, strict=True)
        if one["message_id"] == 801
    )  # fmt: skip
    assert server.shown[DESK, copy].text == "我后天来"
    told = last_to(server, DESK)
    assert told.seen.text == ZH.desk_edited
    assert told.parameters["message_thread_id"] == topic
    assert told.parameters["reply_parameters"]["message_id"] == copy
    assert thread.waits_for == "staff"


async def test_an_edited_picture_is_copied_anew(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.send(photo=PHOTO, caption="厂房", **in_topic(topic), message_id=802)
        await settled(bot, server)
        for caption in ("新厂房", "新的厂房"):
            edit = in_topic(topic) | EDITED
            await staff.send(photo=PHOTO, caption=caption, message_id=802, **edit)
            await settled(bot, server)
    assert [one["message_id"] for one in server.copied] == [802] * 3
    told = [one for one in server.sent if one.seen.text == ZH.desk_edited_investor]
    points = [one.parameters["reply_parameters"]["message_id"] for one in told]
    assert points == server.copies[1:]


async def test_what_was_not_delivered_is_when_it_is_edited(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    server.uncopyable.add(802)
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("周一见", **in_topic(topic), message_id=802)
        await settled(bot, server)
        server.uncopyable.clear()
        await staff.say("周二见", message_id=802, **in_topic(topic), **EDITED)
        await settled(bot, server)
    assert [one["message_id"] for one in server.copied] == [802]


async def test_an_edit_of_a_copy_that_is_gone_is_copied_anew(
    running: Running, server: TelegramServer, chinese: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        await chinese.say("我明天来", message_id=801)
        await settled(bot, server)
        del server.shown[DESK, server.copies[0]]  # a member of the staff deleted it
        await chinese.say("我后天来", message_id=801, **EDITED)
        await settled(bot, server)
    assert [one["message_id"] for one in server.copied] == [801, 801]


async def test_who_edits_a_message_into_a_note_takes_it_back(
    running: Running, server: TelegramServer, chinese: Person, staff: Person
) -> None:
    async with running(desk_chat=DESK) as bot:
        topic = await opened(bot, server, chinese)
        await staff.say("给谁？", **in_topic(topic), message_id=802)
        await settled(bot, server)
        [copy] = server.copies
        for text in ("// 给谁？", "给谁呢？"):
            await staff.say(text, message_id=802, **in_topic(topic), **EDITED)
            await settled(bot, server)
        assert (chinese.id, copy) not in server.shown
        assert said_to(server, DESK)[-1] == ZH.desk_taken_back
        await staff.say("// 备注", **in_topic(topic), message_id=803)
        await staff.say("备注改了", message_id=803, **in_topic(topic), **EDITED)
        await settled(bot, server)
    assert len(server.copied) == 1 and not server.called("editMessageText")
