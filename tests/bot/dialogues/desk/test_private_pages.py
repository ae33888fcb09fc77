"""The form to the desk and the private page, while no bot runs."""

from pathlib import Path

from page.serving import Running as Served
from page.serving import Visitor, serve
from sqlalchemy import func, select

from dialogues.desk.reading import LETTER, PAGE, count, sent
from storage.database import Database
from storage.mailbox import find, hash_of
from storage.page_schema import PageLetter, PageTalk
from storage.schema import DeskThread, Gap, Question


def test_the_same_form_sent_twice_begins_one_talk(reader: Visitor, state: Path) -> None:
    fields = [*reader.get("/person").fields("@class='ask'"), ("text", LETTER)]
    places = {reader.post("/person", fields).response.headers["location"] for _ in range(3)}
    assert len(places) == 1
    assert count(state, PageTalk) == count(state, PageLetter) == count(state, Question) == 1


def test_what_the_documents_do_not_answer_is_a_gap_that_asks_for_a_person(
    reader: Visitor, state: Path
) -> None:
    refused = reader.ask("火星上有没有理发店？")
    (link,) = [
        one.get("href") for one in refused.all("//article//a") if "/person" in one.get("href")
    ]
    talk = sent(reader, "火星上有没有理发店？我的手机13812345678", link)
    sent(reader, LETTER)
    with Database(f"sqlite:///{state}/bot.sqlite").session() as session:
        asked = session.scalars(select(Question).order_by(Question.id)).all()
        assert [one.asked_person for one in asked] == [True, True]
        assert [one.text for one in asked] == ["火星上有没有理发店？", LETTER]
        assert session.scalar(select(func.count()).select_from(Gap)) == 2
        letter = session.scalars(select(PageLetter).order_by(PageLetter.id)).first()
        assert letter and "13812345678" not in letter.text and "***" in letter.text
        held = session.scalars(select(PageTalk)).first()
        secret = talk.address.removeprefix("/p/")
        assert held and held.secret_hash == hash_of(secret) and secret not in held.secret_hash
        assert find(session, secret)


def test_anothers_question_cannot_be_put_to_the_desk(
    site: Served, reader: Visitor, state: Path
) -> None:
    reader.ask("火星上有没有理发店？")
    other = Visitor(site.url)
    sent(other, LETTER, "/person?q=x&about=1")
    other.close()
    with Database(f"sqlite:///{state}/bot.sqlite").session() as session:
        assert not session.get_one(Question, 1).asked_person
        assert [one.question_id for one in session.scalars(select(DeskThread))] == [None]


def test_a_private_page_is_kept_out_of_indexes_and_caches_and_escapes_what_is_written(
    reader: Visitor,
) -> None:
    talk = sent(reader, "<script>alert(1)</script> 衡阳")
    page = reader.get(talk.address)
    assert page.response.headers["x-robots-tag"].startswith("noindex")
    assert page.response.headers["cache-control"] == "no-store"
    assert "<script>alert" not in page.source and "<script>alert(1)</script>" in page.text
    for wrong in ("/p/" + "0" * 32, "/p/x", "/p/" + "0" * 33, f"{talk.address}/nothing"):
        assert reader.get(wrong).status == 404
        assert reader.post(wrong, [("text", "x")]).status in (404, 405)


def test_forms_that_are_not_the_sessions_own_and_empty_ones_are_refused(
    site: Served, reader: Visitor, state: Path
) -> None:
    fields = [*reader.get("/person").fields("@class='ask'")]
    stranger = Visitor(site.url)
    assert stranger.post("/person", [*fields, ("text", LETTER)]).status == 403
    stranger.close()
    for text in ("", " \n", "？！", "很" * 1001):
        assert reader.post("/person", [*fields, ("text", text)]).status == 422
    assert count(state, PageTalk) == 0


def test_nobody_floods_the_desk(reader: Visitor) -> None:
    talk = sent(reader, LETTER)
    said = [talk.write(f"第{number}条") for number in range(25)]
    assert said.count(303) == 19 and set(said[19:]) == {422}
    assert PAGE.talk_patience in reader.post(talk.address, [("text", "再写")]).text


def test_without_a_desk_nobody_is_promised_an_answer(index: Path, tmp_path: Path) -> None:
    with serve(index, tmp_path / "state") as site:
        reader = Visitor(site.url)
        page = reader.get("/person")
        assert PAGE.person_none in page.text and not page.all("//form[@class='ask']")
        assert reader.post("/person", [("text", LETTER)]).status == 404
        assert "/person?" not in reader.ask("火星上有没有理发店？").source
        reader.close()
