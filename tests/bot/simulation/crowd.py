"""Investors, staff and administrators, who do all that Telegram lets them do."""

import asyncio
import random
from typing import Any

from corpus import ENGLISH_QUESTION, FOLLOW_UP, NONSENSE, QUESTION
from people import DESK, GROUP
from standin.calls import Sent
from standin.html import Seen
from standin.server import BOT

from simulation.contents import ANONYMOUS, PHOTO, STICKER, VOICE, Act
from simulation.telegram import SimulatedTelegram

PEOPLE = (11, 12, 13, 14)
STAFF, MAINTAINER = 91, 99
NEWER_DESK = -1005550000777
QUESTIONS = (
    QUESTION,
    ENGLISH_QUESTION,
    FOLLOW_UP,
    NONSENSE,
    "船山时间谷有多少家企业？",
    "厂房租金多少",
)
COMMANDS = (
    "/start", "/help", "/parks", "/incentives", "/talent", "/sources", "/language", "/privacy",
    "/person", "/person", "/forget", "/nonsense", "你好", "谢谢",
)  # fmt: skip
BURST = 18
"""Questions of somebody who asks faster than he may."""
PATIENCE = 5.0
"""Seconds that somebody waits for an answer before going on."""
TOLD = 0.5
"""Share of the moves of a group that the bot is told of; Telegram keeps no update for over a day."""
REST = 75.0
"""Seconds after which the same person asks once more, and may."""


