"""Telling whoever waits for a file that its reading goes on, as text recognition takes long."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Set the function that is called whenever a step of reading is done: one for the whole process."""
    _listeners[:] = [listener]


def step_done() -> None:
    """Say that a part of a file has been read that takes seconds, such as a scanned page.

    Each step may take as long as is otherwise allowed for a whole file.
    """
    for listener in _listeners:
        listener()
