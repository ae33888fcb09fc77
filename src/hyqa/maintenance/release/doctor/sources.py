"""What is wrong with the sources that documents are fetched from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hyqa.maintenance.release.doctor.findings import Ailment, Finding, advice, fault
from hyqa.maintenance.release.doctor.remedies import remedy
from hyqa.maintenance.sources.listing import read_listing


@dataclass(frozen=True, slots=True)
class SourceState:
    """What became of a source when it was last looked at.

    Attributes:
        name: its name in the listing.
        error: why it failed when it was last looked at; '' where it did not.
        due: when it should be looked at next, in UTC; None where it never was.
    """

    name: str
    error: str = ""
    due: datetime | None = None


def source_states(corpus: Path, originals: Path) -> list[SourceState]:
    """Read how it went with each source of a corpus; none where nobody ever fetched.

    Args:
        corpus: a folder of documents, with the listing of its sources.
        originals: the folder of what was fetched.

    Raises:
        ConfigError: when the listing cannot be read.
    """
    listing = read_listing(corpus)
    if not listing or not originals.is_dir():
        return []
    from hyqa.maintenance.sources.versions import Store  # what fetches takes its time to load

    store = Store(originals)
    states: list[SourceState] = []
    for source in listing:
        state = store.state(source.name)
        error = state.failure
        if not error and state.looked and store.current(source.name) is None:
            error = "what was fetched of it is gone"
        looked = _moment(state.looked)
        due = looked + timedelta(source.every) if looked else None
        states.append(SourceState(source.name, error, due))
    return states


def source_findings(
    states: Iterable[SourceState], moment: datetime, corpus: Path, originals: Path
) -> Iterator[Finding]:
    """Find sources that failed, or that nobody has looked at for too long.

    Args:
        states: of all sources.
        moment: the present, in UTC.
        corpus: the folder of documents.
        originals: the folder of what was fetched.
    """
    for state in states:
        command = remedy("fetch", state.name, corpus=corpus, originals=originals)
        if state.error:
            sentence = f"it could not be fetched: {state.error}"
            yield fault(Ailment.SOURCE_FAILED, state.name, sentence, command)
        elif state.due is None:
            yield advice(Ailment.SOURCE_STALE, state.name, "it was never fetched", command)
        elif state.due < moment:
            sentence = f"it should have been looked at by {state.due:%Y-%m-%d}"
            yield advice(Ailment.SOURCE_STALE, state.name, sentence, command)


def _moment(stamp: str) -> datetime | None:
    """A moment as it is kept, in ISO 8601; None for one that is none."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
