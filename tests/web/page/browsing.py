"""Windows of Debian's Chromium, what they note, and what is asked of every page in them."""

import shutil
from typing import Any, Literal, cast

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Debian's package chromium: scripts/browser.sh installs it"
)
NARROW, WIDE = 360, 1280
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RULES = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
_AXE = Axe()
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


class Room:
    """One window for many pages, each in the width and colours that it is to have.

    A window has processes of its own, which take more of a processor than all that is looked at in
    it. Each page is loaded by itself, and without cookies.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._windows: dict[str, Window] = {}

    def show(self, url: str, path: str, *, scheme: str, width: int) -> Page:
        """Load a page of the site at an address."""
        if url not in self._windows:
            self._windows[url] = Window(self._browser, url)
        window = self._windows[url]
        window.context.clear_cookies()
        look_as(window.page, scheme, width)
        window.page.goto(path)
        return window.page

    def told(self) -> list[str]:
        """What was noted since it was last asked for."""
        told: list[str] = []
        for window in self._windows.values():
            for notes in (window.complaints, window.strangers):
                told += notes
                notes.clear()
        return told

    def close(self) -> None:
        for window in self._windows.values():
            window.close()


def look_as(page: Page, scheme: str, width: int) -> None:
    """Give the window a width, and say which colours its reader likes."""
    page.emulate_media(color_scheme=cast(Literal["dark", "light"], scheme))
    page.set_viewport_size({"width": width, "height": 800})


def axe_finds(page: Page) -> Any:
    """Run axe-core on what is shown."""
    if not page.evaluate("'axe' in window"):
        return _AXE.run(page, options=_RULES)
    return AxeResults(page.evaluate("rules => axe.run(rules)", _RULES))


def check_axe(page: Page) -> None:
    """What axe-core finds, with all that can be opened open."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = axe_finds(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def check_room(page: Page) -> None:
    """Nothing is wider than the window, and all that can be pressed is large enough."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    small = page.evaluate(_SMALL, LEAST_TARGET)
    assert not small, f"{page.url}: {small}"
