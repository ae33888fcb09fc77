"""A page over a small corpus, and visitors to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hyqa import HashEncoder, build_index
from page.browsing import CHROMIUM, Room, Window
from page.corpus import write_corpus
from page.serving import Running, Visitor, serve
from web.library import Library, Shelf

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="session")
def web_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, index = tmp_path_factory.mktemp("web_corpus"), tmp_path_factory.mktemp("web_index")
    write_corpus(folder)
    assert build_index(folder, index, HashEncoder()).failures == ()
    return index


@pytest.fixture(scope="session")
def shelf(web_index: Path) -> Shelf:
    return Library(str(web_index), "hash", lambda: 0.0).shelf


@pytest.fixture(scope="session")
def site(web_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One page for all tests that leave no trace in it."""
    with serve(web_index, tmp_path_factory.mktemp("web_state")) as running:
        yield running


@pytest.fixture
def arrive(site: Running) -> Iterator[Arrive]:
    """Lets somebody come to the page, or to another one."""
    visitors: list[Visitor] = []

    def come(url: str = "", **headers: str) -> Visitor:
        visitors.append(Visitor(url or site.url, **headers))
        return visitors[-1]

    yield come
    for one in visitors:
        one.close()


@pytest.fixture
def visitor(arrive: Arrive) -> Visitor:
    return arrive()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each module: asynchronous tests cannot run beside it."""
    with sync_playwright() as playwright:
        # In a container of tests there is no user namespace to shut Chromium into.
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def lasting(browser: Browser) -> Iterator[Room]:
    room = Room(browser)
    yield room
    room.close()


@pytest.fixture
def look(lasting: Room, site: Running) -> Iterator[Callable[..., Page]]:
    """Shows a page, or one of another site, of which neither complains or asks anybody else."""

    def show(path: str, url: str = "", *, scheme: str, width: int) -> Page:
        return lasting.show(url or site.url, path, scheme=scheme, width=width)

    yield show
    assert lasting.told() == []


@pytest.fixture
def windows(browser: Browser, site: Running) -> Iterator[Any]:
    """Opens windows on the page, or on another one, that complain of nothing and ask nobody else."""
    opened: list[Window] = []

    def open_(url: str = "", **options: Any) -> Window:
        opened.append(Window(browser, url or site.url, **options))
        return opened[-1]

    yield open_
    for one in opened:
        complaints, strangers = one.complaints, one.strangers
        one.close()
        assert (complaints, strangers) == ([], [])
