"""Asking a person, campaigns and the frame in Chromium: what only a page with a desk shows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from page.browsing import NARROW, WIDE, check_axe, check_room, look_as, needs_browser
from page.corpus import NONSENSE, QUESTION
from page.serving import Running, serve
from storage import mailbox
from storage.database import Database
from storage.schema import Campaign, Outgoing

pytestmark = needs_browser
SECRET = "5ec2e7" * 5 + "00"
FORGED = "[...document.querySelectorAll('[name=token]')].forEach(one => { one.value = 'forged'; })"
LONG_AGO, FAR_OFF = 1.0, 4e9


class Desk:
    """A page with a desk, whose staff write as the bot lets them: by calls of its outbox."""

    def __init__(self, running: Running, state: Path) -> None:
        self.url = running.url
        self.database = Database(f"sqlite:///{state}/bot.sqlite")

    def answer(self, secret: str, words: str) -> None:
        with self.database.session() as session:
            found = mailbox.find(session, secret)
            assert found
            call = Outgoing(
                chat_id=found[1].chat_id, method="sendMessage", payload={"text": words},
                created_at=2e9, desk_id=found[1].id,
            )  # fmt: skip
            session.add(call)
            session.flush()
            mailbox.deliver(session, call.id, 2e9)


@pytest.fixture(scope="module")
def desk(web_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    state = tmp_path_factory.mktemp("web_desk")
    settings = {"HYQA_DESK_CHAT": "-1001", "HYQA_WEB_TELEGRAM": "yunling_bot"}
    with serve(web_index, state, **settings) as running:
        held = Desk(running, state)
        with held.database.session() as session:
            for id_, topic, starts, ends in (
                ("running", QUESTION, None, None), ("subject", "园区", None, None),
                ("over", "人才", None, LONG_AGO), ("later", "", FAR_OFF, None),
            ):  # fmt: skip
                session.add(
                    Campaign(
                        id=id_, name="2026深圳推介会", topic=topic, owner_id=1, created_at=0.0,
                        starts_at=starts, ends_at=ends,
                    )
                )  # fmt: skip
            talk = mailbox.begin(session, SECRET, 1, "zh-hans", None, 1e9)
            mailbox.write(session, talk, "青螺洲工业园还有空地吗？\n谢谢。", 1e9)
        held.answer(SECRET, "有，请致电园区。")
        yield held
        held.database.close()


def asked(page: Page, words: str) -> str:
    """Ask a person from the first page on; gives the secret of the private page."""
    page.goto("/")
    page.locator("#q").fill(NONSENSE)
    page.locator("#q").press("Enter")
    page.locator("article a.anew").click()
    expect(page.locator("#text")).to_have_value(NONSENSE)
    page.locator("#text").fill(words)
    page.locator("form.ask button.main").click()
    page.wait_for_url(re.compile("/p/[0-9a-f]{32}"))
    found = re.search("/p/([0-9a-f]{32})", page.url)
    assert found
    return found[1]


def test_what_staff_write_appears_by_itself_and_is_announced(windows: Any, desk: Desk) -> None:
    page = windows(desk.url).page
    secret = asked(page, "请问园区电话是多少？")
    expect(page.locator(".letter.reader .words")).to_have_text("请问园区电话是多少？")
    page.evaluate("window.kept = true")
    page.locator("#text").fill("还有一事")
    for count, words in enumerate(("请致电园区管委会。", "<b>周一至周五</b>"), 1):
        desk.answer(secret, words)
        expect(page.locator(".letter.staff")).to_have_count(count)
        expect(page.locator(".letter.staff .words").last).to_have_text(words)
    expect(page.locator("#status")).not_to_be_empty()
    assert page.evaluate("window.kept") is True
    expect(page.locator("#text")).to_have_value("还有一事")  # what was being written stays
    check_axe(page)


def test_without_script_the_answer_appears_by_reloading(windows: Any, desk: Desk) -> None:
    page = windows(desk.url, java_script_enabled=False, width=NARROW).page
    secret = asked(page, "请问园区电话是多少？")
    desk.answer(secret, "请致电园区管委会。")
    page.locator("a.anew").click()
    expect(page.locator(".letter.staff .words")).to_have_text("请致电园区管委会。")
    page.locator("#text").fill("谢谢")
    page.locator("form.ask button.main").click()
    expect(page.locator(".letter.reader .words")).to_have_text(["请问园区电话是多少？", "谢谢"])


def test_a_deleted_talk_is_gone_in_every_window(windows: Any, desk: Desk) -> None:
    one, other = windows(desk.url).page, windows(desk.url).page
    secret = asked(one, "请问园区电话是多少？")
    other.goto(f"/p/{secret}")
    expect(other.locator(".letter.reader")).to_have_count(1)
    one.locator("summary").click()
    one.locator("details button").click()
    expect(one.locator("form.ask")).to_have_count(0)
    expect(other.locator(".letter")).to_have_count(0)
    assert other.goto(f"/p/{secret}").status == 404


def test_the_keyboard_alone_asks_a_person(windows: Any, desk: Desk) -> None:
    page = windows(desk.url).page
    page.goto(f"/person?q={NONSENSE}")
    tab_to(page, "#text")
    page.keyboard.press("End")
    page.keyboard.type("？谢谢")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/p/[0-9a-f]{32}"))
    tab_to(page, "details summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/forget"))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_keyboard_alone_goes_from_a_code_to_the_marked_words(
    windows: Any, desk: Desk, width: int
) -> None:
    page = windows(desk.url, width=width).page
    page.goto("/c/running")
    tab_to(page, "#q")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("blockquote").first).to_be_visible()
    tab_to(page, ".acts a")
    page.keyboard.press("Enter")
    expect(page.locator("mark#q")).to_be_in_viewport()


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until the focus is there; what has it is in sight and outlined."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("where => document.activeElement.matches(where)", selector):
            break
    focused = page.locator(":focus")
    expect(focused).to_be_in_viewport()
    assert focused.evaluate("one => one.matches(':focus-visible')")
    assert focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    assert page.evaluate("where => document.activeElement.matches(where)", selector)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    "path",
    ["/person", f"/person?q={QUESTION}", f"/p/{SECRET}", "/p/nowhere", "/c/running", "/c/subject",
     "/c/over", "/c/later", "/c/nowhere", "/embed", f"/embed?q={QUESTION}", f"/?q={NONSENSE}", "/?q=人工"],
)  # fmt: skip
def test_pages_of_desk_and_campaigns_are_for_all(
    look: Callable[..., Page], desk: Desk, path: str, lang: str
) -> None:
    address = f"{path}{'&' if '?' in path else '?'}lang={lang}"
    page = look(address, desk.url, scheme="dark", width=NARROW)
    check_room(page)
    check_axe(page)
    look_as(page, "light", WIDE)
    check_room(page)
    check_axe(page)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_errors_and_farewells_are_for_all(windows: Any, desk: Desk, lang: str) -> None:
    page = windows(desk.url, width=NARROW, color_scheme="dark").page
    page.goto(f"/person?lang={lang}")
    page.locator("#text").fill("。。。")
    page.locator("form.ask button.main").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    check_room(page)
    check_axe(page)
    page.evaluate(FORGED)
    page.locator("form.ask button.main").click()
    expect(page.locator("form.ask")).to_have_count(0)  # 403
    check_axe(page)
    page.goto(f"/privacy?lang={lang}")
    page.locator("main button").click()
    page.wait_for_url(re.compile("/forget"))
    check_room(page)
    check_axe(page)
