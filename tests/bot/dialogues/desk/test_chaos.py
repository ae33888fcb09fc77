"""Both sides write, edit, reply, close and delete in any order: nobody is left without a word."""

import random

import pytest
from corpus import NONSENSE, QUESTION
from people import DESK, Person
from running import Running
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues.desk.place import DELIVERED, KEPT
from dialogues.desk.talking import anonymously, in_topic, last_to, opened, replying, settled
from storage.outbox import FAILED
from storage.schema import DeskThread, Outgoing

STEPS = 30
WORDS = ("我姓李", QUESTION, NONSENSE, "谢谢", "// 备注", "周一三点")


class Chaos:
    """One investor and one member of the staff, who act at random."""

    def __init__(
        self, seed: int, bot: Application, server: TelegramServer, investor: Person, staff: Person
    ) -> None:
        self.random = random.Random(seed)
        self.bot, self.server, self.investor, self.staff = bot, server, investor, staff
        self.mine: list[int] = []
        self.theirs: list[tuple[int, int]] = []
        """Topic and number of each message of the staff."""
        self.written: dict[tuple[int, int], int] = {}
        """How many messages the bot had sent to a chat when one was written in it."""

    def topic(self) -> int:
        with self.bot.database.session() as session:
            thread = session.scalars(select(DeskThread)).first()
            return (thread.topic_id if thread else None) or 0

    def write(self, chat: int) -> int:
        number = self.server.message_id()
        self.written[chat, number] = len([one for one in self.server.sent if one.chat_id == chat])
        return number

    async def investor_writes(self) -> None:
        number = self.write(self.investor.id)
        self.mine.append(number)
        more = {}
        if self.server.copies and self.random.random() < 0.3:
            chat = {"id": self.investor.id, "type": "private"}
            more = replying(self.random.choice(self.server.copies), chat)
        await self.investor.say(self.random.choice(WORDS), message_id=number, **more)

    async def staff_write(self) -> None:
        topic = self.topic()
        if topic not in self.server.topics:
            return
        number = self.write(DESK)
        self.theirs.append((topic, number))
        name = anonymously() if self.random.random() < 0.3 else {}
        text = self.random.choice(WORDS)
        await self.staff.say(text, message_id=number, **in_topic(topic), **name)

    async def investor_edits(self) -> None:
        if self.mine:
            number, text = self.random.choice(self.mine), self.random.choice(WORDS)
            await self.investor.say(text, message_id=number, kind="edited_message")

    async def staff_edit(self) -> None:
        if self.theirs:
            topic, number = self.random.choice(self.theirs)
            text, place = self.random.choice(WORDS), in_topic(topic)
            await self.staff.say(text, message_id=number, kind="edited_message", **place)

    async def close(self) -> None:
        topic = self.topic()
        if topic in self.server.topics:
            await self.staff.say(self.random.choice(("/close", "/reopen")), **in_topic(topic))

    async def delete_topic(self) -> None:
        self.server.topics.clear()

    async def open_anew(self) -> None:
        data = f"r:{self.random.choice((1, 2))}"
        await self.investor.press(last_to(self.server, self.investor.id), data)

    async def fail(self) -> None:
        kind = self.random.choice(((502, "Bad Gateway"), (400, "Bad Request: message is bad")))
        method = self.random.choice(("copyMessage", "setMessageReaction", "sendMessage"))
        if method != "sendMessage" or kind[0] == 502:
            self.server.fail(*kind, method=method)

    async def act(self) -> None:
        acts = (self.investor_writes, self.staff_write, self.investor_edits, self.staff_edit,
                self.close, self.delete_topic, self.open_anew, self.fail)  # fmt: skip
        weights = (8, 8, 3, 3, 2, 1, 2, 2)
        for act in self.random.choices(acts, weights, k=STEPS):
            await act()
            if self.random.random() < 0.6:
                await settled(self.bot, self.server)
        await settled(self.bot, self.server)


@pytest.mark.parametrize("seed", range(5))
async def test_every_message_ends_in_a_delivery_an_answer_or_a_word(
    running: Running, server: TelegramServer, chinese: Person, staff: Person, seed: int
) -> None:
    async with running(desk_chat=DESK) as bot:
        await opened(bot, server, chinese)
        chaos = Chaos(seed, bot, server, chinese, staff)
        await chaos.act()
        with bot.database.session() as session:
            threads = list(session.scalars(select(DeskThread)))
            rows = list(session.scalars(select(Outgoing).where(Outgoing.state == FAILED)))
    for (chat, number), before in chaos.written.items():
        marked = server.reactions.get((chat, number)) in (DELIVERED, KEPT)
        words = [one for one in server.sent if one.chat_id == chat][before:]
        gone = number in {one for topic, one in chaos.theirs if topic not in server.topics}
        assert marked or words or gone, (seed, chat, number)
    assert len([one for one in threads if one.closed_at is None]) <= 1
    assert {one.waits_for for one in threads} <= {"", "staff", "investor"}
    # What the bot itself says is refused only where a talk is over and its topic was deleted.
    assert [row for row in rows if row.method == "sendMessage" and row.chat_id != DESK] == []
    notes = {one["message_id"] for one in server.copied if one["from_chat_id"] == DESK}
    kept = {number for (chat, number), emoji in server.reactions.items() if emoji == KEPT}
    assert not notes & kept
