"""What the doctor needs to know of the sources that documents are fetched from."""

import shlex
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from hyqa.release.doctor.findings import Ailment, Finding, advice, fault


class SourceState(Protocol):
    """What became of a source when it was last looked at."""

    @property
    def name(self) -> str:
        """Its name, such as that of the document that it gives."""

    @property
    def error(self) -> str:
        """Why it failed when it was last looked at; '' where it did not."""

    @property
    def due(self) -> datetime | None:
        """When it should be looked at next, in UTC; None where nobody said how often."""


def source_findings(states: Iterable[SourceState], moment: datetime) -> Iterator[Finding]:
    """Find sources that failed, or that nobody has looked at for too long.

    Args:
        states: of all sources.
        moment: the present, in UTC.
    """
    for state in states:
        command = f"hyqa fetch {shlex.quote(state.name)}"
        if state.error:
            sentence = f"it could not be fetched: {state.error}"
            yield fault(Ailment.SOURCE_FAILED, state.name, sentence, command)
        elif state.due and state.due < moment:
            sentence = f"it should have been looked at by {state.due:%Y-%m-%d}"
            yield advice(Ailment.SOURCE_STALE, state.name, sentence, command)
