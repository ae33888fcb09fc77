"""Telling those who asked for it what changed: each change once, by day, and not too often."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from bot.dialogues import withheld
from bot.dialogues.following import PARK, Followed, park_of
from bot.dialogues.passages import quoted
from bot.languages import Tongue, of_code
from bot.library import Shelf, key_of, subject_of
from bot.rendering.changes import Told, news, of_quote
from bot.rendering.sources import Page
from bot.scene import HENGYANG_TIME, message_parameters
from hyqa import Document, Force, Quote, status_on
from storage import changes, subscriptions
from storage.outbox import put
from storage.reader_schema import ChangesRead, Follow, PassageChange, Watch
from storage.schema import Outgoing, Person

SETTLE = 15 * 60.0
"""Seconds that a new snapshot has to stand before anybody is told of it: a bad one is taken back."""
MORNING, EVENING = 8, 21
"""Hours in Hengyang between which people are told."""
PAUSE = 20 * 60 * 60.0
"""Seconds between two messages on what somebody follows: one a day."""
MOST_QUOTES = 5
"""Changed quotes that one person is told of at once; the others come the next time."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to tell people: all of it in one transaction, so that each is told once."""

    session: Session
    shelf: Shelf
    site: str
    now: float

    @property
    def today(self) -> date:
        """The day it is in Hengyang."""
        return self.moment.date()

    @property
    def moment(self) -> datetime:
        """The time it is in Hengyang."""
        return datetime.fromtimestamp(self.now, UTC).astimezone(HENGYANG_TIME)

    def page(self, tongue: Tongue) -> Page:
        """How something is told in a language."""
        return Page(tongue, self.today, self.site)

    def say(self, person_id: int, text: str) -> None:
        """Send somebody a message."""
        put(self.session, Outgoing(
            chat_id=person_id, method="sendMessage",
            payload=message_parameters(person_id, text), created_at=self.now,
        ))  # fmt: skip


def tell(session: Session, shelf: Shelf, site: str, now: float, *, snapshot: str = "") -> None:
    """Tell people what changed of what they follow, and of what was quoted to them.

    Args:
        session: of the database; what is put into the outbox and what counts as told go together.
        shelf: of the documents in force.
        site: address of the page, '' where there is none.
        now: seconds since the epoch.
        snapshot: that the shelf is of; '' where that is not known.
    """
    telling = Telling(session, shelf, site, now)
    read = changes.state(session)
    if read is None or (snapshot and snapshot != read.snapshot):
        return
    if not MORNING <= telling.moment.hour < EVENING or now < read.at + SETTLE:
        return
    _tell_watchers(telling, read)
    _tell_followers(telling)


def _tell_followers(telling: Telling) -> None:
    follows = subscriptions.followers(telling.session)
    if not follows:
        return
    first = min(one.seen for one in follows)
    rows = changes.after(telling.session, first, telling.now - SETTLE)
    if not rows:
        return
    for person_id, mine in groupby(follows, lambda one: one.person_id):
        _tell_follower(telling, person_id, list(mine), rows)


def _tell_follower(
    telling: Telling, person_id: int, follows: list[Follow], rows: list[PassageChange]
) -> None:
    told_at = max((one.told_at or 0.0 for one in follows), default=0.0)
    if telling.now < told_at + PAUSE:
        return  # what comes meanwhile is told then
    tongue = _tongue(telling.session, person_id)
    mine = [row for row in rows if any(_is_of(telling, row, each) for each in follows)]
    spoken = sorted(
        _true(telling, [row for row in mine if _is_read(row, tongue)]),
        key=lambda one: one.row.language != tongue.language.value,
    )
    for one in follows:
        one.seen = max(one.seen, rows[-1].id)
        one.told_at = telling.now if spoken else one.told_at
    if spoken:
        telling.say(person_id, news(spoken, telling.page(tongue)))


def _is_of(telling: Telling, row: PassageChange, follow: Follow) -> bool:
    """Whether a change is news for who follows a subject or a park."""
    if row.id <= follow.seen:
        return False
    followed = Followed.read(follow.subject)
    if followed.subject != PARK:
        return subject_of(row.document_id) == followed.subject
    words = " ".join([row.title, *map(str, row.headings), row.old, row.new]).casefold()
    for tongue in (Tongue.SIMPLIFIED, Tongue.ENGLISH):
        park = park_of(telling.shelf, followed, tongue)
        names = (park.name, *park.aliases) if park else ()
        if any(name.casefold() in words for name in names):
            return True
    return False


def _is_read(row: PassageChange, tongue: Tongue) -> bool:
    """Whether somebody reads the language of a change: much stands in Chinese alone."""
    return row.language == tongue.language.value or tongue is Tongue.ENGLISH


