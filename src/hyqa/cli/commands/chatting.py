"""``hyqa chat``: a conversation in the terminal, or over a pipe."""

import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from hyqa.cli.arguments import Commands
from hyqa.cli.output import Paint, complain, say
from hyqa.cli.rendering import render
from hyqa.engine import Engine
from hyqa.question.follow_ups import Conversation
from hyqa.types import Status
from hyqa.types.errors import HyqaError

_PROMPT = "> "
_WELCOME = """\
可就衡阳的园区、优惠政策、人才计划提问，收录文件 {documents} 份；/help 看说明，/quit 退出。
Ask about Hengyang's parks, incentives and talent programs: {documents} documents; /help, /quit."""
_HELP = """\
直接输入问题，可以接着追问；答复逐字引用文件并注明出处。
Type a question in Chinese or English; follow-ups are welcome. Answers are verbatim quotes.
/reset  忘掉前面的对话 forget the conversation
/help   看说明 show this
/quit   退出，或按 Ctrl-D；leave, or press Ctrl-D
Ctrl-C  取消当前问题 cancel a question"""
_RESET = "好的，重新开始。 A new conversation."
_UNKNOWN = "没有这个命令。 There is no such command: /help lists them."


def add_options(commands: Commands) -> None:
    """Add ``hyqa chat``."""
    commands.add(
        "chat",
        chat,
        "answer questions one a line, follow-ups included",
        epilog="Piped questions are answered without a prompt, answers an empty line apart.",
    )


def chat(options: Namespace) -> int:
    """Answer questions one a line, as one conversation, until they end."""
    engine = Engine.open(options.index, encoder=options.encoder)
    talk = _Talk(engine, Paint.for_stdout(options.colours))
    if sys.stdin.isatty() and sys.stdout.isatty():
        _at_terminal(talk)
    else:
        _over_pipe(talk)
    return 1 if talk.failed else 0


def _at_terminal(talk: "_Talk") -> None:
    # A shell lets what it starts with `&` ignore interrupts, and so does what that starts. At a
    # terminal Ctrl-C is a key of the chat all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with suppress(ImportError):  # not on Windows, whose terminal edits lines by itself
        import readline  # noqa: F401 - gives input() its history
    say(_WELCOME.format(documents=talk.engine.index.store.document_count))
    for line in _typed_lines():
        with suppress(KeyboardInterrupt):
            if reply := talk.reply(line):
                say(f"{reply}\n")
        if talk.ended:
            return


def _typed_lines() -> Iterator[str]:
    while True:
        try:
            yield input(_PROMPT)
        except EOFError:
            say()
            return
        except KeyboardInterrupt:
            say()


def _over_pipe(talk: "_Talk") -> None:
    gap = ""
    for line in sys.stdin.buffer:
        if reply := talk.reply(line.decode("utf-8-sig", "replace")):
            say(gap + reply)
            gap = "\n"
        if talk.ended:
            return


@dataclass
class _Talk:
    """A conversation under way."""

    engine: Engine
    paint: Paint
    conversation: Conversation = Conversation()  # noqa: RUF009 - frozen
    ended: bool = False
    failed: bool = False

    def reply(self, line: str) -> str:
        """What to print after a line; empty for nothing."""
        text = line.strip()
        if text.startswith("/"):
            return self._obey(text)
        try:
            return self._answer(text) if text else ""
        except HyqaError as error:
            complain(str(error))
            self.failed = True
            return ""

    def _obey(self, command: str) -> str:
        if command in ("/quit", "/exit"):
            self.ended = True
            return ""
        if command == "/reset":
            self.conversation = Conversation()
            return _RESET
        return _HELP if command == "/help" else _UNKNOWN

    def _answer(self, question: str) -> str:
        today = date.today()
        answer = self.engine.ask(question, conversation=self.conversation, as_of=today)
        if answer.status is not Status.SMALL_TALK:  # a follow-up goes on from before it
            self.conversation = self.conversation.add(question, answer)
        return render(answer, as_of=today, paint=self.paint)
