"""What an investor can do besides asking: buttons, browsing, edits, inline mode, settings."""

import json
from dataclasses import replace

import pytest
from corpus import ENGLISH_QUESTION, QUESTION
from engines import Fixed
from people import GROUP, Person
from running import Running
from sqlalchemy import select
from telegram_html import received
from telegram_server import TelegramServer

from bot.application import Application
from bot.dialogues.browsing import park_name
from bot.dialogues.passages import after, before
from bot.languages import Tongue
from bot.library import Answering, Library, Shelf
from bot.state.schema import Feedback, Outgoing, Question
from bot.texts import TEXTS
from hyqa import Answer, Citation, Engine, Language, Metadata, Quote, Status

ZH, HANT, EN = (TEXTS[tongue] for tongue in (Tongue.SIMPLIFIED, Tongue.TRADITIONAL, Tongue.ENGLISH))
NONSENSE = "月球上有没有火锅店排队取号？"


class TestAnswers:
    async def test_an_answer_has_its_original_its_context_and_a_rating(
        self, bot: Application, chinese: Person
    ) -> None:
        buttons = (await chinese.ask(QUESTION)).buttons
        assert "https://example.org/talent?id=8&page=1" in buttons.values()
        for label in (ZH.before, ZH.after, ZH.more, ZH.helpful, ZH.not_helpful):
            assert any(label in name for name in buttons), label
        assert ZH.ask_person not in buttons  # there is no desk

    async def test_a_rating_is_kept_and_may_change(
        self, bot: Application, server: TelegramServer, chinese: Person
    ) -> None:
        sent = await chinese.ask(QUESTION)
        await chinese.press(sent, ZH.helpful)
        await chinese.press(sent, ZH.not_helpful)
        answers = await server.wait_called("answerCallbackQuery", 2)
        assert [call.parameters["text"] for call in answers] == [ZH.thanks] * 2
        await server.wait_taken()
        with bot.database.session() as session:
            assert [one.helpful for one in session.scalars(select(Feedback))] == [False]

    async def test_a_rating_of_somebody_elses_answer_is_refused(
        self, bot: Application, server: TelegramServer, chinese: Person, english: Person
    ) -> None:
        data = (await chinese.ask(QUESTION)).buttons[ZH.helpful]
        own = await english.ask(ENGLISH_QUESTION)
        await english.press(own, data)
        [call] = await server.wait_called("answerCallbackQuery")
        assert call.parameters["text"] == EN.gone

    async def test_the_passage_after_a_quote_is_shown_word_for_word(
        self, bot: Application, chinese: Person, shelf: Shelf
    ) -> None:
        sent = await chinese.ask(QUESTION)
        label = next(name for name in sent.buttons if ZH.before in name)
        shown = await chinese.pressing(sent, label)
        text = shelf.engine.document("talent/doctors.md").text
        assert shown.seen.text == ZH.no_before or shown.seen.quotes[0] in text

    async def test_more_results_are_passages_with_their_sources(
        self, bot: Application, chinese: Person
    ) -> None:
        more = await chinese.pressing(await chinese.ask(QUESTION), ZH.more)
        assert more.seen.text.startswith(ZH.more_results)
        assert len(more.seen.quotes) >= 1

    async def test_nothing_found_offers_to_tell_later(
        self, bot: Application, chinese: Person
    ) -> None:
        sent = await chinese.ask(NONSENSE)
        assert (await chinese.pressing(sent, ZH.tell_me)).seen.text == ZH.will_tell

    @pytest.mark.parametrize(
        "data",
        ["", "x", "h:1:1", "h:99999999999:1", "m:-1", "c:abc:1:2:a", "c::::", "v:nothing", "s:x:y",
         "a:b:c", "k:", "g:fr", "i:none", "b:nowhere", "b:parks:99", "e:1", "n", "p:1", "f:7",
         "t:1", "h:①:1", "c:abc:1:2", ":" * 60],
    )  # fmt: skip
    async def test_forged_and_stale_buttons_are_harmless(
        self, bot: Application, server: TelegramServer, chinese: Person, data: str
    ) -> None:
        sent = await chinese.ask("/help")
        await chinese.press(sent, data)
        await server.wait_called("answerCallbackQuery")
        await server.wait_taken()
        assert (await chinese.ask("/start", update_id=99)).seen.text
        assert all(one.seen.text != ZH.failed for one in server.sent)
        assert {call.status for call in server.calls} == {200}


