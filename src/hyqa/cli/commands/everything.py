"""All commands of ``hyqa``; a new one is a module here, and a line below."""

from collections.abc import Callable

from hyqa.cli.arguments import Commands
from hyqa.cli.commands import (
    asking,
    calibrating,
    chatting,
    checking,
    diffing,
    doctoring,
    evaluating,
    foreseeing,
    indexing,
    maintaining,
    originals,
    showing,
    snapshots,
    watching,
)

ADDITIONS: tuple[Callable[[Commands], None], ...] = (
    checking.add_options,
    maintaining.add_adding,
    maintaining.add_replacing,
    maintaining.add_removing,
    maintaining.add_restoring,
    maintaining.add_history,
    foreseeing.add_options,
    originals.add_sources,
    originals.add_fetch,
    originals.add_compare,
    indexing.add_options,
    snapshots.add_snapshots,
    snapshots.add_rollback,
    watching.add_options,
    asking.add_options,
    chatting.add_options,
    showing.add_search,
    showing.add_show,
    showing.add_info,
    evaluating.add_options,
    calibrating.add_options,
    diffing.add_options,
    doctoring.add_options,
)
"""What adds each command, in the order of the help."""
