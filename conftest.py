"""Loads the fixtures that all tests share, and shares the tests out.

The fixtures stand in ``tests/fixtures.py``, not in ``tests/conftest.py``: ``tests/bot``, which is no
package, has a module of that name, and mypy takes one module of a name.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

# Threads of these libraries that wait for work keep a core busy, and tests have little for each.
# Set before numpy, faiss and torch are loaded, which read it then.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# No test asserts a time: on a busy machine any example may take long.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

pytest_plugins = ["tests.fixtures"]


SHIPPED = "shipped"
"""Group of the files whose tests ask the shipped corpus, which one process has to run: it takes
minutes to index."""


@cache
def group_of(file: str) -> str:
    """Say which tests one process runs: those of a file, which share what is made for them."""
    text = (Path(__file__).parent / file).read_text("utf-8") if file.endswith(".py") else ""
    return SHIPPED if re.search(rf"\b{SHIPPED}(_root|_encoder)?: ", text) else file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the shipped corpus, as it takes the longest."""
    items.sort(key=lambda item: group_of(item.nodeid.partition("::")[0]) != SHIPPED)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Scheduling":
    """Share groups out, where ``make test`` runs the tests in two processes."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid.partition("::")[0])

    return Groups(config, log)