class TestEdits:
    async def test_an_edited_question_edits_its_answer(
        self, running: Running, server: TelegramServer, chinese: Person
    ) -> None:
        async with running() as bot:
            await chinese.say(NONSENSE, message_id=700)
            [first] = await server.wait_sent(1)
            await chinese.say(QUESTION, message_id=700, kind="edited_message")
            await server.wait_called("editMessageText")
            shown = server.shown[first.chat_id, first.message_id]
            assert "博士来衡阳市工作有补贴10万元" in shown.quotes[0]
            assert len(server.sent) == 1
            with bot.database.session() as session:
                assert [row.text for row in session.scalars(select(Question))] == [QUESTION]

    async def test_an_edit_that_changes_nothing_is_harmless(
        self, bot: Application, server: TelegramServer, chinese: Person
    ) -> None:
        for kind in ("message", "edited_message", "edited_message"):
            await chinese.say(QUESTION, message_id=700, kind=kind)
        await server.wait_called("editMessageText", 2)
        assert (await chinese.ask("/start")).seen.text == ZH.start
        assert len(server.sent) == 2

    async def test_a_shorter_answer_takes_the_surplus_messages_away(
        self, running: Running, engine: Answering, server: TelegramServer, chinese: Person
    ) -> None:
        text = "企业可以享受补贴。" * 1200
        quote = Quote(text, Citation("law", Metadata("条例")), 0, len(text))
        long = Answer("?", "?", Status.ANSWERED, Language.CHINESE, 0.9, (quote,))
        changing = Fixed(engine, long)
        async with running(engine=changing):
            await chinese.say("条例？", message_id=700)
            await server.wait_sent(3)
            changing.answer = replace(long, quotes=(replace(quote, text=text[:90]),))
            await chinese.say("条例呢？", message_id=700, kind="edited_message")
            await server.wait_called("deleteMessage", 2)
        assert [seen.quotes for seen in server.shown.values()] == [[text[:90]]]


class TestBrowsing:
    async def test_parks_lead_to_a_park_and_to_what_is_answered_of_it(
        self, running: Running, engine: Engine, chinese: Person
    ) -> None:
        async with running(Fixed(engine, engine.ask(QUESTION))):
            parks = await chinese.ask("/parks")
            assert parks.seen.text == ZH.choose_park
            park = await chinese.pressing(parks, "船山时间谷有多少家企业")
            for name in (ZH.park_profile, ZH.park_incentives, ZH.park_contacts):
                assert (await chinese.pressing(park, name)).seen.quotes
            section = await chinese.pressing(park, "企业数量")
            assert section.seen.quotes == ["船山时间谷有21家企业，其中钟表企业17家。"]

    async def test_what_is_not_answered_of_a_park_leads_to_another_way(
        self, running: Running, server: TelegramServer, chinese: Person
    ) -> None:
        async with running(desk_chat=GROUP):
            parks = await chinese.ask("/parks")
            park = await chinese.pressing(parks, "船山时间谷有多少家企业")
            assert list(park.buttons) == [
                ZH.park_profile,
                ZH.park_incentives,
                ZH.ask_person,
                "企业数量",
            ]
            kinds = await chinese.pressing(park, ZH.park_incentives)
            assert kinds.seen.text == ZH.choose_kind
            await chinese.press(park, ZH.ask_person)
            await server.wait_called("createForumTopic")

    async def test_incentives_are_sorted_by_kind_and_talent_by_degree(
        self, bot: Application, chinese: Person
    ) -> None:
        kinds = await chinese.ask("/incentives")
        [land] = [name for name in kinds.buttons if name.startswith(ZH.kind_land)]
        documents = await chinese.pressing(kinds, land)
        assert list(documents.buttons) == ["白沙工业园厂房租金办法"]
        degrees = await chinese.ask("/talent")
        assert [name.split(" · ")[0] for name in degrees.buttons] == [ZH.degree_doctor]

    async def test_sources_lists_subjects_documents_and_sections(
        self, bot: Application, chinese: Person
    ) -> None:
        sources = await chinese.ask("/sources")
        assert sources.seen.text == ZH.choose_subject.format(count=4)
        news = await chinese.pressing(sources, f"{ZH.subject_news} · 1")
        document = await chinese.pressing(news, "Foxconn in Hengyang")
        assert document.seen.text.endswith(ZH.choose_section)
        section = await chinese.pressing(document, "How many workers")
        assert "10,000 workers" in section.seen.quotes[0]

    async def test_an_empty_shelf_says_so(
        self, running: Running, shelf: Shelf, chinese: Person
    ) -> None:
        async with running(library=Library(Shelf(shelf.engine))):
            for command in ("/parks", "/incentives", "/talent"):
                assert (await chinese.ask(command)).seen.text == ZH.nothing_here


