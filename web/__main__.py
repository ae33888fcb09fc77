"""Runs the page: ``python -m web``; docs/web.md lists the settings."""

import asyncio
import os
import sys
import time

from hyqa import ConfigError, HyqaError
from storage.database import Database
from web import logs
from web.application import make_application
from web.library import Library
from web.server import make_server
from web.settings import Settings


def main() -> int:
    """Run the page until it is stopped.

    Returns:
        The exit code: 0 stopped on purpose, 1 could not run, 2 wrong settings.
    """
    # Many ask at once, so each encodes with one core: with two, a question costs 40 ms of their time
    # instead of 20.
    os.environ.setdefault("HYQA_THREADS", "1")
    # The event loop waits a millisecond at most, not five, for the interpreter while answers are looked for.
    sys.setswitchinterval(0.001)
    os.umask(0o077)  # the state holds what people asked: nobody else on the machine reads it
    try:
        settings = Settings.from_environment(os.environ)
        logs.configure(as_json=settings.json_logs)
        return asyncio.run(run(settings))
    except ConfigError as error:
        return _fail(str(error), 2)
    except HyqaError as error:
        return _fail(str(error), 1)


async def run(settings: Settings) -> int:
    """Open the index and answer until a signal to stop comes."""
    library = await asyncio.to_thread(Library, settings.index, settings.encoder, time.time)
    database = Database(settings.database_url)
    await asyncio.to_thread(database.migrate)
    application = make_application(settings, library, database)
    server = make_server(application, settings, application.state.site.stopping.set)
    try:
        await server.serve()
    except SystemExit:  # uvicorn's word for an address that is taken
        return _fail(f"Nothing can listen on {settings.host}:{settings.port}.", 1)
    return 0


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
