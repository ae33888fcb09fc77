"""Loads the fixtures that all tests share.

They stand in ``tests/fixtures.py``, not in ``tests/conftest.py``: ``tests/bot``, which is no
package, has a module of that name, and mypy takes one module of a name.
"""

from hypothesis import settings

# No test asserts a time: on a busy machine any example may take long.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

pytest_plugins = ["tests.fixtures"]
