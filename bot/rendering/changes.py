"""What changed in the documents, as messages: old and new words quoted, with their source."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rendering.markup import escape, link, shorten, units
from bot.rendering.quoting import LIMIT
from bot.rendering.sources import Page, opens, place, source
from bot.texts import Texts
from hyqa import Citation, Quote
from storage.reader_schema import PassageChange

QUOTED = 800
"""Units of words in an alert of their own: old and new ones fit into a message with their source."""
LISTED = 240
"""Units of words in a list of several changes."""
TITLE = 120


@dataclass(frozen=True, slots=True)
class Told:
    """A change to be told.

    ``old`` are the words that people knew, before several changes maybe; ``now`` is where the new
    ones stand, None where they do not.
    """

    row: PassageChange
    old: str
    now: Quote | None


def news(changes: Sequence[Told], page: Page) -> str:
    """What changed of what somebody follows, as one message: as many changes as it holds."""
    texts = page.texts
    head = f"<b>{escape(texts.alert_news.format(count=len(changes)))}</b>"
    pieces, foot = [head], escape(texts.alert_end)
    for number, one in enumerate(changes):
        left = len(changes) - number
        more = escape(texts.alert_more.format(count=left))
        piece = _listed(one, page)
        if units("\n\n".join([*pieces, piece, more, foot])) > LIMIT:
            return "\n\n".join([*pieces, more, foot])
        pieces.append(piece)
    return "\n\n".join([*pieces, foot])


def of_quote(words: str, change: Told | None, day: str, page: Page) -> str:
    """That words which were quoted have changed, with what stands there now.

    Args:
        words: that were quoted.
        change: what became of them; None where that is not recorded.
        day: on which it was found.
        page: language and site.
    """
    texts = page.texts
    old = change.old if change and change.old and not change.row.whole else words
    pieces = [
        f"<b>{escape(texts.alert_quote)}</b>",
        f"{escape(texts.alert_before)}\n{_quoted(old, QUOTED)}",
        *_becoming(change, day, page),
    ]
    if change and change.now:
        pieces.append(source(change.now.citation, "", page, [change.now]))
    return "\n\n".join(pieces)


def document_place(citation: Citation, page: Page) -> str:
    """The address at which a document is shown; '' where there is none."""
    shown = place(page.site, citation.document_id, ())
    return next((one for one in (shown, citation.meta.url) if opens(one)), "")


def _becoming(change: Told | None, day: str, page: Page) -> list[str]:
    texts = page.texts
    if change is None or (change.row.kind == "changed" and change.now is None):
        return [escape(texts.alert_gone.format(day=change.row.day if change else day))]
    if change.row.kind == "changed":
        lead = texts.alert_changed.format(day=change.row.day)
        return [f"{escape(lead)}\n{_quoted(change.row.new, QUOTED)}"]
    lead = _lead(change.row, texts)
    by = f" {change.row.by}" if change.row.by else ""
    return [escape(lead.rstrip(":：") + by)]


def _listed(one: Told, page: Page) -> str:
    row, texts = one.row, page.texts
    title = shorten(row.title, TITLE)
    url = document_place(one.now.citation, page) if one.now else ""
    head = link(title, url) if url else escape(title)
    lines = [f"<b>{escape(_lead(row, texts))}</b> {head}"]
    if row.kind == "changed":
        lines.append(f"{escape(texts.alert_before)}\n{_quoted(one.old, LISTED)}")
        lines.append(escape(texts.alert_changed.format(day=row.day)))
        lines.append(_quoted(row.new, LISTED))
        return "\n".join([head, *lines[1:]])
    lines.append(_quoted(row.new or one.old, LISTED))
    return "\n".join(lines)


def _lead(row: PassageChange, texts: Texts) -> str:
    """Say what became of words, or of a whole document."""
    if row.kind == "ended":
        lead: str = getattr(texts, f"alert_{row.reason}")
    else:
        lead = texts.alert_new_document if row.whole else texts.alert_new
    return lead.format(day=row.day)


def _quoted(words: str, most: int) -> str:
    return f"<blockquote>{escape(shorten(words, most))}</blockquote>"
