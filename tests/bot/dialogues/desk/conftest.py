"""The page in a process of its own, and a reader at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from page.serving import Running as Served
from page.serving import Visitor, serve
from people import DESK


@pytest.fixture
def state(database_url: str) -> Path:
    return Path(database_url.removeprefix("sqlite:///")).parent


@pytest.fixture
def site(index: Path, state: Path) -> Iterator[Served]:
    with serve(index, state, HYQA_DESK_CHAT=str(DESK)) as running:
        yield running


@pytest.fixture
def reader(site: Served) -> Iterator[Visitor]:
    one = Visitor(site.url)
    yield one
    one.close()