class TestSettings:
    async def test_a_chosen_language_stays_and_changes_the_menu(
        self, running: Running, server: TelegramServer, english: Person
    ) -> None:
        async with running():
            choice = await english.ask("/language")
            assert (await english.pressing(choice, HANT.name)).seen.text == HANT.language_set
        async with running():
            assert (await english.ask("/start")).seen.text == HANT.start
        menus = [call.parameters for call in server.called("setMyCommands")]
        own = [one for one in menus if "chat" in str(one.get("scope")) and "22" in str(one)]
        assert (
            HANT.about_parks
            in json.dumps(own, ensure_ascii=False).encode().decode("unicode_escape", "ignore")
            or own
        )

    async def test_who_writes_from_taiwan_is_spoken_to_in_traditional_characters(
        self, bot: Application, server: TelegramServer
    ) -> None:
        person = Person(server, 44, "zh-hant")
        assert (await person.ask("/start")).seen.text == HANT.start
        sent = await person.ask(NONSENSE)
        assert sent.seen.text.startswith((HANT.not_found, HANT.out_of_scope))

    async def test_forgetting_deletes_what_is_held(self, bot: Application, chinese: Person) -> None:
        assert "90" in (await chinese.ask("/privacy")).seen.text
        await chinese.ask(QUESTION)
        ask = await chinese.ask("/forget")
        assert (await chinese.pressing(ask, ZH.forget_no)).seen.text == ZH.kept
        with bot.database.session() as session:
            assert len(list(session.scalars(select(Question)))) == 1
        assert (await chinese.pressing(ask, ZH.forget_yes)).seen.text == ZH.forgotten
        with bot.database.session() as session:
            assert list(session.scalars(select(Question))) == []

    @pytest.mark.parametrize("status", Status)
    async def test_numbers_of_people_are_not_kept(
        self, running: Running, engine: Engine, chinese: Person, status: Status
    ) -> None:
        number = "13812345678"
        answer = replace(
            engine.ask(QUESTION),
            status=status, missing=(f"电话{number}",), choices=(f"{number}是谁？", "？"),
        )  # fmt: skip
        async with running(Fixed(engine, replace(answer, query=f"{QUESTION}{number}"))) as bot:
            await chinese.ask(f"{QUESTION}我的电话{number}")
            with bot.database.session() as session:
                [row] = session.scalars(select(Question))
                [sent] = session.scalars(select(Outgoing))
        assert number not in f"{row.text}{row.query}{row.choices}{sent.payload}"
        assert "***" in row.text


class TestElsewhere:
    async def test_inline_mode_offers_cited_passages(
        self, bot: Application, server: TelegramServer, chinese: Person
    ) -> None:
        await server.push("inline_query", inline(chinese, "博士补贴"))
        [call] = await server.wait_called("answerInlineQuery")
        assert call.status == 200
        results = json.loads(call.parameters["results"])
        shown = received(results[0]["input_message_content"]["message_text"])
        assert shown.quotes
        assert shown.links

    async def test_inline_mode_without_words_gives_a_hint(
        self, bot: Application, server: TelegramServer, english: Person
    ) -> None:
        await server.push("inline_query", inline(english, " "))
        [call] = await server.wait_called("answerInlineQuery")
        assert call.status == 200
        assert json.loads(call.parameters["button"])["text"] == EN.inline_hint

    async def test_in_a_group_private_buttons_are_not_offered(
        self, bot: Application, chinese: Person
    ) -> None:
        sent = await chinese.ask(f"/ask {NONSENSE}", group=True)
        assert sent.chat_id == GROUP
        assert ZH.tell_me not in sent.buttons

    @pytest.mark.parametrize("text", ["😀", "?!", " . " * 1300, "🇨🇳🇩🇪", "—" * 4000])
    async def test_nothing_is_met_with_a_way_on(
        self, bot: Application, chinese: Person, text: str
    ) -> None:
        sent = await chinese.ask(text)
        assert "b:parks" in sent.buttons.values()
        assert sent.seen.quotes == []


def inline(person: Person, text: str) -> dict[str, object]:
    author = {"id": person.id, "is_bot": False, "first_name": "Li"}
    return {"id": "7", "from": author | {"language_code": person.language_code}, "query": text,
            "offset": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("衡阳白沙绿岛高新区（核技术应用产业园）：规划", "衡阳白沙绿岛高新区"),
        ("中国（衡阳）跨境电子商务综合试验区：批复", "中国（衡阳）跨境电子商务综合试验区"),
        ("Songmu Economic Development Zone - profile", "Songmu Economic Development Zone"),
        ("（）：", "（）："),
    ],
)
def test_a_park_is_called_by_its_name(title: str, name: str) -> None:
    assert park_name(Metadata(title)) == name


def test_context_is_whole_sentences_and_joins_the_text() -> None:
    text = "".join(f"第{number}句说明园区的一项政策，内容较长一些。" for number in range(100))
    start, end = 1000, 1100
    low, high = before(text, start) or (0, 0)
    assert text[high:start].strip() == ""
    assert low == 0 or text[low - 1] == "。"
    low, high = after(text, end) or (0, 0)
    assert text[end:low].strip() == ""
    assert text[high - 1] == "。"
    assert before(text, 0) is None
    assert after(text, len(text)) is None
