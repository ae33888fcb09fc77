"""Telling whoever waits for a file that its reading goes on, as text recognition takes long."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Has a function called whenever a step is done; there is one of them in a process."""
    _listeners[:] = [listener]


def step_done() -> None:
    """Says that a part of a file has been read that takes seconds, such as a scanned page.

    Each may take as long as a whole file else.
    """
    for listener in _listeners:
        listener()
