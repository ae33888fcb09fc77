"""Hearing messages: each is a command, a word to the desk, a question, or nothing for the bot."""

from collections.abc import Callable

from telegram import Message

from bot.dialogues import asking, desk, drafts, other, takeaway
from bot.metrics import Metrics
from bot.routing import addressing
from bot.routing.refusals import Refusals
from bot.scene import Profile, Scene
from bot.transport.limiting import Allowance
from storage.outbox import record_moved
from storage.schema import DeskThread


class Hearing:
    """Hears what people write, and asks what they ask.

    Args:
        me: what Telegram says of the bot.
        metrics: told of what is asked.
        allowance: how much one person may ask.
        command: carries out a command.
    """

    def __init__(
        self,
        me: Profile,
        metrics: Metrics,
        allowance: Allowance,
        command: Callable[[Scene, Message], None],
    ) -> None:
        self._me = me
        self._metrics = metrics
        self._allowance = allowance
        self._command = command
        self._refusals = Refusals()

    def hear(self, scene: Scene, message: Message) -> None:
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
        elif addressing.is_addressed(message, self._me):
            self._hear_addressed(scene, message)

    def _hear_addressed(self, scene: Scene, message: Message) -> None:
        """Answer what is said to the bot itself; a maintainer's file is to be published."""
        if message.document and drafts.is_offered(scene, message):
            drafts.receive(scene, message.document)
        elif message.text or message.caption:
            self.ask(scene, addressing.question_of(message, self._me), message)
        elif (kind := other.kind_of(message)) and (scene.is_private or kind != "sticker"):
            other.reply(scene, message, kind)

    def hear_again(self, scene: Scene, message: Message) -> None:
        """Answer an edited question anew, in the messages that answered it."""
        if not addressing.is_of_person(message) or desk.edited_at_desk(scene, message):
            return
        if desk.edited_by_investor(scene, message) and not asking.is_asked(scene, message):
            return
        command = addressing.command_of(message, self._me)
        argument = command.argument if command else None
        asked = command.name == "ask" if command else addressing.is_addressed(message, self._me)
        if asked and (message.text or message.caption):
            self.ask(scene, addressing.question_of(message, self._me, argument), message)

    def ask(self, scene: Scene, question: str, message: Message | None) -> None:
        """Answer a question, unless its author has asked too many: then say so."""
        if self._permits(scene):
            asking.ask(scene, question, self._metrics, message=message)
            return
        self._metrics.limited.inc()
        scene.speak_as(question)
        self._refusals.tell(scene)

    def take_away(self, scene: Scene, question_id: str) -> None:
        """Send an answer as a PDF; it counts as a question."""
        if self._permits(scene):
            takeaway.send(scene, question_id)
            return
        self._metrics.limited.inc()
        self._refusals.tell(scene)

    def _hear_beside(self, scene: Scene, thread: DeskThread, message: Message) -> None:
        """Bring a message to the staff, and answer it besides where the documents do.

        It is looked up before anything is written: nobody else can write to SQLite after that.
        """
        words = addressing.question_of(message, self._me)
        found, may_ask = None, self._permits(scene)
        if words and may_ask and not desk.answers_staff(scene, message):
            found = asking.find_besides(scene, words, message, self._metrics)
        desk.relay_to_desk(scene, thread, message)
        if found and asking.show_besides(scene, found, message):
            desk.tell_answered(scene, thread, found.answer)

    def put_off(self, person_id: int, update_id: int) -> None:
        """Forget that somebody asked by an update, which could not be handled and comes again."""
        self._allowance.give_back(person_id, update_id)

    def _permits(self, scene: Scene) -> bool:
        return self._allowance.permits(scene.user.id, scene.update.update_id)
