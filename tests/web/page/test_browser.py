"""The page in Debian's Chromium: with script and without, narrow and wide, light and dark."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from page.browsing import (
    NARROW,
    WIDE,
    axe_finds,
    check_axe,
    check_room,
    look_as,
    needs_browser,
)
from page.corpus import ENGLISH, NONSENSE, QUESTION, VAGUE

pytestmark = needs_browser

PATHS = [
    "/", f"/?q={QUESTION}", f"/?q={VAGUE}", f"/?q={NONSENSE}", "/?q=你好", "/?q=？",
    "/?q=有多少家企业？&after=青螺洲工业园的规划面积是多少？&as_of=2025-06-30",
    "/parks", "/parks/snail-isle", "/parks/compare?park=snail-isle&park=hostile&park=empty", "/chains",
    "/chains/clocks", "/documents", "/documents/parks", "/incentives", "/talent", "/new", "/help", "/privacy", "/nowhere",
    "/d/incentives/foreign.md?q=9-56", "/d/statistics/plots.xlsx?q=0-30", "/d/incentives/notice.txt",
    "/d/business-environment/harbour.pdf?q=150-260", "/d/railway.md?q=5000-6000",
    "/person", "/embed", "/documents/other",
]  # fmt: skip


def ask(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")


def test_answers_come_in_place_and_are_announced(windows: Any) -> None:
    page = windows().page
    page.goto("/")
    page.evaluate("window.kept = true")
    ask(page, "青螺洲工业园的规划面积是多少？")
    expect(page.locator("blockquote").first).to_contain_text("12.5平方公里")
    expect(page.locator("#status")).to_contain_text("有答复")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")
    ask(page, "有多少家企业？")
    expect(page.locator("article.exchange")).to_have_count(2)
    expect(page.locator("article.exchange >> nth=1")).to_contain_text("86家")
    assert page.evaluate("window.kept") is True
    assert page.locator("#conversation").count() == page.locator("[role=status]").count() == 1


def test_choices_and_verdicts_work_in_place(windows: Any) -> None:
    page = windows().page
    page.goto("/")
    page.evaluate("window.kept = true")
    ask(page, VAGUE)
    page.locator("article button[name=pick]").first.click()
    expect(page.locator("article.exchange")).to_have_count(2)
    page.locator("article.exchange >> nth=1").get_by_role("button", name="有用", exact=True).click()
    expect(page.locator("#status")).to_contain_text("谢谢您的反馈")
    assert page.evaluate("window.kept") is True


@pytest.mark.parametrize("script", [True, False])
def test_enter_asks_what_was_typed_and_presses_no_offer(windows: Any, script: bool) -> None:
    page = windows(java_script_enabled=script).page
    page.goto("/")
    ask(page, VAGUE)
    expect(page.locator("article button[name=pick]").first).to_be_visible()
    ask(page, "稻谷种植每亩补贴多少？")
    expect(page.locator(".asked").last).to_have_text("稻谷种植每亩补贴多少？")
    expect(page.locator("blockquote").last).to_contain_text("120元")


def test_where_the_script_gets_nothing_the_form_is_sent(windows: Any) -> None:
    page = windows().page
    page.goto("/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('offline')); }")
    ask(page, QUESTION)
    expect(page.locator("blockquote").first).to_contain_text("5000元")
    expect(page.locator(".intro")).to_have_count(0)
    page.goto("/")
    page.evaluate("() => { window.fetch = async () => new Response('<p>nothing</p>'); }")
    ask(page, VAGUE)
    expect(page.locator("article button[name=pick]").first).to_be_visible()
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('offline')); }")
    chosen = page.locator("article button[name=pick]").first.inner_text()
    page.locator("article button[name=pick]").first.click()
    expect(page.locator(".asked")).to_have_text(chosen)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_script_all_of_it_works(windows: Any, width: int) -> None:
    page = windows(width=width, java_script_enabled=False).page
    page.goto("/")
    ask(page, "青螺洲工业园的规划面积是多少？")
    expect(page.locator("blockquote").first).to_contain_text("12.5平方公里")
    ask(page, "有多少家企业？")
    expect(page.locator("blockquote").first).to_contain_text("86家")
    expect(page.locator("button.copy").first).to_be_hidden()
    page.get_by_role("button", name="有用", exact=True).click()
    expect(page.locator("h1")).to_have_text("谢谢您的反馈。")
    page.goto("/")
    ask(page, VAGUE)
    page.locator("article button[name=pick]").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    page.get_by_role("link", name="在文件中查看").first.click()
    expect(page.locator("mark#q")).to_be_in_viewport()
    page.get_by_role("link", name="隐私").click()
    page.get_by_role("button", name="删除我的全部记录").click()
    expect(page.locator("h1")).to_contain_text("已全部删除")


def test_a_quote_is_copied_with_its_source(windows: Any) -> None:
    window = windows(permissions=["clipboard-read", "clipboard-write"])
    page = window.page
    page.goto(f"/?q={QUESTION}")
    page.get_by_role("button", name="复制引文和出处").first.click()
    expect(page.locator("#status")).to_have_text("已复制。")
    expect(page.locator("button.copy").first).to_have_text("复制引文和出处")  # again
    page.locator("a.share").click()
    assert QUESTION in unquote(page.evaluate("navigator.clipboard.readText()"))
    page.get_by_role("button", name="复制引文和出处").first.click()
    expect(page.locator("button.copy").first).to_have_text("已复制。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "每月发放生活补贴5000元" in copied and "— 《云岭市博士新政》" in copied
    page.goto(copied.splitlines()[-1])
    expect(page.locator("mark#q")).to_be_in_viewport()
    expect(page.locator("mark#q")).to_contain_text("每月发放生活补贴5000元")


def test_the_keyboard_alone_does_all(windows: Any) -> None:
    page = windows().page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("blockquote").first).to_be_visible()
    expect(page.locator("#q")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.closest('.acts') !== null"):
            break
    focused = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focused == "solid"
    page.locator(".acts a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark#q")).to_be_in_viewport()


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_all_fits_all_targets_are_large_and_axe_finds_no_violation(
    look: Callable[..., Page], path: str, lang: str
) -> None:
    address = f"{path}{'&' if '?' in path else '?'}lang={lang}"
    page = look(address, scheme="dark", width=NARROW)
    check_room(page)
    # The same page in another window: the style sheet alone tells widths and colours apart.
    look_as(page, "light", WIDE)
    check_room(page)
    check_axe(page)
    look_as(page, "dark", NARROW)
    check_axe(page)


def test_parks_are_chosen_and_compared_without_script(windows: Any) -> None:
    page = windows(width=NARROW, java_script_enabled=False).page
    page.goto("/parks")
    page.locator("input[value=snail-isle]").check()
    page.locator("input[value=land]").check()
    page.locator("button[form=compare]").last.click()
    expect(page.locator("thead th")).to_have_text(["项目", "青螺洲工业园", "东一路地块"])
    page.locator("select").nth(2).select_option("clock-valley")
    page.get_by_role("button", name="比较").click()
    expect(page.locator("thead th")).to_have_count(4)
    page.locator("q + a").first.click()
    expect(page.locator("mark#q")).to_be_visible()


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("path", ["/parks", "/chains"])
def test_pictures_are_shown_and_a_table_stays_one(windows: Any, path: str, width: int) -> None:
    page = windows(width=width).page
    page.goto(path)
    picture = page.locator("figure img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('figure img').naturalWidth > 0")
    assert ("narrow" in picture.evaluate("one => one.currentSrc")) == (width == NARROW)
    letters = picture.evaluate("one => one.clientWidth / one.naturalWidth")
    assert letters > 0.9  # of 14 pixels
    assert page.get_by_role("row").count() > 2 and page.get_by_role("columnheader").count() > 3


def test_axe_finds_no_violation_in_what_the_script_adds(windows: Any) -> None:
    page = windows(locale="en-GB").page
    page.goto("/")
    ask(page, ENGLISH)
    expect(page.locator("blockquote").first).to_be_visible()
    ask(page, VAGUE)
    expect(page.locator("article.exchange")).to_have_count(2)
    check_axe(page)


def test_axe_would_find_a_violation(windows: Any) -> None:
    page = windows().page
    page.goto("/")
    page.evaluate("document.querySelector('label[for=q]').remove()")
    assert [one["id"] for one in axe_finds(page).response["violations"]] == ["label"]
