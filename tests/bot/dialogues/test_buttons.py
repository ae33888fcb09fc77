"""Buttons below answers: ratings, context, more results, and data that nobody made."""

import pytest
from corpus import ENGLISH_QUESTION, NONSENSE, QUESTION
from people import GROUP, Person
from sqlalchemy import select
from standin.server import TelegramServer

from bot.application import Application
from bot.dialogues.passages import after, before
from bot.languages import Tongue
from bot.library import Shelf
from bot.texts import TEXTS
from storage.schema import Feedback

ZH, EN = TEXTS[Tongue.SIMPLIFIED], TEXTS[Tongue.ENGLISH]


async def test_an_answer_has_its_original_its_context_and_a_rating(
    bot: Application, chinese: Person
) -> None:
    buttons = (await chinese.ask(QUESTION)).buttons
    assert "https://example.org/talent?id=8&page=1" in buttons.values()
    for label in (ZH.before, ZH.after, ZH.more, ZH.helpful, ZH.not_helpful):
        assert any(label in name for name in buttons), label
    assert ZH.ask_person not in buttons  # there is no desk


async def test_a_rating_is_kept_and_may_change(
    bot: Application, server: TelegramServer, chinese: Person
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
    bot: Application, server: TelegramServer, chinese: Person, english: Person
) -> None:
    data = (await chinese.ask(QUESTION)).buttons[ZH.helpful]
    own = await english.ask(ENGLISH_QUESTION)
    await english.press(own, data)
    [call] = await server.wait_called("answerCallbackQuery")
    assert call.parameters["text"] == EN.gone


async def test_the_passage_after_a_quote_is_shown_word_for_word(
    bot: Application, chinese: Person, shelf: Shelf
) -> None:
    sent = await chinese.ask(QUESTION)
    label = next(name for name in sent.buttons if ZH.before in name)
    shown = await chinese.pressing(sent, label)
    text = shelf.engine.document("talent/doctors.md").text
    assert shown.seen.text == ZH.no_before or shown.seen.quotes[0] in text


async def test_more_results_are_passages_with_their_sources(
    bot: Application, chinese: Person
) -> None:
    more = await chinese.pressing(await chinese.ask(QUESTION), ZH.more)
    assert more.seen.text.startswith(ZH.more_results)
    assert len(more.seen.quotes) >= 1


async def test_nothing_found_offers_to_tell_later(bot: Application, chinese: Person) -> None:
    sent = await chinese.ask(NONSENSE)
    assert (await chinese.pressing(sent, ZH.tell_me)).seen.text == ZH.will_tell


async def test_in_a_group_private_buttons_are_not_offered(
    bot: Application, chinese: Person
) -> None:
    sent = await chinese.ask(f"/ask {NONSENSE}", group=True)
    assert sent.chat_id == GROUP
    assert ZH.tell_me not in sent.buttons


@pytest.mark.parametrize("text", ["😀", "?!", " . " * 1300, "🇨🇳🇩🇪", "—" * 4000])
async def test_nothing_is_met_with_a_way_on(bot: Application, chinese: Person, text: str) -> None:
    sent = await chinese.ask(text)
    assert "b:parks" in sent.buttons.values()
    assert sent.seen.quotes == []


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
