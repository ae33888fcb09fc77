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
    drafts,
    feedback,
    following,
    gaps,
    inline,
    parks,
    passages,
    privacy,
    starting,
    statistics,
    switches,
    takeaway,
)
from bot.dialogues.buttons import OWNER, Press
from bot.library import Library
from bot.metrics import Metrics
from bot.routing import addressing
from bot.routing.hearing import Hearing
from bot.routing.rights import is_maintainer, is_staff
from bot.scene import Profile, Scene
from bot.settings import Settings
from bot.transport.limiting import Allowance
from bot.transport.membership import Membership
from storage.desk import current_chat
from storage.people import meet

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
        self._hearing = Hearing(me, metrics, allowance or Allowance(), self._command)
        self._commands: Commands = {
            "start": self._start,
            "help": lambda scene, argument: starting.explain(scene),
            "ask": lambda scene, argument: self._hearing.ask(
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
            "follow": following.command,
            "following": lambda scene, argument: following.listed(scene),
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
            "publish": drafts.command,
        }
        self._verdicts = {Press.RATING: feedback.rate}
        self._presses: Presses = {
            Press.PARK_QUESTION: lambda scene, key, place: passages.show_document(scene, key),
            Press.SUBJECT: browsing.start,
            Press.TAKE_AWAY: self._hearing.take_away,
            Press.CALENDAR: takeaway.send_calendar,
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
            Press.PUBLISH: drafts.decide,
            Press.CHOICE: self._ask_choice,
            Press.REOPEN: desk.reopen,
            Press.SECTION: passages.show_section,
            Press.TELL_ME: gaps.agree,
            Press.FOLLOW: following.follow,
            Press.UNFOLLOW: following.unfollow,
            Press.WATCH: following.watch,
            Press.UNWATCH: following.unwatch,
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
            self._hearing.hear(scene, update.message)
        elif update.edited_message:
            self._hearing.hear_again(scene, update.edited_message)

    def apologise(self, session: Session, update: Update) -> None:
        """Put into the outbox that something went wrong, where somebody waits for an answer."""
        scene, message = self._scene(session, update), update.message
        if message and addressing.is_of_person(message) and desk.save(scene, message):
            return
        if self._awaits_word(session, update):
            self._speak_as_asked(scene)
            scene.say_plain(scene.texts.failed)

    def excuse(self, session: Session, update: Update) -> bool:
        """Put into the outbox that an answer comes late; says whether anybody waited for it."""
        if not self._awaits_word(session, update):
            return False
        scene = self._scene(session, update)
        self._speak_as_asked(scene)
        scene.say_plain(scene.texts.delayed)
        session.flush()  # the answer finds in the tables who is greeted for the first time
        return True

    def put_off(self, update: Update) -> None:
        """Forget that an update was looked at: it counts for its author once it is handled."""
        if user := update.effective_user:
            self._hearing.put_off(user.id, update.update_id)

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

    def _awaits_word(self, session: Session, update: Update) -> bool:
        """Whether somebody sees nothing if nothing is said: a press, a message to the bot."""
        if update.callback_query:
            return update.callback_query.message is not None
        message = update.message or update.edited_message
        if message is None or not addressing.is_of_person(message):
            return False
        if message.chat.type == "private" or self._is_question(message):
            return True
        command = addressing.command_of(message, self._me)
        desk_chat = current_chat(session, self._settings.desk_chat)
        in_topic = message.chat.id == desk_chat and message.is_topic_message
        return bool(command and command.name in self._commands) or bool(in_topic)

    def _speak_as_asked(self, scene: Scene) -> None:
        """Choose the tongue of what was asked."""
        said = scene.update.message or scene.update.edited_message
        scene.speak_as((said and (said.text or said.caption)) or "")

    def _is_question(self, message: Message) -> bool:
        command = addressing.command_of(message, self._me)
        if command:
            return command.name == "ask" and bool(command.argument)
        words = message.text or message.caption
        return bool(words) and addressing.is_addressed(message, self._me)

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
            self._hearing.ask(scene, topic, None)
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
            self._hearing.ask(scene, question, None)
        else:
            scene.say_plain(scene.texts.gone)
