"""The commands of ``hyqa``, each with its options; a new one is a module here, and a line below."""

from collections.abc import Callable

from hyqa.cli.arguments import Commands
from hyqa.cli.commands import (
    asking,
    calibrating,
    chatting,
    checking,
    evaluating,
    indexing,
    showing,
)

ADDITIONS: tuple[Callable[[Commands], None], ...] = (
    checking.add_options,
    indexing.add_options,
    asking.add_options,
    chatting.add_options,
    showing.add_search,
    showing.add_show,
    showing.add_info,
    evaluating.add_options,
    calibrating.add_options,
)
"""What adds each command, in the order of the help."""
