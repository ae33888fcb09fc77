"""Which dialogue answers which update: the wiring of them all, in one place."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from telegram import CallbackQuery, Message, Update

from bot.dialogues import (
    asking,
    auditing,
    browsing,
    campaigns,
    desk,
    feedback,
    gaps,
    inline,
    other,
    parks,
    passages,
    privacy,
    starting,
    statistics,
    switches,
)
from bot.dialogues.buttons import OWNER, Press
from bot.library import Library
from bot.metrics import Metrics
from bot.routing import addressing
from bot.routing.rights import is_maintainer, is_staff
from bot.scene import Profile, Scene
from bot.settings import Settings
from bot.transport.limiting import Allowance
from bot.transport.membership import Membership
from storage.outbox import record_moved
from storage.people import meet
from storage.schema import DeskThread

Commands = dict[str, Callable[[Scene, str], None]]
Presses = dict[Press, Callable[..., None]]


class Router:
    """Answers updates; all of it is done in the session of the caller.

    Args:
        library: holds the documents.
        settings: of the bot.
        me: what Telegram says of the bot.
        metrics: told of what happens.
        group: of the staff.
        clock: seconds since the epoch.
        allowance: how much one person may ask.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        me: Profile,
        metrics: Metrics,
        group: Membership,
        *,
        clock: Callable[[], float] = time.time,
        allowance: Allowance | None = None,
    ) -> None:
        self._library = library
        self._settings = settings
        self._me = me
        self._metrics = metrics
        self._group = group
        self._clock = clock
        self._allowance = allowance or Allowance()
        self._commands: Commands = {
            "start": self._start,
            "help": lambda scene, argument: starting.explain(scene),
            "ask": lambda scene, argument: self._ask(
                scene,
                addressing.question_of(scene.message, self._me, argument),
                scene.message,
            ),
            "parks": lambda scene, argument: browsing.start(scene, "parks"),
            "incentives": lambda scene, argument: browsing.start(scene, "incentives"),
            "talent": lambda scene, argument: browsing.start(scene, "talent"),
            "sources": lambda scene, argument: browsing.sources(scene),
            "language": lambda scene, argument: starting.offer_languages(scene),
            "privacy": lambda scene, argument: privacy.tell(scene),
            "forget": lambda scene, argument: privacy.ask_whether(scene),
            "person": lambda scene, argument: desk.ask_person(scene),
        }
        self._staff: Commands = {
            "campaign": campaigns.command,
            "gaps": lambda scene, argument: gaps.show(scene),
            "desk": lambda scene, argument: desk.overview(scene),
            "close": lambda scene, argument: desk.outside(scene),
            "reopen": lambda scene, argument: desk.outside(scene),
            "assign": lambda scene, argument: desk.outside(scene),
            "stats": statistics.command,
        }
        self._maintainers: Commands = {
            "audit": lambda scene, argument: auditing.show(scene),
            "switch": switches.command,
        }
        self._verdicts = {Press.RATING: feedback.rate}
        self._presses: Presses = {
            Press.PARK_QUESTION: lambda scene, key, place: passages.show_document(scene, key),
            Press.SUBJECT: browsing.start,
            Press.AROUND: passages.show_around,
            Press.DEGREE: browsing.talent,
            Press.END_TALK: desk.leave,
            Press.FORGET: privacy.decide,
            Press.LANGUAGE: starting.choose_language,
            Press.INCENTIVE: browsing.incentives,
            Press.PARK: passages.show_document,
            Press.DOCUMENTS: browsing.listed,
            Press.MORE_RESULTS: passages.show_more,
            Press.PLACES: parks.listed,
            Press.TELL_THEM: gaps.press_tell,
            Press.PERSON: desk.ask_person,
            Press.CHOICE: self._ask_choice,
            Press.REOPEN: desk.reopen,
            Press.SECTION: passages.show_section,
            Press.TELL_ME: gaps.agree,
            Press.DOCUMENT: passages.show_document,
            Press.PLACE: parks.card,
            Press.PLACE_PART: parks.part,
        }

    def answer(self, session: Session, update: Update) -> None:
        """Put into the outbox what an update calls for."""
        scene = self._scene(session, update)
        if update.inline_query:
            inline.offer(scene, update.inline_query)
        elif update.callback_query:
            self._press(scene, update.callback_query)
        elif update.message:
            self._hear(scene, update.message)
        elif update.edited_message:
            self._hear_again(scene, update.edited_message)

    def apologise(self, session: Session, update: Update) -> None:
        """Put into the outbox that something went wrong, where somebody waits for an answer."""
        message = update.message
        if message is None or not addressing.is_of_person(message):
            return
        scene = self._scene(session, update)
        if not desk.save(scene, message) and self._is_question(message):
            scene.speak_as(message.text or message.caption or "")
            scene.say_plain(scene.texts.failed)

    def at_once(self, update: Update) -> tuple[str, dict[str, Any]] | None:
        """The typing sign where a question is to be answered; peace where a button was pressed."""
        if query := update.callback_query:
            press, _ = Press.read(query.data or "") or (None, [])
            if press in self._verdicts or (press and OWNER in press.carries):
                return None  # what came of it is said on the button
            return "answerCallbackQuery", {"callback_query_id": query.id}
        message = update.message
        if message is None or not self._is_question(message):
            return None
        payload: dict[str, Any] = {"chat_id": message.chat.id, "action": "typing"}
        if message.is_topic_message:
            payload["message_thread_id"] = message.message_thread_id
        return "sendChatAction", payload

    async def prepare(self, update: Update) -> None:
        """Find out whether who gives a command to the staff's part of the bot belongs to them."""
        message, user = update.message, update.effective_user
        command = addressing.command_of(message, self._me) if message else None
        if user and command and command.name in {*self._staff, *self._maintainers}:
            await self._group.look_up(user.id)

    def _scene(self, session: Session, update: Update) -> Scene:
        shelf, now = self._library.shelf, self._clock()
        scene = Scene(session, update, shelf, self._settings, self._me, now)
        user = update.effective_user
        if user and not user.is_bot:
            scene.person = meet(session, user.id, user.language_code or "", now)
        scene.speak_as()
        return scene

    def _is_question(self, message: Message) -> bool:
        command = addressing.command_of(message, self._me)
        if command:
            return command.name == "ask" and bool(command.argument)
        words = message.text or message.caption
        return bool(words) and addressing.is_addressed(message, self._me)

    def _hear(self, scene: Scene, message: Message) -> None:
        """Answer a new message, if it is for the bot."""
        if message.migrate_to_chat_id:
            record_moved(scene.session, message.chat.id, message.migrate_to_chat_id)
            return
        if not addressing.is_of_person(message) or desk.relay_from_desk(scene, message):
            return
        if (message.text or "").startswith("/"):
            self._command(scene, message)
        elif thread := desk.speaks_to_desk(scene, message):
            self._hear_beside(scene, thread, message)
        elif not addressing.is_addressed(message, self._me):
            return
        elif message.text or message.caption:
            self._ask(scene, addressing.question_of(message, self._me), message)
        elif (kind := other.kind_of(message)) and (scene.is_private or kind != "sticker"):
            other.reply(scene, message, kind)

    def _hear_beside(self, scene: Scene, thread: DeskThread, message: Message) -> None:
        """Bring a message to the staff, and answer it besides where the documents do.

        It is looked up before anything is written: nobody else can write to SQLite after that.
        """
        words = addressing.question_of(message, self._me)
        found, may_ask = None, self._allowance.verdict(scene.user.id, scene.now) == "yes"
        if words and may_ask and not desk.answers_staff(scene, message):
            found = asking.find_besides(scene, words, message, self._metrics)
        desk.relay_to_desk(scene, thread, message)
        if found and asking.show_besides(scene, found, message):
            desk.tell_answered(scene, thread, found.answer)

    def _hear_again(self, scene: Scene, message: Message) -> None:
        """Answer an edited question anew, in the messages that answered it."""
        if not addressing.is_of_person(message) or desk.edited_at_desk(scene, message):
            return
        if desk.edited_by_investor(scene, message) and not asking.is_asked(scene, message):
            return
        command = addressing.command_of(message, self._me)
        argument = command.argument if command else None
        asked = command.name == "ask" if command else addressing.is_addressed(message, self._me)
        if asked and (message.text or message.caption):
            self._ask(scene, addressing.question_of(message, self._me, argument), message)

    def _command(self, scene: Scene, message: Message) -> None:
        """Carry out a command, or say that there is no such."""
        command = addressing.command_of(message, self._me)
        name, argument = (command.name, command.argument) if command else ("", "")
        if act := self._commands.get(name):
            act(scene, argument)
        elif act := self._staff.get(name):
            allowed = is_staff(scene, self._group)
            act(scene, argument) if allowed else scene.say_plain(scene.texts.staff_only)
        elif act := self._maintainers.get(name):
            allowed = is_maintainer(scene, self._group)
            act(scene, argument) if allowed else scene.say_plain(scene.texts.maintainers_only)
        elif scene.is_private or (command and self._is_told(scene, command)):
            scene.say_plain(scene.texts.unknown_command)

    def _is_told(self, scene: Scene, command: addressing.Command) -> bool:
        """Whether a group is told of a command that nobody knows: by the bot's name, or at the desk."""
        return command.names_bot or scene.chat.id == scene.desk_chat

    def _start(self, scene: Scene, payload: str) -> None:
        """Greet; who comes by a campaign's link is shown what it is about."""
        topic = campaigns.arrive(scene, payload) if scene.is_private else ""
        if topic is None:
            return
        if payload == desk.PAYLOAD and scene.is_private:
            desk.ask_person(scene)
        elif subject := campaigns.subject_of_topic(topic):
            browsing.start(scene, subject)
        elif topic:
            self._ask(scene, topic, None)
        else:
            starting.greet(scene)

    def _press(self, scene: Scene, query: CallbackQuery) -> None:
        """Do what a button says; data that no button has is harmless."""
        pressed = Press.read(query.data or "")
        if query.message is None or pressed is None:
            return
        press, values = pressed
        if press.is_foreign(values, scene.user.id, alone=scene.is_private):
            payload = {"callback_query_id": query.id, "text": scene.texts.not_yours}
            scene.call("answerCallbackQuery", {**payload, "show_alert": True})
        elif say := self._verdicts.get(press):
            payload = {"callback_query_id": query.id, "text": say(scene, *values)}
            scene.call("answerCallbackQuery", payload)
        else:
            if OWNER in press.carries:
                scene.call("answerCallbackQuery", {"callback_query_id": query.id})
            self._presses[press](scene, *values)

    def _ask_choice(self, scene: Scene, question_id: str, number: str) -> None:
        self._ask_offered(scene, asking.choice(scene, question_id, number))

    def _ask_offered(self, scene: Scene, question: str) -> None:
        """Ask what a button offers, if it still does."""
        if question:
            self._ask(scene, question, None)
        else:
            scene.say_plain(scene.texts.gone)

    def _ask(self, scene: Scene, question: str, message: Message | None) -> None:
        verdict = self._allowance.verdict(scene.user.id, scene.now)
        if verdict == "yes":
            asking.ask(scene, question, self._metrics, message=message)
            return
        self._metrics.limited.inc()
        if verdict == "tell":
            scene.speak_as(question)
            scene.say_plain(scene.texts.busy)
