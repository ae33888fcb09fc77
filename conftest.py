"""Loads the fixtures that all tests share.

They stand in ``tests/fixtures.py``, not in ``tests/conftest.py``: ``tests/bot``, which is no
package, has a module of that name, and mypy takes one module of a name.
"""

import os

from hypothesis import settings

# Threads of these libraries that wait for work keep a core busy, and tests have little for each.
# Set before numpy, faiss and torch are loaded, which read it then.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# No test asserts a time: on a busy machine any example may take long.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

pytest_plugins = ["tests.fixtures"]
