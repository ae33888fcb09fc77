"""Reading the pages of a PDF that only their picture tells, and saying which were read so."""

from collections.abc import Sequence

from hyqa.parsing.pdf.layout.pages import Page, Recognise, Run
from hyqa.types import Recognised
from hyqa.types.errors import ParseError

MAX_UNREAD = 0.5
"""Share of pages that cannot be read from which a file is refused; the rest says too little."""
HOW = "install hyqa[ocr] to have such pages read"

Runs = Sequence[Run]


def read_runs(pages: Sequence[Page], data: bytes, recognise: Recognise | None) -> list[Runs]:
    """Return what each page holds: its text layer, or what is recognised where that fails.

    Raises:
        ParseError: There are no pages, too few of them can be read, or there is nothing on them.
    """
    if not pages:
        raise ParseError("it has no pages")
    read = [_runs(page, data, recognise) for page in pages]
    faults = [page.fault for page in _unread(pages, read)]
    if len(faults) > MAX_UNREAD * len(pages):
        advice = "no text is seen in its picture either" if recognise else HOW
        raise ParseError(f"{max(faults, key=faults.count)}; {advice}")
    if not any(read):
        raise ParseError("there is no text in it")
    return read


def _runs(page: Page, data: bytes, recognise: Recognise | None) -> Runs:
    if not page.needs_ocr:
        return page.runs
    return (recognise(data, page.number) if recognise else None) or ()


def _unread(pages: Sequence[Page], read: Sequence[Runs]) -> list[Page]:
    return [page for page, runs in zip(pages, read, strict=True) if page.needs_ocr and not runs]


def recognised_pages(pages: Sequence[Page], read: Sequence[Runs]) -> tuple[Recognised, ...]:
    """Return the pages that were read from their picture, each with how sure that is."""
    return tuple(
        Recognised(page.number, _confidence(runs))
        for page, runs in zip(pages, read, strict=True)
        if page.needs_ocr and runs
    )


def _confidence(runs: Runs) -> float:
    """Return the mean confidence of a page's characters, 0 to 1."""
    total = sum(len(run.text) for run in runs)
    return round(sum(run.confidence * len(run.text) for run in runs) / max(1, total), 4)


def remarks_on(pages: Sequence[Page], read: Sequence[Runs], *, can_read: bool) -> tuple[str, ...]:
    """Return what to tell a maintainer of pages that were left out, a sentence or none."""
    unread = [str(page.number) for page in _unread(pages, read)]
    if not unread:
        return ()
    named = f"page {unread[0]} was" if len(unread) == 1 else f"pages {', '.join(unread)} were"
    advice = "no text is seen on them" if can_read else HOW
    return (f"{named} left out, as only pictures tell what stands there: {advice}",)
