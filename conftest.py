"""Loads the fixtures that all tests share.

They stand in ``tests/fixtures.py``, not in ``tests/conftest.py``: ``tests/bot``, which is no
package, has a module of that name, and mypy takes one module of a name.
"""

import os

import pytest
from hypothesis import settings

# Threads of these libraries that wait for work keep a core busy, and tests have little for each.
# Set before numpy, faiss and torch are loaded, which read it then.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# No test asserts a time: on a busy machine any example may take long.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

pytest_plugins = ["tests.fixtures"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests one process has to run, where ``make test`` runs them by two.

    Those that ask the shipped corpus stay together, as to index it takes minutes, and begin first,
    as they take the longest. Otherwise the tests of a file do, which share what is made for them.
    """
    for item in items:
        asks = "shipped_encoder" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("shipped" if asks else str(item.path)))
    items.sort(key=lambda item: "shipped_encoder" not in getattr(item, "fixturenames", ()))
