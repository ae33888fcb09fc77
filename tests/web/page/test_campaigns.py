"""Where a campaign's code leads, and who is counted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from page.corpus import QUESTION
from page.serving import Running, Visitor, serve
from storage.database import Database
from storage.schema import Campaign
from web.languages import Tongue
from web.pages.campaign import subject_of_topic
from web.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]
LONG_AGO, FAR_OFF = 1.0, 4e9


@pytest.fixture
def own(web_index: Path, tmp_path: Path) -> Iterator[Running]:
    with serve(web_index, tmp_path, HYQA_WEB_TELEGRAM="@yunling_bot") as running:
        database = Database(f"sqlite:///{tmp_path}/bot.sqlite")
        with database.session() as session:
            for id_, name, topic, starts, ends, following in (
                ("c0ffee", "2026深圳推介会", "人才", None, None, None),
                ("asks", "<b>问</b>", QUESTION, None, None, None),
                ("over", "旧会", "", None, LONG_AGO, None),
                ("followed", "去年会", "", None, LONG_AGO, "c0ffee"),
                ("later", "明年会", "园区", FAR_OFF, None, None),
            ):
                session.add(
                    Campaign(
                        id=id_, name=name, topic=topic, owner_id=1, created_at=0.0,
                        starts_at=starts, ends_at=ends,
                    )
                )  # fmt: skip
                session.flush()
                session.get_one(Campaign, id_).next_id = following
        database.close()
        yield running


@pytest.fixture
def visitor(own: Running) -> Iterator[Visitor]:
    one = Visitor(own.url)
    yield one
    one.close()


def rows(state: Path, query: str) -> list[Any]:
    with sqlite3.connect(state / "bot.sqlite") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_a_code_leads_to_its_topic_by_both_doors_and_questions_count_for_it(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.get("/c/c0ffee")
    assert page.status == 200 and ZH.campaign_welcome.format(name="2026深圳推介会") in page.text
    assert page.response.headers["x-robots-tag"] == "noindex"
    links = [one.get("href") for one in page.all("//main//a")]
    assert links == ["/talent", "https://t.me/yunling_bot?start=c0ffee"]
    assert visitor.ask(QUESTION).quotes
    assert rows(tmp_path, "select campaign_id from questions") == [("c0ffee",)]


def test_a_topic_that_is_a_question_is_a_button(visitor: Visitor) -> None:
    page = visitor.get("/c/asks")
    assert "<b>问" not in page.source and "<b>问</b>" in page.text
    assert visitor.pick(QUESTION).quotes


def test_each_visit_counts_and_each_visitor_once(own: Running, tmp_path: Path) -> None:
    for times in (1, 3):
        one = Visitor(own.url)
        for _ in range(times):
            one.get("/c/c0ffee")
        one.client.head("/c/c0ffee")
        one.get("/c/c0ffee", **{"Sec-Purpose": "prefetch;prerender"})
        one.close()
    assert rows(tmp_path, "select count(*), count(distinct person_id) from campaign_visits") == [
        (4, 2)
    ]


def test_an_ended_campaign_says_what_followed_and_one_to_come_when(
    visitor: Visitor, tmp_path: Path
) -> None:
    follows = ZH.campaign_follows.format(ended="去年会", name="2026深圳推介会")
    assert follows in visitor.get("/c/followed").text
    assert rows(tmp_path, "select campaign_id from campaign_visits") == [("c0ffee",)]
    assert ZH.campaign_was.format(name="旧会") in visitor.get("/c/over").text
    assert (
        ZH.campaign_will_be.format(name="明年会", day="2096-10-02") in visitor.get("/c/later").text
    )
    assert len(rows(tmp_path, "select id from campaign_visits")) == 1


def test_what_nobody_made_is_no_page(visitor: Visitor, tmp_path: Path) -> None:
    for code in ("nobody", "a" * 65, "%00", "..%2fc0ffee", "c0ffee'--", ""):
        assert visitor.get(f"/c/{code}").status == 404
    assert rows(tmp_path, "select id from campaign_visits") == []


def test_forget_me_deletes_visits(visitor: Visitor, tmp_path: Path) -> None:
    visitor.get("/c/c0ffee")
    told = visitor.get("/privacy")
    visitor.post("/forget", told.fields("@action='/forget'"))
    assert (
        rows(tmp_path, "select id from campaign_visits")
        == rows(tmp_path, "select id from people")
        == []
    )


def test_a_topic_is_known_in_any_language() -> None:
    known = [
        subject_of_topic(name)
        for name in (" 人才", "Talent", "園區", "business-environment", "钟表", "")
    ]
    assert known == ["talent", "talent", "parks", "business-environment", "", ""]
