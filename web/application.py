"""The page, put together: its guards, its routes, and what goes on beside the requests."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from storage import changes
from storage.database import Database
from storage.retention import purge
from storage.schema import HandledUpdate
from web.guards.crowds import Crowds
from web.guards.failures import Failures
from web.guards.headers import Headers
from web.guards.hosts import Hosts
from web.guards.rates import Rates
from web.guards.sizes import Sizes
from web.library import Library
from web.pages.errors import error_page, of_exception
from web.routes import ROUTES
from web.settings import Settings
from web.visit import Site

INDEX_LOOK = 5.0
"""Seconds between looks whether another index is in force: one small file is read."""
WRITE_TRIAL = 30.0
"""Seconds between trials whether the database takes a write."""
PURGE = 3600.0

_log = logging.getLogger(__name__)


def make_application(
    settings: Settings,
    library: Library,
    database: Database,
    *,
    clock: Callable[[], float] = time.time,
    rates: Rates | None = None,
) -> Starlette:
    """Put the page together.

    Args:
        settings: of the page.
        library: hands out the documents.
        database: what the bot keeps too.
        clock: seconds since 1970; only tests have another one.
        rates: how often a visitor may ask.
    """
    rates = rates or Rates(time.monotonic)
    site = Site(settings, library, database, rates, clock)
    guards = [
        Middleware(Headers, secure=settings.is_secure, frames=settings.frames),
        Middleware(Failures, page=error_page),
        Middleware(Hosts, names=settings.hosts, page=error_page),
        Middleware(Crowds, rates=rates, page=error_page),
        Middleware(Sizes, page=error_page),
    ]
    application = Starlette(
        routes=ROUTES,
        middleware=guards,
        exception_handlers={HTTPException: of_exception},
        lifespan=_lifespan,
    )
    application.router.redirect_slashes = False
    application.state.site = site
    return application


@asynccontextmanager
async def _lifespan(application: Starlette) -> AsyncIterator[None]:
    site: Site = application.state.site
    await asyncio.to_thread(site.database.migrate)
    await asyncio.to_thread(_try_to_write, site)
    tasks = [
        asyncio.create_task(_every(INDEX_LOOK, lambda: _refresh(site))),
        asyncio.create_task(_every(WRITE_TRIAL, lambda: _try_to_write(site))),
        asyncio.create_task(_every(PURGE, lambda: _purge(site))),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        site.end()


async def _every(seconds: float, work: Callable[[], object]) -> None:
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception as error:  # a failure now says nothing of the next time
            _log.error("Housekeeping failed: %s", type(error).__name__)
        await asyncio.sleep(seconds)


def _refresh(site: Site) -> None:
    """Take up another index if there is one, and record what changed in the documents."""
    library = site.library
    library.refresh()
    changes.look(site.database, library.folder, library.shelf.name, site.today, site.clock())


def _try_to_write(site: Site) -> None:
    """Take the database's lock for writing and change nothing: no update has a number below 0."""
    try:
        with site.database.session() as session:
            session.execute(delete(HandledUpdate).where(HandledUpdate.id < 0))
    except SQLAlchemyError as error:
        _log.error("The database cannot be written: %s", type(error).__name__)
        return
    site.written_at = site.clock()


def _purge(site: Site) -> None:
    with site.database.session() as session:
        purge(session, site.clock(), site.settings.retention_days)
