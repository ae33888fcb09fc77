"""Runs a module as ``python -m`` does, and ends with the process that began it, however that ends.

``python -m bot.transport.tethered MODULE [ARGUMENT …]``, with a pipe as standard input that its parent
holds and never writes to. The system closes the parent's end when the parent dies, by whatever kills it.
"""

import os
import runpy
import signal
import sys
import threading


def main() -> None:
    """Run the module that is named."""
    tether = os.dup(0)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    threading.Thread(target=_end_with, args=(tether,), daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with(tether: int) -> None:
    """Be killed when a pipe ends: an index is whole whenever its builder dies."""
    while os.read(tether, 1):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
