"""Documents that maintainers send: taken in, and decided upon once they were looked at."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from telegram import Document as SentFile
from telegram import Message

from bot.dialogues import browsing
from bot.library import key_of
from bot.rendering.markup import shorten
from bot.scene import Scene
from hyqa import readable_suffixes
from storage import drafts
from storage.desk import audit
from storage.masking import storable
from storage.reader_schema import Draft

LARGEST = 20
"""Megabytes of a file that Telegram hands out to a bot."""
DISCARD, REPLACE = "x", "="
"""Places of a draft that are no subject: none, and that of a document, before its key."""
_NAME = 80


def is_offered(scene: Scene, message: Message) -> bool:
    """Whether a message brings a document that is to be published: a listed maintainer's, in private."""
    if not message.document or not scene.is_private or not scene.settings.corpus:
        return False
    return scene.user.id in scene.settings.maintainers and message.sender_chat is None


def receive(scene: Scene, file: SentFile) -> None:
    """Take in a file, unless it is too large or of a kind that is not read."""
    name = _safe(file.file_name or "")
    if (file.file_size or 0) > LARGEST * 1_000_000:
        scene.say_plain(scene.texts.publish_large.format(limit=LARGEST))
    elif PurePosixPath(name).suffix.lower() not in readable_suffixes():
        scene.say_plain(scene.texts.publish_type)
    else:
        _keep(scene, file.file_id, name)


def command(scene: Scene, argument: str) -> None:
    """Take in what stands at an address."""
    if scene.user.id not in scene.settings.maintainers:
        scene.say_plain(scene.texts.maintainers_only)  # where none is listed, nobody publishes
    elif not scene.settings.corpus:
        scene.say_plain(scene.texts.publish_off)
    elif not scene.is_private:
        scene.say_plain(scene.texts.publish_private)
    elif not _is_address(argument):
        scene.say_plain(scene.texts.publish_usage)
    else:
        _keep(scene, argument, _safe(urlsplit(argument).hostname or ""))


def decide(scene: Scene, draft_id: str, place: str) -> None:
    """Have a draft published in a place, or discard it."""
    draft = drafts.of_person(scene.session, draft_id, scene.user.id)
    if draft is None or scene.user.id not in scene.settings.maintainers:
        scene.say_plain(scene.texts.gone)
        return
    if place == DISCARD:
        scene.session.delete(draft)
        scene.say_plain(scene.texts.publish_discarded)
        return
    document_id = _document_id(scene, draft, place)
    if not document_id:
        scene.say_plain(scene.texts.gone)
        return
    draft.name, draft.state = document_id, drafts.APPROVED
    audit(scene.session, scene.user.id, "publish", document_id, scene.now)
    scene.say_plain(scene.texts.publish_begun.format(name=document_id))


def _keep(scene: Scene, source: str, name: str) -> None:
    draft = Draft(
        person_id=scene.user.id, at=scene.now, state=drafts.SENT, source=source, name=name,
        tongue=scene.tongue.value, sha256="",
    )  # fmt: skip
    has_room = drafts.put(scene.session, draft)
    words = scene.texts.publish_reading if has_room else scene.texts.publish_full
    scene.say_plain(words.format(limit=drafts.MOST))


def _document_id(scene: Scene, draft: Draft, place: str) -> str:
    """The name under which a draft is to stand; '' for a place that there is not."""
    if place in browsing.SUBJECTS:
        return f"{place}/{draft.name}"
    if place.startswith(REPLACE):
        keys = {key_of(id_): id_ for id_, _ in scene.shelf.documents}
        return keys.get(place.removeprefix(REPLACE), "")
    return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and len(text) <= 2000 and text.isprintable() and not text.count(" ")


def _safe(name: str) -> str:
    """A name as it may be shown and kept: without a folder, and nothing that is not printed."""
    bare = PurePosixPath(storable(name).replace("\\", "/")).name
    return shorten("".join(one for one in bare if one.isprintable()), _NAME)
