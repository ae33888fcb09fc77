"""What the page keeps of visitors: as the bot keeps it, and no longer than it says."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from page.corpus import NONSENSE, QUESTION
from page.serving import Running, Visitor, serve, wait_until
from storage.visitors import FIRST, is_visitor, number_of


@pytest.fixture
def own(web_index: Path, tmp_path: Path) -> Iterator[Running]:
    with serve(web_index, tmp_path) as running:
        yield running


def rows(state: Path, query: str) -> list[Any]:
    with sqlite3.connect(state / "bot.sqlite") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


@pytest.fixture
def visitor(own: Running) -> Iterator[Visitor]:
    one = Visitor(own.url)
    yield one
    one.close()


def test_a_question_is_kept_masked_with_what_answered_it(visitor: Visitor, tmp_path: Path) -> None:
    visitor.ask(f"我的手机13812345678，{QUESTION}")
    ((text, query, status, chat, person, passages),) = rows(
        tmp_path, "select text, query, status, chat_id, person_id, passages from questions"
    )
    assert "13812345678" not in text + query and "***" in text
    assert status == "answered" and "talent-2026.md" in passages
    assert chat == person and is_visitor(chat)


def test_what_comes_by_a_link_is_not_kept(visitor: Visitor, tmp_path: Path) -> None:
    visitor.get("/")
    visitor.get(f"/?q={QUESTION}")
    visitor.ask("你好")
    assert rows(tmp_path, "select * from questions") == []


def test_a_question_without_an_answer_is_a_gap(visitor: Visitor, tmp_path: Path) -> None:
    visitor.ask(NONSENSE)
    ((agreed, text),) = rows(
        tmp_path, "select agreed, text from gaps join questions on question_id = questions.id"
    )
    assert not agreed and text == NONSENSE


def test_the_last_verdict_counts(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.ask(QUESTION)
    fields = page.fields("@class='rate'")
    assert [one.get("value") for one in page.all("//button[@name='helpful']")] == ["1", "0"]
    assert "谢谢您的反馈" in visitor.post("/feedback", [*fields, ("helpful", "1")]).text
    visitor.post("/feedback", [*fields, ("helpful", "0")])
    assert rows(tmp_path, "select helpful from feedback") == [(0,)]
    for wrong in ("7", ""):
        assert visitor.post("/feedback", [*fields, ("helpful", wrong)]).status == 404


def test_all_is_forgotten_at_once(own: Running, visitor: Visitor, tmp_path: Path) -> None:
    other = Visitor(own.url)
    other.ask(QUESTION)
    other.close()
    visitor.ask(NONSENSE)
    page = visitor.ask(QUESTION)
    visitor.post("/feedback", [*page.fields("@class='rate'"), ("helpful", "1")])
    before = dict(visitor.client.cookies)
    told = visitor.get("/privacy")
    done = visitor.post("/forget", told.fields("@action='/forget'"))
    assert "已全部删除" in done.text
    assert dict(visitor.client.cookies) != before
    assert len(rows(tmp_path, "select id from questions")) == 1  # the other's
    assert rows(tmp_path, "select * from gaps") == rows(tmp_path, "select * from feedback") == []


def test_a_subject_that_is_switched_off_is_not_shown(visitor: Visitor, tmp_path: Path) -> None:
    asked = "青螺洲工业园的规划面积是多少？"
    assert visitor.ask(asked).quotes
    with sqlite3.connect(tmp_path / "bot.sqlite") as connection:
        connection.execute("insert into switches values ('parks', '请致电园区。', 0)")
    connection.close()
    for page in (
        visitor.ask(asked), visitor.get(f"/?q={asked}"), visitor.get("/d/parks/snail-isle.md"),
        visitor.get("/documents/parks"),
    ):  # fmt: skip
        assert "请致电园区。" in page.text and "12.5" not in page.text
    assert "/documents/parks" not in visitor.get("/documents").source
    assert "青螺洲" not in visitor.get("/new").source


def test_without_a_database_questions_are_answered_and_health_tells(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.get("/")
    (tmp_path / "bot.sqlite").chmod(0o600)
    with sqlite3.connect(tmp_path / "bot.sqlite") as connection:
        connection.execute("drop table questions")
    connection.close()
    page = visitor.ask(QUESTION)
    assert page.status == 200 and page.quotes and not page.all("//form[@class='rate']")


def test_health_tells_of_index_and_database(visitor: Visitor) -> None:
    told = visitor.client.get("/health")
    assert told.status_code == 200 and told.json()["ok"] is True
    assert told.json()["documents"] > 10
    assert told.json()["index_read_seconds_ago"] < 60
    assert told.json()["database_written_seconds_ago"] < 60


def test_another_index_is_taken_up_without_a_restart(web_index: Path, tmp_path: Path) -> None:
    import shutil

    from hyqa import HashEncoder, build_index

    index, corpus = tmp_path / "index", tmp_path / "corpus"
    shutil.copytree(web_index, index)
    corpus.mkdir()
    (corpus / "one.md").write_text("# 新文件\n\n云岭市渡口每日开船12班。\n", "utf-8")
    with serve(index, tmp_path / "state") as running:
        visitor = Visitor(running.url)
        assert visitor.get("/d/one.md").status == 404
        assert "12班" not in "".join(visitor.ask("云岭市渡口每日开船多少班？").quotes)
        build_index(corpus, index, HashEncoder(), accept_loss=True)
        wait_until(lambda: visitor.get("/d/one.md").status == 200)
        assert "12班" in visitor.ask("云岭市渡口每日开船多少班？").quotes[0]
        (index / "CURRENT").write_text("0123456789abcdef\n")
        wait_until(lambda: "the old one stays" in running.log)
        assert visitor.ask("云岭市渡口每日开船多少班？").quotes
        visitor.close()


def test_a_visitors_number_is_of_no_chat_and_stays_the_same() -> None:
    numbers = {number_of(f"{secret:032x}") for secret in range(1000)}
    assert len(numbers) == 1000
    assert all(FIRST <= number < 2**63 for number in numbers)
    assert not is_visitor(2**52) and not is_visitor(-1001234567890)
    assert number_of("a" * 32) == number_of("a" * 32)