def _true(telling: Telling, rows: list[PassageChange]) -> list[Told]:
    """Changes as they are to be told, without those that were taken back meanwhile."""
    told = (_still_true(telling, row, old) for row, old in net(rows))
    return [one for one in told if one]


def net(rows: list[PassageChange]) -> list[tuple[PassageChange, str]]:
    """What became of words over several changes: the last one, with the words before the first.

    Words that are again as they were, and those that came and went, have not changed.
    """
    kept: list[tuple[PassageChange, str]] = []
    for row in rows:
        old = row.old
        if before := next((one for one in reversed(kept) if _goes_on(one[0], row)), None):
            kept.remove(before)
            if {before[0].kind, row.kind} == {"new", "ended"}:
                continue
            old = before[1] or old
        if _bare(old) != _bare(row.new):
            kept.append((row, old))
    return kept


def _goes_on(before: PassageChange, row: PassageChange) -> bool:
    """Whether a change is of the words that another one left, or brings back what it took."""
    if before.document_id != row.document_id or before.whole != row.whole:
        return False
    if before.kind == "ended":
        return row.kind == "new" and _bare(before.old) == _bare(row.new)
    return row.kind != "new" and _bare(before.new) == _bare(row.old)


def _still_true(telling: Telling, row: PassageChange, old: str) -> Told | None:
    """A change as it is to be told; None where it was taken back, or its subject is off."""
    if withheld.is_withheld(telling.session, row.document_id):
        return None
    held = telling.shelf.by_key(key_of(row.document_id))
    if row.kind == "ended":
        is_back = held and (_is_in_force(telling, held) if row.whole else row.old in held.text)
        return None if is_back else Told(row, old, None)
    now = _place(held, row.new) if held else None
    return Told(row, old, now) if now else None


def _tell_watchers(telling: Telling, read: ChangesRead) -> None:
    """Tell who watches quotes: once after each new snapshot, and each day, as days end documents."""
    mark = f"{read.snapshot} {read.day}"
    if read.told == mark:
        return
    watches, is_done = subscriptions.watches(telling.session), True
    for _, mine in groupby(watches, lambda one: one.person_id):
        gone = [one for one in mine if not _stands(telling, one)]
        for one in gone[:MOST_QUOTES]:
            _tell_watcher(telling, one)
        is_done = is_done and len(gone) <= MOST_QUOTES
    if is_done:
        read.told = mark


def _tell_watcher(telling: Telling, watch: Watch) -> None:
    """Tell somebody what became of words, and watch them no more."""
    page = telling.page(_tongue(telling.session, watch.person_id))
    change = _change_of(telling, watch)
    telling.say(watch.person_id, of_quote(watch.words, change, telling.today.isoformat(), page))
    telling.session.delete(watch)


def _stands(telling: Telling, watch: Watch) -> bool:
    """Whether words still stand in a document as they were quoted, or may not be spoken of."""
    if withheld.is_withheld(telling.session, watch.document_id):
        return True  # told when the subject is switched on again
    held = telling.shelf.by_key(key_of(watch.document_id))
    if held is None and (moved := _moved(telling, watch)):
        watch.document_id, held = moved.id, moved
    if held is None or _bare(watch.words) not in _bare(held.text):
        return False
    return watch.has_ended or _is_in_force(telling, held)


def _moved(telling: Telling, watch: Watch) -> Document | None:
    """The document that holds words whose own is gone: it may only have got another name."""
    for id_, _ in telling.shelf.documents:
        held = telling.shelf.engine.document(id_)
        if watch.words in held.text:
            return held
    return None


def _change_of(telling: Telling, watch: Watch) -> Told | None:
    """What became of watched words, as far as it is recorded; over several changes, the last one."""
    rows = changes.of_document(telling.session, watch.document_id, watch.since)
    first = found = None
    words = _bare(watch.words)
    for row in rows:
        old = _bare(row.old)
        if row.kind != "new" and (row.whole or old in words or words in old):
            first, found, words = first or row, row, _bare(row.new) or words
    if first is None or found is None:
        return None
    held = telling.shelf.by_key(key_of(found.document_id))
    now = _place(held, found.new) if held and found.new else None
    return Told(found, first.old, now)


def _place(held: Document, words: str) -> Quote | None:
    """Where words of a change stand by now; None where they do not any more."""
    start = held.text.find(words)
    return quoted(held, start, start + len(words)) if start >= 0 else None


def _is_in_force(telling: Telling, held: Document) -> bool:
    force = status_on(held.meta, telling.today).force
    return force not in (Force.EXPIRED, Force.REPEALED)


def _bare(words: str) -> str:
    """Words without white space, which lines and tables change."""
    return "".join(words.split())


def _tongue(session: Session, person_id: int) -> Tongue:
    person = session.get_one(Person, person_id)
    return Tongue(person.language) if person.language else of_code(person.code)
