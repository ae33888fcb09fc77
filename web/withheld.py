"""What is said instead of what a subject that is switched off holds."""

import logging
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.schema import Switch
from web.library import subject_of

_log = logging.getLogger(__name__)

Switched = dict[str, str]
"""Subjects that are switched off, each with what is said instead; '' for the usual words."""


def switched_off(database: Database) -> Switched:
    """The subjects that are switched off now; none where the database cannot be read."""
    try:
        with database.session() as session:
            return {one.subject: one.text for one in session.scalars(select(Switch))}
    except SQLAlchemyError as error:
        _log.error("The switches cannot be read: %s", type(error).__name__)
        return {}


def instead(switched: Switched, ids: Iterable[str], usual: str) -> str:
    """What to say instead of documents; '' where none is of a subject that is switched off."""
    off = next((one for one in map(subject_of, ids) if one in switched), None)
    return "" if off is None else switched[off] or usual
