"""The ``hyqa`` command: the only part of the library that prints."""

from hyqa.cli.command import main

__all__ = ["main"]
