"""Following subjects and parks, watching quotes, and ending both."""

from typing import NamedTuple

from bot.dialogues import browsing
from bot.dialogues.buttons import Press, button
from bot.dialogues.keyboards import label
from bot.languages import Tongue
from bot.library import Shelf, key_of
from bot.scene import Rows, Scene
from bot.texts import TEXTS
from hyqa import Force, Park, status_on
from storage import changes, questions, subscriptions
from storage.schema import Question

PARK = "park"
"""The subject of what is one park, by its key."""


class Followed(NamedTuple):
    """What somebody follows: a subject, or a park by its key."""

    subject: str
    key: str = ""

    @property
    def stored(self) -> str:
        """As it is kept."""
        return f"{self.subject}:{self.key}" if self.key else self.subject

    @classmethod
    def read(cls, stored: str) -> "Followed":
        """What was kept."""
        subject, _, key = stored.partition(":")
        return cls(subject, key)


def command(scene: Scene, argument: str) -> None:
    """Offer subjects to follow, or follow the park that is named."""
    if not scene.is_private:
        scene.say_plain(scene.texts.follow_private)
    elif argument:
        park = _park_named(scene, argument)
        if park:
            follow(scene, PARK, key_of(park.key))
        else:
            scene.say_plain(scene.texts.follow_unknown)
    else:
        scene.say_plain(scene.texts.follow_choose, _subjects(scene))


def follow(scene: Scene, subject: str, key: str = "") -> None:
    """Tell somebody of a subject or a park from now on."""
    name = name_of(scene.shelf, Followed(subject, key), scene.tongue)
    if not scene.is_private or not name:
        scene.say_plain(scene.texts.gone if scene.is_private else scene.texts.follow_private)
        return
    seen = changes.last_number(scene.session)
    stored = Followed(subject, key).stored
    has_room = subscriptions.follow(scene.session, scene.user.id, stored, seen, scene.now)
    text = scene.texts.follow_now.format(name=name) if has_room else scene.texts.follow_full
    scene.say_plain(text)


def unfollow(scene: Scene, subject: str, key: str = "") -> None:
    """Tell somebody of a subject or a park no more."""
    followed = Followed(subject, key)
    if not subscriptions.unfollow(scene.session, scene.user.id, followed.stored):
        scene.say_plain(scene.texts.gone)
        return
    name = name_of(scene.shelf, followed, scene.tongue) or scene.texts.following_gone
    scene.say_plain(scene.texts.unfollowed.format(name=name))


def listed(scene: Scene) -> None:
    """Show what somebody is told of, each with a button that ends it."""
    if not scene.is_private:
        scene.say_plain(scene.texts.follow_private)
        return
    rows = []
    for stored in subscriptions.followed(scene.session, scene.user.id):
        followed = Followed.read(stored)
        name = name_of(scene.shelf, followed, scene.tongue) or scene.texts.following_gone
        values = (followed.subject, *([followed.key] if followed.key else []))
        rows.append([button("✕ " + label(name), Press.UNFOLLOW, *values)])
    if count := len(subscriptions.watched(scene.session, scene.user.id)):
        quotes = scene.texts.following_quotes.format(count=count)
        rows.append([button(f"✕ {quotes}", Press.UNWATCH)])
    scene.say_plain(scene.texts.following_list if rows else scene.texts.following_none, rows)


def watch(scene: Scene, question_id: str) -> None:
    """Tell somebody once if what an answer quoted changes."""
    if not scene.is_private:
        scene.say_plain(scene.texts.follow_private)
        return
    row = questions.of_chat(scene.session, question_id, scene.chat.id)
    if row is None or not row.passages:
        scene.say_plain(scene.texts.gone)
        return
    words = _words(scene, row)
    if words is None:
        scene.say_plain(scene.texts.watch_changed)
        return
    has_room = subscriptions.watch(scene.session, scene.user.id, words, scene.now)
    scene.say_plain(scene.texts.watching if has_room else scene.texts.watch_full)


def unwatch(scene: Scene) -> None:
    """End all that somebody is told of quotes."""
    count = subscriptions.unwatch(scene.session, scene.user.id)
    scene.say_plain(scene.texts.unwatched if count else scene.texts.gone)


def name_of(shelf: Shelf, followed: Followed, tongue: Tongue) -> str:
    """What a subject or a park is called; '' where there is no such, or not any more."""
    if followed.subject == PARK:
        park = park_of(shelf, followed, tongue)
        return park.name if park else ""
    if followed.key or followed.subject not in browsing.SUBJECTS:
        return ""
    text: str = getattr(TEXTS[tongue], browsing.text_name(followed.subject))
    return text


def park_of(shelf: Shelf, followed: Followed, tongue: Tongue) -> Park | None:
    """The park that is followed, with its name in a language."""
    parks = shelf.engine.parks(tongue.language)
    return next((park for park in parks if key_of(park.key) == followed.key), None)


def _words(scene: Scene, row: Question) -> list[tuple[str, str, bool]] | None:
    """The words that an answer quoted, as documents still have them; None where one changed since."""
    found = []
    for id_, start, end in row.passages:
        held = scene.shelf.by_key(key_of(id_))
        if held is None or changes.of_document(scene.session, id_, row.asked_at):
            return None
        force = status_on(held.meta, scene.today).force
        has_ended = force in (Force.EXPIRED, Force.REPEALED)
        found.append((id_, held.text[start:end], has_ended))
    return found


def _park_named(scene: Scene, name: str) -> Park | None:
    """The park that a name means: its own or another of it, in full or as part of one."""
    wanted = name.strip().casefold()
    parks = scene.shelf.engine.parks(scene.tongue.language)
    names = [(park, [one.casefold() for one in (park.name, *park.aliases)]) for park in parks]
    whole = [park for park, all_ in names if wanted in all_]
    part = [park for park, all_ in names if any(wanted in one for one in all_)]
    return whole[0] if whole else part[0] if len(part) == 1 else None


def _subjects(scene: Scene) -> Rows:
    held = [one for one in browsing.SUBJECTS if scene.shelf.of_subject(one)]
    buttons = [button("🔔 " + browsing.name(scene, one), Press.FOLLOW, one) for one in held]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
