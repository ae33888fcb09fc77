"""The chat in a frame of another site."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from page.browsing import needs_browser
from page.corpus import QUESTION
from page.serving import Running, Visitor, serve

HOST_PAGE = """<!doctype html><html lang="en"><title>City</title><body><a href="#x" id="x">Before</a>
<script src="{url}/embed.js" data-lang="en" defer></script>
<noscript><a href="{url}/?lang=en">Ask</a></noscript><button>Behind</button></body></html>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another site, and its folder."""
    folder = tmp_path / "site"
    folder.mkdir()
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=folder)
    ) as held:
        thread = threading.Thread(target=held.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{held.server_port}", folder
        held.shutdown()
        thread.join()


@pytest.fixture
def framed(web_index: Path, tmp_path: Path, other_site: tuple[str, Path]) -> Iterator[Running]:
    frames = f"https://www.example.org, {other_site[0]}"
    with serve(web_index, tmp_path / "state", HYQA_WEB_FRAMES=frames) as running:
        yield running


def test_only_the_chat_may_stand_in_a_frame_and_only_of_listed_sites(
    framed: Running, other_site: tuple[str, Path]
) -> None:
    visitor = Visitor(framed.url)
    page = visitor.get("/embed?lang=en")
    policy = page.response.headers["content-security-policy"]
    assert f"frame-ancestors https://www.example.org {other_site[0]}" in policy
    assert "x-frame-options" not in page.response.headers
    assert not page.all("//nav") and not page.all("//input[@name='token']")
    answer = visitor.post("/embed", [*page.fields("@id='ask'"), ("q", QUESTION)])
    assert answer.quotes and answer.one("//form[@id='ask']").get("action") == "/embed"
    assert answer.one("//base").get("target") == "_blank"
    assert not visitor.client.cookies
    for path in ("/", "/person", "/privacy", "/d/talent.md"):
        other = visitor.get(path).response.headers
        assert "frame-ancestors 'none'" in other["content-security-policy"]
        assert other["x-frame-options"] == "DENY"
    script = visitor.client.get("/embed.js")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(script.content) < 4096
    visitor.close()


def test_without_a_list_nothing_stands_in_a_frame(visitor: Visitor) -> None:
    headers = visitor.get("/embed").response.headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


@needs_browser
@pytest.mark.parametrize("script", [True, False])
def test_the_link_opens_a_dialog_that_escape_closes_and_works_without_script(
    browser: Browser, framed: Running, other_site: tuple[str, Path], script: bool
) -> None:
    address, folder = other_site
    # Another host than the other site's, as it is in the world: cookies are kept apart.
    home = framed.url.replace("127.0.0.1", "localhost")
    (folder / "index.html").write_text(HOST_PAGE.format(url=home), "utf-8")
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{address}/index.html")
    if not script:
        page.get_by_role("link", name="Ask").click()
        page.wait_for_url(f"{home}/?lang=en")
        context.close()
        return
    link = page.get_by_role("link", name="Ask about investing in Hengyang")
    link.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    behind = page.locator("body > button")
    behind.evaluate("button => button.focus()")
    expect(behind).not_to_be_focused()  # it is inert
    frame = page.frame_locator("dialog iframe")
    field = frame.locator("#q")
    field.fill(QUESTION)
    field.press("Enter")
    expect(frame.locator("blockquote").first).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()
    link.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert context.cookies() == []
    context.close()
