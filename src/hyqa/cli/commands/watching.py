"""``hyqa watch``: indexing a folder anew as it changes."""

import signal
import threading
from argparse import Namespace
from pathlib import Path
from types import FrameType

from hyqa.cli.arguments import Commands
from hyqa.cli.commands.indexing import add_index_options, index
from hyqa.cli.output import complain, say
from hyqa.types.errors import HyqaError


def add_options(commands: Commands) -> None:
    """Add ``hyqa watch``."""
    parser = commands.add("watch", watch, "build the index anew as the documents change")
    add_index_options(parser, commands)
    parser.add_argument(
        "--settle", metavar="SECONDS", type=float, default=2.0,
        help="how long nothing must change before a build begins (2)",
    )  # fmt: skip


def watch(options: Namespace) -> int:
    """Build where the index is stale, and again after each change, until a signal ends it."""
    from hyqa.maintenance.sources.watching import changes  # takes its time to load

    signal.signal(signal.SIGTERM, _interrupt)
    options.if_stale = True
    folders = [one for one in (options.corpus, options.originals) if Path(one).is_dir()]
    stop = threading.Event()
    try:
        _build(options)
        say(f"Watching {', '.join(map(str, folders))}.")
        for _ in changes(folders, stop, settle=options.settle):
            _build(options)
    except KeyboardInterrupt:
        stop.set()
        say("No longer watching.")
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _build(options: Namespace) -> None:
    """Build once; what goes wrong is told, and the next change is waited for."""
    try:
        index(options)
    except HyqaError as error:
        complain(f"{error} The index of before stays in force; watching goes on.")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        complain(f"{reason}. The index of before stays in force; watching goes on.")
