"""What the bot does with each kind of message."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import date
from typing import Protocol

from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import CommandHandler, MessageHandler, filters

from bot import languages
from bot.addressing import ADDRESSED, OWN_COMMAND, PRIVATE, argument_of, question_of
from bot.chats import BotApplication, BotContext, Limits, turn
from bot.markup import escape
from bot.rendering import render
from bot.sending import reply
from bot.texts import TEXTS, Texts
from hyqa import Answer, Conversation


class Answering(Protocol):
    """The part of the library's engine that the bot uses."""

    def ask(
        self, question: str, *, conversation: Conversation = ..., as_of: date | None = ...
    ) -> Answer:
        """Answer a question that may follow up on a conversation."""
        ...


class Handlers:
    """The callbacks of the bot around one engine.

    Args:
        engine: Answers the questions.
        today: Tells the day on which documents are in force or not.
        limits: How much of the bot one chat may take up.
    """

    def __init__(self, engine: Answering, *, today: Callable[[], date], limits: Limits) -> None:
        self._engine = engine
        self._today = today
        self._limits = limits

    def register(self, application: BotApplication) -> None:
        """Add the handlers. Their order matters: the first that takes a message has it."""
        new = filters.UpdateType.MESSAGE
        application.add_handlers(
            [
                CommandHandler("start", self.start, new),
                CommandHandler("help", self.help, new),
                CommandHandler("ask", self.ask, new),
                MessageHandler(new & OWN_COMMAND, self.unknown_command),
                MessageHandler(new & filters.TEXT & ~filters.COMMAND & ADDRESSED, self.question),
                MessageHandler(
                    new & PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, self.text_only
                ),
            ]
        )

    async def start(self, update: Update, context: BotContext) -> None:
        """Greet, and show what can be asked."""
        message = _message(update)
        await reply(message, [escape(_texts(message).start)])

    async def help(self, update: Update, context: BotContext) -> None:
        """Explain how to ask, and how to read an answer."""
        message = _message(update)
        text = _texts(message).help.format(
            limit=self._limits.question_characters, username=context.bot.username
        )
        await reply(message, [escape(text)])

    async def unknown_command(self, update: Update, context: BotContext) -> None:
        """Point from a command that the bot lacks to what it can do."""
        message = _message(update)
        await reply(message, [escape(_texts(message).unknown_command)])

    async def text_only(self, update: Update, context: BotContext) -> None:
        """Ask for text where somebody sent something else."""
        message = _message(update)
        await reply(message, [escape(_texts(message).text_only)])

    async def ask(self, update: Update, context: BotContext) -> None:
        """Answer the question behind the command."""
        message = _message(update)
        await self._respond(message, argument_of(message), context)

    async def question(self, update: Update, context: BotContext) -> None:
        """Answer a message that is a question."""
        message = _message(update)
        await self._respond(message, question_of(message), context)

    async def _respond(self, message: Message, question: str, context: BotContext) -> None:
        """Answer a question in its turn, unless something has to be said about it first."""
        objection = self._objection(message, question)
        if objection:
            await reply(message, [escape(objection)])
        elif context.chat.waiting >= self._limits.waiting_questions:
            await self._say_busy(message, question, context)
        else:
            await self._answer(message, question, context)

    async def _answer(self, message: Message, question: str, context: BotContext) -> None:
        day = self._today()
        async with turn(context, message.chat_id, self._limits) as chat:
            looking = asyncio.to_thread(self._look_up, question, chat.conversation, day)
            answer, _ = await asyncio.gather(looking, _type(message))
            chat.conversation = chat.conversation.add(question, answer)
            await reply(message, render(answer, as_of=day))

    def _look_up(self, question: str, conversation: Conversation, day: date) -> Answer:
        return self._engine.ask(question, conversation=conversation, as_of=day)

    def _objection(self, message: Message, question: str) -> str:
        """Say what keeps a question from being looked up; empty if nothing does."""
        texts, limit = _texts(message, question), self._limits.question_characters
        if not question:
            return texts.ask_what
        too_long = len(question) > limit
        return texts.too_long.format(length=len(question), limit=limit) if too_long else ""

    async def _say_busy(self, message: Message, question: str, context: BotContext) -> None:
        """Ask for patience, once: who floods the bot is not to be flooded in turn."""
        if not context.chat.told_busy:
            context.chat.told_busy = True
            await reply(message, [escape(_texts(message, question).busy)])


async def _type(message: Message) -> None:
    """Show that an answer is on its way; without that, all goes on as well."""
    with contextlib.suppress(TelegramError):
        await message.reply_chat_action(ChatAction.TYPING)


def _message(update: Update) -> Message:
    if update.message is None:
        raise TypeError("the update has no new message; the handlers' filters let only such in")
    return update.message


def _texts(message: Message, question: str = "") -> Texts:
    """Sentences in the language of a question, or else of the user."""
    code = message.from_user.language_code if message.from_user else None
    return TEXTS[languages.of_text(question, code)]
