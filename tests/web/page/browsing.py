"""Windows of Debian's Chromium, what they note, and what is asked of every page in them."""

import shutil
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Debian's package chromium: scripts/browser.sh installs it"
)
NARROW, WIDE = 360, 1280
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LEAST_TARGET = 24
_SMALL = """least => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => one.checkVisibility() && !one.closest('.skip, .unseen, [aria-hidden=true]'))
    .filter(one => !one.closest('details:not([open]) > :not(summary)'))
    // A link in a sentence, or in a citation, is as high as its line.
    .filter(one => !(one.matches('a') && getComputedStyle(one).display === 'inline'
        && one.closest('p, li, cite, td, dd, caption').textContent.trim() !== one.textContent.trim()))
    .map(one => [one.textContent.trim() || one.id || one.name, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < least || box.height < least)
    .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
"""What is to be pressed and is smaller than it may be."""


class Window:
    """A window of the browser; it notes what the page should never do."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        width = options.pop("width", WIDE)
        options.setdefault("locale", "zh-CN")
        self.context = browser.new_context(
            base_url=url, viewport={"width": width, "height": 800}, **options
        )
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("request", self._watch)
        self._url = url

    def _listen(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        # Chromium's own viewer of PDFs is made of pages, too.
        if not request.url.startswith((self._url, "chrome://", "chrome-extension://")):
            self.strangers.append(request.url)

    def close(self) -> None:
        self.context.close()


def check_axe(page: Page) -> None:
    """What axe-core finds, with all that can be opened open."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def check_room(page: Page) -> None:
    """Nothing is wider than the window, and all that can be pressed is large enough."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    small = page.evaluate(_SMALL, LEAST_TARGET)
    assert not small, f"{page.url}: {small}"
