"""Loads the fixtures that all tests share.

They stand in ``tests/fixtures.py``, not in ``tests/conftest.py``: ``tests/bot``, which is no
package, has a module of that name, and mypy takes one module of a name.
"""

pytest_plugins = ["tests.fixtures"]
