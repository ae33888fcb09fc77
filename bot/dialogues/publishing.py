"""Working on what maintainers sent: it is looked at, shown, and published where they say so."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telegram.error import TelegramError

from bot.dialogues import browsing
from bot.dialogues.buttons import Press, button
from bot.dialogues.drafts import DISCARD, LARGEST, REPLACE
from bot.dialogues.keyboards import label
from bot.languages import Tongue
from bot.library import key_of
from bot.rendering import offers
from bot.scene import HENGYANG_TIME, Rows, message_parameters
from bot.settings import Settings
from bot.texts import TEXTS, Texts
from bot.transport.api import Api
from bot.transport.worker import Task, run
from storage import drafts
from storage.database import Database
from storage.outbox import put
from storage.reader_schema import Draft
from storage.schema import Outgoing

_log = logging.getLogger(__name__)


class Publisher:
    """Does one thing at a time; what it was at when the bot stopped, it does again.

    Args:
        settings: of the bot.
        database: where drafts are kept.
        api: hands out the files that were sent.
        clock: seconds since the epoch.
    """

    def __init__(
        self, settings: Settings, database: Database, api: Api, clock: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._database = database
        self._api = api
        self._clock = clock

    async def step(self) -> set[int]:
        """Look at the next draft, or publish it; gives the chats that something waits for."""
        with self._database.session() as session:
            draft = drafts.next_to_do(session)
        if draft is None or not self._settings.corpus:
            return set()
        is_published = draft.state == drafts.APPROVED
        told = await self._told(draft, "publish" if is_published else "look")
        if is_published:
            self._say_outcome(draft, told)
        else:
            self._show(draft, told)
        return {draft.person_id}

    async def _told(self, draft: Draft, action: str) -> dict[str, Any]:
        """Have a draft looked at or published elsewhere; what came of it."""
        is_address = draft.source.startswith(("http://", "https://"))
        try:
            data = None if is_address else await self._api.download(draft.source)
        except TelegramError as error:
            _log.warning("A document that was sent did not come: %s", type(error).__name__)
            return {"error": ""}
        if data is not None and len(data) > LARGEST * 1_000_000:
            return {"error": ""}
        settings = self._settings
        day = datetime.fromtimestamp(self._clock(), UTC).astimezone(HENGYANG_TIME).date()
        task = Task(
            action, draft.source if is_address else "", draft.name, settings.corpus,
            settings.index, settings.encoder, day.isoformat(), draft.sha256,
            draft.name if action == "publish" else "", str(draft.person_id),
        )  # fmt: skip
        told = await run(task, data)
        if told.get("error") == "":
            _log.error("The process that was to %s a document broke off", action)
        return told

    def _show(self, draft: Draft, told: dict[str, Any]) -> None:
        """Show what was read, with the places where it may go."""
        texts = TEXTS[Tongue(draft.tongue)]
        reasons = told.get("failures") or []
        if "error" in told:
            reasons = [told["error"] or texts.publish_broken]
        if reasons:
            self._say(draft, offers.unreadable(draft.name, reasons, texts), ())
            return
        rows = _places(draft, told["alike"], texts)
        self._say(draft, offers.page(told, texts), rows, checked=told)

    def _say_outcome(self, draft: Draft, told: dict[str, Any]) -> None:
        self._say(draft, offers.outcome(draft.name, told, TEXTS[Tongue(draft.tongue)]), ())

    def _say(
        self, draft: Draft, text: str, rows: Rows, checked: dict[str, Any] | None = None
    ) -> None:
        """Send a message, and note in the same transaction how far the draft has come."""
        with self._database.session() as session:
            held = session.get(Draft, draft.id)
            if held is None:
                return  # whoever sent it is forgotten
            if checked is None:
                session.delete(held)
            else:
                held.state, held.sha256 = drafts.CHECKED, checked["sha256"]
                held.name = checked["id"]
            put(session, Outgoing(
                chat_id=draft.person_id, method="sendMessage", created_at=self._clock(),
                payload=message_parameters(draft.person_id, text, rows),
            ))  # fmt: skip


def _places(draft: Draft, alike: list[str], texts: Texts) -> Rows:
    """A button for each place where a draft may go; first those of documents that it replaces."""
    replaced = [
        [button(label(texts.publish_replace.format(name=id_)), Press.PUBLISH, draft.id,
                f"{REPLACE}{key_of(id_)}")]
        for id_ in alike[:3]
    ]  # fmt: skip
    subjects = [
        button("→ " + getattr(texts, browsing.text_name(one)), Press.PUBLISH, draft.id, one)
        for one in browsing.SUBJECTS
    ]
    rows = [subjects[at : at + 2] for at in range(0, len(subjects), 2)]
    discard = [button(texts.publish_discard, Press.PUBLISH, draft.id, DISCARD)]
    return [*replaced, *rows, discard]
