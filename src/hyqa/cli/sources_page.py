"""The table that ``hyqa sources`` shows."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from hyqa.cli.output import say
from hyqa.maintenance.sources.listing import Source
from hyqa.maintenance.sources.versions import Store

WIDEST = 160


def show_sources(listing: Sequence[Source], store: Store, *, colours: bool) -> None:
    """Write a row for each address, and sum up."""
    console = Console(
        file=sys.stdout, no_color=not colours, highlight=False, markup=False, emoji=False,
        force_terminal=None if colours else False,
    )  # fmt: skip
    console.width = min(max(console.width, 100), WIDEST)
    table = Table(box=None, pad_edge=False)
    for name in ("source", "host", "from", "every", "fetched", "last failure"):
        table.add_column(name, overflow="fold")
    fetched = failed = 0
    for source in listing:
        state, version = store.state(source.name), store.current(source.name)
        fetched, failed = fetched + (version is not None), failed + bool(state.failure)
        failure = f"{state.failed[:10]} {state.failure}" if state.failure else ""
        table.add_row(
            source.name,
            source.host,
            "reprint" if source.reprint else "publisher",
            f"{source.every} days",
            version.fetched[:10] if version else "never",
            failure,
        )
    with console.capture() as captured:
        console.print(table)
    say("\n".join(line.rstrip() for line in captured.get().splitlines()))
    say(f"{len(listing)} addresses; {fetched} fetched; {failed} failed at last")