class Crowd:
    """People around the bot.

    Args:
        telegram: that they write to.
        chance: decides who does what.
        tell: called with a line of the story for each act.
    """

    def __init__(self, telegram: SimulatedTelegram, chance: random.Random, tell: Any) -> None:
        self.acts: list[Act] = []
        self.blocked_ever: set[int] = set()
        self.desk = DESK
        self.desk_lost = False
        self._telegram = telegram
        self._chance = chance
        self._tell = tell
        self._loop = asyncio.get_running_loop()

    async def act(self) -> None:
        """Do one thing."""
        doers = (
            (self._ask, 8), (self._command, 5), (self._press, 5), (self._edit, 2),
            (self._send_file, 1), (self._album, 1), (self._in_group, 3), (self._burst, 0.3),
            (self._staff, 5), (self._block, 0.6), (self._unblock, 0.6), (self._twice, 0.6),
            (self._delete_topic, 0.3), (self._migrate, 0.2), (self._maintain, 2),
            (self._go_on, 3),
        )  # fmt: skip
        [doer] = self._chance.choices([doer for doer, _ in doers], [weight for _, weight in doers])
        await doer()

    async def _ask(self) -> None:
        who = self._somebody()
        more: dict[str, Any] = {}
        if self._chance.random() < 0.2 and (sent := self._sent_to(who)):
            more["reply_to_message"] = self._stands(self._chance.choice(sent))
        if self._chance.random() < 0.1:
            more["forward_origin"] = {"type": "hidden_user", "date": 1, "sender_user_name": "Wu"}
        await self._say(who, who, "question", self._chance.choice(QUESTIONS), **more)

    async def _command(self) -> None:
        who = self._somebody()
        await self._say(who, who, "command", self._chance.choice(COMMANDS))

    async def _burst(self) -> None:
        who = self._somebody()
        for _ in range(BURST):
            await self._say(who, who, "question", self._chance.choice(QUESTIONS))
            await asyncio.sleep(self._chance.uniform(0.1, 1.5))
        await asyncio.sleep(REST)
        await self._say(who, who, "question", self._chance.choice(QUESTIONS))

    async def _go_on(self) -> None:
        """Ask, and once more in the moment in which an answer appears."""
        who = self._somebody()
        before = len(self._sent_to(who))
        await self._say(who, who, "question", self._chance.choice(QUESTIONS))
        end = self._loop.time() + PATIENCE
        while len(self._sent_to(who)) == before and self._loop.time() < end:
            await asyncio.sleep(0.05)
        await asyncio.sleep(self._chance.uniform(0, 0.3))
        await self._say(who, who, "question", self._chance.choice(QUESTIONS))

    async def _edit(self) -> None:
        asked = [act for act in self.acts if act.kind == "question" and act.chat_id > 0]
        if not asked:
            return
        old = self._chance.choice(asked)
        words = self._chance.choice(QUESTIONS)
        message = self._message(old.who, old.chat_id, old.message_id) | {"text": words}
        later = {"edit_date": 2 + len(self.acts)}  # than any edit before, a silent week ago too
        await self._push("edited_message", message | later, "edit", old.who, words)

    async def _send_file(self) -> None:
        who = self._somebody()
        content: dict[str, Any] = self._chance.choice((PHOTO, VOICE, STICKER))
        await self._say(who, who, "file", "", **content)

    async def _album(self) -> None:
        who = self._somebody()
        album = str(self._telegram.message_id())
        for number in range(3):
            caption = {"caption": self._chance.choice(QUESTIONS)} if number == 0 else {}
            more: dict[str, Any] = PHOTO | {"media_group_id": album} | caption
            await self._say(who, who, "album", "", album=album, **more)

    async def _in_group(self) -> None:
        who, words = self._somebody(), self._chance.choice(QUESTIONS)
        manner = self._chance.randrange(4)
        if manner == 0:
            await self._say(who, GROUP, "question", f"/ask {words}")
        elif manner == 1:
            mention = {"type": "mention", "offset": 0, "length": 13}
            await self._say(
                who, GROUP, "question", f"@{BOT['username']} {words}", entities=[mention]
            )
        elif manner == 2:
            await self._say(who, GROUP, "talk", "大家好")
        elif self._chance.random() < 0.5:
            await self._say(who, GROUP, "command", "/forget")
        else:  # below a message of long ago
            old = Sent(GROUP, "", Seen(""), {}, self._telegram.message_id())
            await self._press_below(old, who, f"f:1:{self._somebody()}")

    async def _press(self) -> None:
        """Press a button of any message of the bot, old or new, one's own or of others."""
        sent = [one for one in self._telegram.sent if self._data(one)]
        if not sent:
            return
        one = self._chance.choice(sent[-12:])
        who = one.chat_id if one.chat_id in PEOPLE else self._somebody()
        await self._press_below(one, who, self._chance.choice(self._data(one)))

    async def _press_below(self, one: Sent, who: int, data: str) -> None:
        query = str(self._telegram.message_id())
        content = {
            "id": query, "from": self._author(who), "chat_instance": "1",
            "message": self._stands(one), "data": data,
        }  # fmt: skip
        await self._push("callback_query", content, "press", who, data, one.chat_id, query)

    async def _staff(self) -> None:
        """Write in a topic of the desk, as oneself or as an anonymous administrator."""
        if not self._telegram.topics or self.desk_lost:
            return
        topic = self._chance.choice(sorted(self._telegram.topics))
        place = self._in_topic(topic)
        if self._chance.random() < 0.3:
            place |= {"from": ANONYMOUS, "sender_chat": {"id": self.desk, "type": "supergroup"}}
        manner = self._chance.randrange(5)
        if manner == 0:
            await self._say(STAFF, self.desk, "closing", "/close 已答复", **place)
        elif manner == 1:
            await self._say(STAFF, self.desk, "staff", "", **place, **PHOTO)
        else:
            await self._say(STAFF, self.desk, "staff", "您好，我是招商专员。", **place)

    def _in_topic(self, topic: int) -> dict[str, Any]:
        """Where a message of a topic stands: one that replies to none replies to its start."""
        begun = {"name": self._telegram.topics[topic], "icon_color": 0}
        start = self._message(STAFF, self.desk, topic) | {"from": BOT, "forum_topic_created": begun}
        return {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": start}

    async def _maintain(self) -> None:
        """Look after the bot, as staff and maintainers do: by commands, and by asking it something."""
        if self._chance.random() < 0.5:
            await self._say(MAINTAINER, MAINTAINER, "question", self._chance.choice(QUESTIONS))
            return
        command = self._chance.choice(("/gaps",) * 8 + ("/audit",) * 3 + ("/stats",))
        await self._say(MAINTAINER, MAINTAINER, "command", command)

    async def _delete_topic(self) -> None:
        if self._telegram.topics:
            topic = self._chance.choice(sorted(self._telegram.topics))
            del self._telegram.topics[topic]
            self._tell(f"somebody deletes topic {topic}")

    async def _migrate(self) -> None:
        if self.desk == DESK:
            self._telegram.move(DESK, NEWER_DESK)
            self.desk = NEWER_DESK
            self._tell("the staff's group becomes a supergroup with another id")
            message = self._message(STAFF, DESK, self._telegram.message_id())
            if self._chance.random() < TOLD:
                await self._telegram.push("message", message | {"migrate_to_chat_id": NEWER_DESK})

    async def _block(self) -> None:
        who = self._somebody()
        self._telegram.blocked.add(who)
        self.blocked_ever.add(who)
        self._tell(f"{who} blocks the bot")

    async def _unblock(self) -> None:
        if self._telegram.blocked:
            who = min(self._telegram.blocked)
            self._telegram.blocked.discard(who)
            self._tell(f"{who} lets the bot in again")

    async def _twice(self) -> None:
        """Hand over an update of before once more."""
        act = self.acts[-1] if self.acts else None
        # Of the last update alone, and none of before a silent week that has the same number.
        if act and act.kind == "question" and act.update_id == self._telegram.last_update:
            act.repeated = True
            message = self._message(act.who, act.chat_id, act.message_id) | {"text": act.words}
            await self._telegram.push_raw({"update_id": act.update_id, "message": message})
            self._tell(f"update {act.update_id} comes again")

    async def _say(
        self, who: int, chat: int, kind: str, words: str, *, album: str = "", **content: Any
    ) -> None:
        if who in self._telegram.blocked and chat == who:
            self._telegram.blocked.discard(who)  # who writes has let the bot in again
        message = self._message(who, chat, self._telegram.message_id()) | content
        if words:
            message["text"] = words
        await self._push("message", message, kind, who, words, chat, album=album)

    async def _push(
        self,
        field: str,
        content: dict[str, Any],
        kind: str,
        who: int,
        words: str,
        chat: int = 0,
        callback: str = "",
        album: str = "",
    ) -> None:
        place = chat or content["chat"]["id"]
        number = self._telegram.last_update + 1
        message_id = content.get("message_id", 0)
        self.acts.append(
            Act(self._loop.time(), who, place, kind, words, number, message_id, album, callback)
        )
        self._tell(f"update {number}: {who} in {place}: {kind} {words}")
        await self._telegram.push(field, content)

    def _somebody(self) -> int:
        return self._chance.choice(PEOPLE)

    def _author(self, who: int) -> dict[str, Any]:
        code = "en" if who % 2 else "zh-hans"
        return {"id": who, "is_bot": False, "first_name": "Li", "language_code": code}

    def _message(self, who: int, chat: int, number: int) -> dict[str, Any]:
        place: dict[str, Any] = {"id": chat, "type": "private" if chat > 0 else "supergroup"}
        if chat < 0:
            place["title"] = "Group"
        return {"message_id": number, "from": self._author(who), "chat": place, "date": 1}

    def _stands(self, one: Sent) -> dict[str, Any]:
        place = {"id": one.chat_id, "type": "private" if one.chat_id > 0 else "supergroup"}
        return {"message_id": one.message_id, "chat": place, "date": 1, "from": BOT, "text": "…"}

    def _sent_to(self, chat: int) -> list[Sent]:
        return [one for one in self._telegram.sent if one.chat_id == chat]

    def _data(self, one: Sent) -> list[str]:
        rows = one.parameters.get("reply_markup", {}).get("inline_keyboard", [])
        return [cell["callback_data"] for row in rows for cell in row if "callback_data" in cell]
