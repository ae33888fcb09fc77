"""``hyqa ask``: one question, or a file of them."""

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from hyqa.answer.contract import (
    Record,
    Request,
    RequestError,
    answer_record,
    error_record,
    load_object,
    read_request,
)
from hyqa.cli.arguments import Commands, a_day
from hyqa.cli.explaining import explanation_of, show_explanation
from hyqa.cli.output import Paint, complain, say, say_json
from hyqa.cli.rendering import render
from hyqa.engine import Engine
from hyqa.types.errors import ConfigError, HyqaError

_EPILOG = """\
A line of FILE is {"id", "question", "history": [{"role": "user" or "assistant", "text"}],
"as_of"}; only "question" is needed. Each gets one line, in order: {"id", "question", "status",
"language", "quotes", "seconds", …}, or {"id", "status": "error", "error"}. A quote's "start" and
"end" count in the text that `hyqa show DOCUMENT --json` prints. Blank lines are skipped.
"""


def add_options(commands: Commands) -> None:
    """Add ``hyqa ask``."""
    parser = commands.add("ask", ask, "answer one question, or a file of them", epilog=_EPILOG)
    parser.add_argument("question", metavar="QUESTION", nargs="*", help="in Chinese or English")
    parser.add_argument("--json", action="store_true", help="print the answer as a line of JSON")
    parser.add_argument(
        "--explain",
        action="store_true",
        help='tell how the answer came about, stage by stage; with JSON, as "explanation"',
    )
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help="answer the questions of a file of JSON lines, `-` for standard input; always JSON",
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=a_day,
        help="answer as of a day, YYYY-MM-DD, or the end of a month or year (today)",
    )


def ask(options: Namespace) -> int:
    """Answer a question or a batch."""
    question = " ".join(options.question)
    if options.batch is not None:
        if question:
            raise ConfigError("hyqa ask: give either QUESTION or --batch, not both.")
        return _ask_batch(options)
    if not question.strip():
        raise ConfigError(
            'hyqa ask: there is no question; write one, like `hyqa ask "博士有什么补贴？"`.'
        )
    engine = Engine.open(options.index, encoder=options.encoder)
    request = Request(None, question)
    if options.json:
        say_json(_answer(engine, request, options))
        return 0
    day = options.as_of or date.today()
    trace, answer = engine.explained(request.words, as_of=day)
    say(render(answer, as_of=day, paint=Paint.for_stdout(options.colours)))
    if options.explain:
        show_explanation(explanation_of(trace, engine.index), colours=options.colours)
    return 0


def _ask_batch(options: Namespace) -> int:
    with _opened(options.batch) as file:
        engine = Engine.open(options.index, encoder=options.encoder)
        records = (_answer_line(engine, line, options) for line in file if _told(line))
        asked = failed = 0
        for record in records:
            say_json(record)
            asked += 1
            failed += record["status"] == "error"
    if failed:
        complain(f"{failed} of {asked} lines could not be answered; each says why in its place.")
    return 1 if failed else 0


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise ConfigError(f"{name} cannot be read: {error.strerror}.") from error
    with file:
        yield file


def _told(line: bytes) -> bool:
    return bool(line.removeprefix(b"\xef\xbb\xbf").strip())


def _answer_line(engine: Engine, line: bytes, options: Namespace) -> Record:
    try:
        request = read_request(load_object(line))
    except RequestError as error:
        return error_record(error.id, str(error))
    try:
        return _answer(engine, request, options)
    except HyqaError as error:
        return error_record(request.id, str(error))


def _answer(engine: Engine, request: Request, options: Namespace) -> Record:
    day = request.as_of or options.as_of or date.today()
    started = time.perf_counter()
    conversation = engine.conversation([dict(message) for message in request.history])
    trace, answer = engine.explained(request.words, conversation=conversation, as_of=day)
    seconds = time.perf_counter() - started
    record = answer_record(request, answer, seconds=seconds, as_of=day)
    told = {"explanation": explanation_of(trace, engine.index)} if options.explain else {}
    return record | told
