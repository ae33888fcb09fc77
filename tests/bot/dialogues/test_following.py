"""People are told once of what they follow and of quotes that changed, and of nothing else."""

from datetime import datetime

from corpus import ENGLISH_QUESTION, QUESTION, TALENT
from people import Person
from persistence.rows import count
from running import Running
from standin.calls import Sent
from standin.server import TelegramServer

from bot.dialogues.telling import MORNING, PAUSE, SETTLE
from bot.languages import Tongue
from bot.scene import HENGYANG_TIME
from bot.texts import TEXTS
from dialogues.publishing import Publisher, publisher
from storage.reader_schema import Follow, PassageChange, Watch

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]
__all__ = ["publisher"]

OLD, NEW = "补贴10万元", "补贴12万元"
RAISED = TALENT.replace(OLD, NEW)
SKILLS = TALENT.replace("博士来衡阳市工作的补贴", "技师来衡阳市的办法").replace("博士", "技师")


async def test_who_was_quoted_what_changed_is_told_once_with_both_wordings(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person, english: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        answer = await chinese.ask(QUESTION)
        agreed = await chinese.pressing(answer, ZH.watch)
        assert agreed.seen.text == ZH.watching
        await english.ask(QUESTION)  # was quoted the same, but did not agree
        listed = await chinese.ask("/following")
        assert list(listed.buttons) == ["✕ " + ZH.following_quotes.format(count=1)]
        before = len(server.sent)
        await publisher.publish(bot, talent__doctors=RAISED)
        told = (await server.wait_sent(before + 1))[before]
        looked_at(told, chinese, publisher)
        await publisher.publish(bot, talent__doctors=TALENT)
        await publisher.told()
        assert len(server.sent) == before + 1  # told once, not of the next change
        assert (await chinese.ask("/following")).seen.text == ZH.following_none


def looked_at(told: Sent, person: Person, publisher: Publisher) -> None:
    assert told.chat_id == person.id and told.seen.text.startswith(ZH.alert_quote)
    old, new = told.seen.quotes
    assert OLD in old and NEW in new and "& 免租<三年>" in new  # verbatim
    day = datetime.fromtimestamp(publisher.clock(), HENGYANG_TIME).date().isoformat()
    assert ZH.alert_changed.format(day=day) in told.seen.text
    assert "https://example.org/talent?id=8&amp;page=1" in told.source


async def test_what_an_answer_quoted_stays_watched_when_its_file_is_renamed_or_blanks_change(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        await chinese.pressing(await chinese.ask(QUESTION), ZH.watch)
        before = len(server.sent)
        await publisher.publish(bot, talent__doctors="", talent__phd=TALENT)
        await publisher.publish(bot, talent__phd=TALENT.replace("## 有什么", "\n\n## 有什么"))
        await publisher.told()
        assert len(server.sent) == before
        await publisher.publish(bot, talent__phd="")
        told = (await server.wait_sent(before + 1))[before]
    assert OLD in told.seen.quotes[0] and len(told.seen.quotes) == 1
    assert "删去" in told.seen.text


async def test_a_document_that_ends_by_its_day_is_told_without_a_new_index(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person
) -> None:
    publisher.files["talent/doctors.md"] = TALENT.replace(
        'issued: "2025-03-01"', 'issued: "2025-03-01"\nexpires: "2025-11-30"'
    )
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        await chinese.pressing(await chinese.ask(QUESTION), ZH.watch)
        before = len(server.sent)
        publisher.go_to(datetime(2025, 11, 30, 20, tzinfo=HENGYANG_TIME))
        await publisher.told()
        assert len(server.sent) == before  # its last day
        publisher.go_to(datetime(2025, 12, 1, 3, tzinfo=HENGYANG_TIME))
        await publisher.told()
        assert len(server.sent) == before  # at night nobody is told
        publisher.go_to(datetime(2025, 12, 1, MORNING, tzinfo=HENGYANG_TIME))
        told = (await server.wait_sent(before + 1))[before]
    assert ZH.alert_expired.format(day="2025-11-30").rstrip("：") in told.seen.text


async def test_a_subject_is_told_of_once_a_day_to_who_follows_it(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person
) -> None:
    other, gone = Person(server, 45, "zh"), Person(server, 46, "zh")
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        for person, subject in ((chinese, "talent"), (gone, "talent"), (other, "parks")):
            offered = await person.ask("/follow")
            name = getattr(ZH, f"subject_{subject}")
            said = await person.pressing(offered, f"🔔 {name}")
            assert said.seen.text == ZH.follow_now.format(name=name)
        server.blocked.add(gone.id)
        await gone.say("?")
        before = len(server.sent)
        await publisher.publish(bot, talent__skills=SKILLS, talent__doctors=RAISED)
        told = (await server.wait_sent(before + 1))[before]
        assert told.chat_id == chinese.id
        assert told.seen.text.startswith(ZH.alert_news.format(count=2))
        assert "技师来衡阳市的办法" in told.seen.text and NEW in "".join(told.seen.quotes)
        await publisher.publish(bot, talent__skills=SKILLS.replace("10万元", "9万元"))
        await publisher.told()
        assert len(server.sent) == before + 1  # told today already
        await publisher.rest(bot, PAUSE)
        again = (await server.wait_sent(before + 2))[before + 1]
        assert "9万元" in again.seen.text and NEW not in again.seen.text
    assert [one.chat_id for one in server.sent[before:]] == [chinese.id] * 2


async def test_a_park_is_followed_by_its_name_or_by_its_card(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person, english: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        assert (await chinese.ask("/follow 月亮谷")).seen.text == ZH.follow_unknown
        assert (await chinese.ask("/follow 园")).seen.text == ZH.follow_unknown  # which one?
        said = await chinese.ask("/follow 时间谷")
        assert said.seen.text == ZH.follow_now.format(name="船山时间谷")
        parks = await english.ask("/parks")
        card = await english.turning(parks, "Chuanshan Time Valley")
        said = await english.pressing(card, EN.follow)
        assert said.seen.text == EN.follow_now.format(name="Chuanshan Time Valley")
        before = len(server.sent)
        await publisher.publish(
            bot,
            parks__time__valley="",
            news__fair="---\ntitle: 船山时间谷办展\nlanguage: zh\n---\n\n展会明天开幕。\n",
            news__rain="---\ntitle: 下雨\nlanguage: zh\n---\n\n明天有雨。\n",
        )
        told = (await server.wait_sent(before + 2))[before:]
        assert {one.chat_id for one in told} == {chinese.id, english.id}
        assert all("船山时间谷办展" in one.seen.text for one in told)
        assert not any("下雨" in one.seen.text for one in told)
        listed = await chinese.ask("/following")
        ended = await chinese.pressing(listed, "✕ 船山时间谷")
        assert ended.seen.text == ZH.unfollowed.format(name="船山时间谷")
        assert (await chinese.ask("/following")).seen.text == ZH.following_none


async def test_nothing_is_told_at_the_first_start_or_of_what_is_taken_back(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        await chinese.pressing(await chinese.ask("/follow"), f"🔔 {ZH.subject_talent}")
        await chinese.pressing(await chinese.ask(QUESTION), ZH.watch)
        before = len(server.sent)
        publisher.clock.ahead += SETTLE
        await publisher.told()
        await publisher.publish(bot, settled=False, talent__doctors=RAISED, talent__skills=SKILLS)
        await publisher.publish(bot, talent__doctors=TALENT, talent__skills="")
        await publisher.told()
        assert [one.seen.text for one in server.sent[before:]] == []
        assert count(bot.database, PassageChange) == 4


async def test_a_bot_that_starts_later_tells_what_changed_meanwhile_once(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        await chinese.pressing(await chinese.ask(QUESTION), ZH.watch)
    before = len(server.sent)
    publisher.files["talent/doctors.md"] = RAISED
    for _ in range(2):
        async with running(library=publisher.build(), clock=publisher.clock) as bot:
            await publisher.recorded(bot)
            publisher.clock.ahead += SETTLE
            told = (await server.wait_sent(before + 1))[before:]
            await publisher.told()
    assert [OLD in one.seen.quotes[0] for one in told] == [True] and len(server.sent) == before + 1


async def test_forgetting_ends_all_of_it(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        await chinese.pressing(await chinese.ask("/follow"), f"🔔 {ZH.subject_talent}")
        await chinese.pressing(await chinese.ask(QUESTION), ZH.watch)
        assert (count(bot.database, Follow), count(bot.database, Watch)) == (1, 1)
        await chinese.pressing(await chinese.ask("/forget"), ZH.forget_yes)
        assert (count(bot.database, Follow), count(bot.database, Watch)) == (0, 0)
        before = len(server.sent)
        await publisher.publish(bot, talent__doctors=RAISED)
        await publisher.told()
        assert len(server.sent) == before


async def test_a_quote_that_changed_before_the_button_was_pressed_is_not_watched(
    running: Running, publisher: Publisher, chinese: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock) as bot:
        await publisher.recorded(bot)
        answer = await chinese.ask(QUESTION)
        await publisher.publish(bot, talent__doctors=RAISED)
        assert (await chinese.pressing(answer, ZH.watch)).seen.text == ZH.watch_changed
        assert count(bot.database, Watch) == 0


async def test_a_subject_that_is_switched_off_is_not_told_of(
    running: Running, server: TelegramServer, publisher: Publisher, chinese: Person, staff: Person
) -> None:
    library = publisher.build()
    settings = {"staff": frozenset({staff.id}), "library": library, "clock": publisher.clock}
    async with running(**settings) as bot:
        await publisher.recorded(bot)
        await chinese.pressing(await chinese.ask("/follow"), f"🔔 {ZH.subject_talent}")
        await chinese.pressing(await chinese.ask(QUESTION), ZH.watch)
        await staff.ask("/switch off talent")
        before = len(server.sent)
        await publisher.publish(bot, talent__doctors=RAISED)
        await publisher.told()
        assert len(server.sent) == before


async def test_in_a_group_nothing_is_followed(
    running: Running, publisher: Publisher, chinese: Person, english: Person
) -> None:
    async with running(library=publisher.build(), clock=publisher.clock):
        for command in ("/follow", "/following", "/follow 时间谷"):
            assert (await chinese.ask(command, group=True)).seen.text == ZH.follow_private
        answer = await english.ask(f"/ask {ENGLISH_QUESTION}", group=True)
        assert EN.watch not in answer.buttons and EN.more in answer.buttons
