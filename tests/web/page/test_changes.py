"""A new snapshot while the page runs: what changed stands on the page and in both feeds, and stays."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hyqa import HashEncoder, build_index, snapshot_name
from page.corpus import write_corpus
from page.serving import Page, Visitor, serve, wait_until
from storage import changes
from storage.database import Database
from storage.schema import Switch

BEFORE, AFTER = "最高不超过五百万元", "最高不超过八百万元"
CHANGED = "内容有变：云岭市鼓励外商投资办法"
GONE = "不再收录：云岭市博士新政"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write_corpus(folder)
    build_index(folder, tmp_path / "index", HashEncoder())
    return folder


@pytest.fixture
def places(tmp_path: Path, corpus: Path) -> Iterator[tuple[Path, Path]]:
    yield tmp_path / "index", tmp_path / "state"


@pytest.fixture
def come() -> Iterator[Callable[..., Visitor]]:
    """Lets somebody come to a page."""
    visitors: list[Visitor] = []

    def visit(url: str, language: str = "zh-CN") -> Visitor:
        visitors.append(Visitor(url, language))
        return visitors[-1]

    yield visit
    for one in visitors:
        one.close()


def publish(corpus: Path, index: Path) -> None:
    """What a maintainer does: one document is changed, one is removed, one is new."""
    path = corpus / "incentives" / "foreign.md"
    path.write_text(path.read_text("utf-8").replace(BEFORE, AFTER), "utf-8")
    (corpus / "talent-2026.md").unlink()
    new = {"id": "harbour", "title": "云岭市码头办法", "text": "码头<b>夜间</b>\x0b开放。"}
    (corpus / "news" / "harbour.jsonl").write_text(json.dumps(new), "utf-8")
    build_index(corpus, index, HashEncoder())


def items(visitor: Visitor) -> list[dict[str, str]]:
    answer = visitor.client.get("/new.json")
    assert answer.headers["Content-Type"].startswith("application/feed+json")
    feed = json.loads(answer.text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
    assert len({one["id"] for one in feed["items"]}) == len(feed["items"])
    found: list[dict[str, str]] = feed["items"]
    return found


def titles_of_rss(visitor: Visitor) -> list[str]:
    channel = ElementTree.fromstring(visitor.client.get("/new.xml").text).find("channel")
    assert channel is not None
    return [one.findtext("title") or "" for one in channel.findall("item")]


def test_changes_stand_in_both_feeds_and_stay_after_a_restart(
    corpus: Path, places: tuple[Path, Path], come: Callable[..., Visitor]
) -> None:
    index, state = places
    with serve(index, state) as running:
        visitor = come(running.url)
        wait_until(lambda: recorded(state) == snapshot_name(index))
        before = items(visitor)
        assert CHANGED not in [one["title"] for one in before]  # what was there is no news
        publish(corpus, index)
        wait_until(lambda: len(items(visitor)) > len(before))
        told = items(visitor)
        page = visitor.get("/new")
    assert {one["title"] for one in told[:3]} == {CHANGED, GONE, "新收录的文件：云岭市码头办法"}
    with serve(index, state) as running:
        again = come(running.url)
        assert titles_of_rss(again) == [one["title"] for one in items(again)]
        assert [one["title"] for one in items(again)[:3]] == [one["title"] for one in told[:3]]
        assert CHANGED not in titles_of_rss(come(running.url, "en"))
        followed(again, told)
    looked_at(page)


def followed(visitor: Visitor, told: list[dict[str, str]]) -> None:
    """The link of a change leads to the new words."""
    change = next(one for one in told if one["title"] == CHANGED)
    old, new = (line for line in change["content_text"].splitlines() if "不超过" in line)
    assert BEFORE in old and AFTER in new and change["date_published"].startswith("20")
    path = change["url"].split("/", 3)[3]
    assert AFTER in visitor.get(f"/{path.partition('#')[0]}").one("//mark").text_content()


def looked_at(page: Page) -> None:
    section = page.all("//main//section")[0]
    assert section.xpath("./h2")[0].text_content() == "最近的变化"
    quoted = [one.text_content() for one in section.xpath(".//blockquote")]
    assert any(BEFORE in one for one in quoted) and any(AFTER in one for one in quoted)
    assert any(one.startswith("码头<b>夜间</b>") for one in quoted)  # as text


def test_what_is_switched_off_is_in_no_feed(
    corpus: Path, places: tuple[Path, Path], come: Callable[..., Visitor]
) -> None:
    index, state = places
    with serve(index, state) as running:
        visitor = come(running.url)
        wait_until(lambda: recorded(state) == snapshot_name(index))
        publish(corpus, index)
        wait_until(lambda: CHANGED in titles_of_rss(visitor))
        database = Database(f"sqlite:///{state}/bot.sqlite")
        with database.session() as session:
            session.add(Switch(subject="incentives", text="", at=0.0))
        assert CHANGED not in titles_of_rss(visitor)
        assert CHANGED not in [one["title"] for one in items(visitor)]
        assert BEFORE not in visitor.get("/new").text
        database.close()


def recorded(state: Path) -> str:
    """The snapshot that changes are recorded up to; '' before the first look."""
    if not (state / "bot.sqlite").exists():
        return ""
    database = Database(f"sqlite:///{state}/bot.sqlite")
    try:
        with database.session() as session:
            held = changes.state(session)
            return held.snapshot if held else ""
    finally:
        database.close()
