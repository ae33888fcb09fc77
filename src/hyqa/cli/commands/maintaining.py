"""``hyqa add``, ``replace``, ``remove``, ``restore`` and ``history``: changing the documents."""

import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hyqa.cli.arguments import Commands, Parser
from hyqa.cli.check_page import Page
from hyqa.cli.output import complain, say, say_json
from hyqa.maintenance.sources.examining import Report, examine
from hyqa.maintenance.sources.history import Event
from hyqa.maintenance.sources.library import (
    Change,
    add,
    check_free,
    check_suffix,
    history,
    remove,
    replace,
    restore,
)
from hyqa.maintenance.sources.naming import is_address, safe_name
from hyqa.maintenance.sources.net.guarding import Address
from hyqa.parsing.corpus.files import list_files
from hyqa.parsing.metadata.metadata import KINDS
from hyqa.types import Form, Language, ParseFailure
from hyqa.types.errors import ConfigError, HyqaError

_FIELDS = {
    "title": "its title",
    "form": "`digest`, somebody's own words about a source, or `original`, the official text",
    "source_title": "for a digest: the title of its source",
    "kind": f"one of {', '.join(KINDS)}",
    "publisher": "who issued it, or its source",
    "number": "its 文号, as printed",
    "issued": "its date: YYYY, YYYY-MM or YYYY-MM-DD",
    "effective": "the first day in force",
    "expires": "the last day in force",
    "validity": "a short sentence on its validity, shown with each citation",
    "language": "`zh` or `en`",
    "url": "the address of the original",
}
_ASKED = ("title", "form", "publisher", "issued")
"""Fields that are asked for in a terminal, where no option gives them."""
_CHOICES = {"form": tuple(Form), "kind": KINDS, "language": tuple(Language)}


def add_adding(commands: Commands) -> None:
    """Add ``hyqa add``."""
    parser = _command(
        commands, "add", run_add, "add files, a folder or an address's file to the documents"
    )
    parser.add_argument(
        "what", metavar="FILE|URL|FOLDER", nargs="+", help="what to add; it is copied"
    )
    parser.add_argument("--into", metavar="DIR", default="", help="folder of the corpus, as parks")
    parser.add_argument("--name", metavar="NAME", default="", help="name of the file there")
    _add_fields(parser)


def add_replacing(commands: Commands) -> None:
    """Add ``hyqa replace``."""
    parser = _command(commands, "replace", run_replace, "put a new file in a document's place")
    parser.add_argument("document", metavar="DOCUMENT", help="its id, as parks/overview.md")
    parser.add_argument("what", metavar="FILE|URL", help="the new file; it is copied")
    _add_fields(parser)


def add_removing(commands: Commands) -> None:
    """Add ``hyqa remove``."""
    parser = _command(commands, "remove", run_remove, "take documents out; their files are kept")
    parser.add_argument("documents", metavar="DOCUMENT", nargs="+", help="their ids")


def add_restoring(commands: Commands) -> None:
    """Add ``hyqa restore``."""
    parser = _command(
        commands, "restore", run_restore, "bring back a file that was replaced or removed"
    )
    parser.add_argument("document", metavar="DOCUMENT", help="its id")
    parser.add_argument(
        "--version", metavar="NAME", default="", help="how a kept file's name begins; the last one"
    )


def add_history(commands: Commands) -> None:
    """Add ``hyqa history``."""
    parser = commands.add(
        "history", run_history, "tell what became of documents", encoder=False, index=False
    )
    _add_corpus(parser, commands)
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", default="", help="its id; all")
    parser.add_argument("--json", action="store_true", help="print a line of JSON a change")


def _command(commands: Commands, name: str, run: object, summary: str) -> Parser:
    parser = commands.add(name, run, summary, encoder=False, index=False)  # type: ignore[arg-type]
    _add_corpus(parser, commands)
    parser.set_defaults(allowed=commands.settings.fetch_allowed)
    parser.add_argument("--reason", metavar="WORDS", default="", help="why, for the history")
    return parser


def _add_corpus(parser: Parser, commands: Commands) -> None:
    corpus = commands.settings.corpus
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus, help=f"folder of documents ({corpus})"
    )


def _add_fields(parser: Parser) -> None:
    for name, meaning in _FIELDS.items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, metavar="VALUE", choices=_CHOICES.get(name), help=meaning)
    parser.add_argument("--reprint", action="store_true", help="the address is a reprint's")


def run_add(options: Namespace) -> int:
    """Add what is named; 1 where something could not be added."""
    if options.name and len(options.what) > 1:
        raise ConfigError("--name names one file: add one at a time, or leave it out.")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for path, inside in _files(options, Path(folder)):
            place = "/".join(filter(None, (options.into.strip("/"), inside)))
            try:
                _add_one(path, place, options)
            except HyqaError as error:
                failed += 1
                complain(f"{path.name}: {error}")
    if failed:
        complain(f"{failed} could not be added: see above.")
    return 1 if failed else 0


def _add_one(path: Path, place: str, options: Namespace) -> None:
    check_free(options.corpus, place)
    fields = _fields(options, path)
    report = _seen(path, place, fields, options)
    add(options.corpus, report, fields, Change(options.reason))
    say(f"Added {report.id}.")


def run_replace(options: Namespace) -> int:
    """Replace a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = _file(options.what, Path(folder), options.allowed)
        check_suffix(options.document, path)
        given = _fields(options, None)
        report = _seen(path, options.document, given, options)
        event = replace(options.corpus, report, given or None, Change(options.reason))
    say(f"Replaced {report.id}; the file before is kept as {event.kept}.")
    return 0


def run_remove(options: Namespace) -> int:
    """Remove documents."""
    for document in options.documents:
        remove(options.corpus, document, Change(options.reason))
        say(f"Removed {document}; `hyqa restore {document}` brings it back.")
    return 0


def run_restore(options: Namespace) -> int:
    """Bring back a document's file."""
    event = restore(options.corpus, options.document, options.version, Change(options.reason))
    now = f"; the file that stood there is kept as {event.kept}" if event.kept else ""
    say(f"Restored {options.document}{now}.")
    return 0


def run_history(options: Namespace) -> int:
    """Tell what became of a document, the oldest change first."""
    for event in history(options.corpus, options.document):
        if options.json:
            say_json(_record(event))
        else:
            kept = f"  kept {event.kept}" if event.kept else ""
            why = f"  ({event.reason})" if event.reason else ""
            say(f"{event.time}  {event.action:8} {event.document}{kept}{why}")
    return 0


def _record(event: Event) -> dict[str, object]:
    names = ("time", "action", "document", "sha256", "kept", "reason")
    return {name: getattr(event, name) for name in names}


def _files(options: Namespace, folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that are named, each with its place below ``--into``."""
    for number, what in enumerate(options.what):
        path = Path(what)
        if not is_address(what) and path.is_dir():
            for entry in list_files(path):
                if isinstance(entry, ParseFailure):
                    complain(f"{entry.source}: {entry.reason}")
                else:
                    *folders, name = entry[0].split("/")
                    yield entry[1], "/".join([*folders, safe_name(name)])
            continue
        file = _file(what, folder / str(number), options.allowed)
        yield file, options.name or safe_name(file.name)


def _file(what: str, folder: Path, allowed: frozenset[Address]) -> Path:
    if not is_address(what):
        return Path(what)
    from hyqa.maintenance.sources.bringing import bring  # what fetches takes its time to load
    from hyqa.maintenance.sources.net.connecting import Network

    folder.mkdir(parents=True, exist_ok=True)
    return bring(what, Network(allowed=allowed), folder)


def _fields(options: Namespace, path: Path | None) -> dict[str, object]:
    """What options say of a file; in a terminal, the rest is asked for where it is to be added."""
    fields: dict[str, object] = {
        name: value for name in _FIELDS if (value := getattr(options, name)) is not None
    }
    what = getattr(options, "what", "")
    if isinstance(what, list) and len(what) == 1 and is_address(what[0]):
        fields.setdefault("url", what[0])
    if options.reprint:
        fields["reprint"] = True
    if path is not None and path.suffix.lower() != ".md" and sys.stdin.isatty():
        for name in _ASKED:
            if name not in fields and (value := input(f"{name} ({_FIELDS[name]}), or nothing: ")):
                fields[name] = value
    return fields


def _seen(path: Path, place: str, fields: dict[str, object], options: Namespace) -> Report:
    """Examine a file, and show the page that ``hyqa check`` shows of it."""
    report = examine(
        path, options.corpus, day=date.today(), document_id=place, fields=fields,
        limits=options.limits,
    )  # fmt: skip
    Page(colours=options.colours, whole=False).show([*report.seen, *report.failures])
    for name in report.same_as:
        complain(f"{report.id}: it is the same document as {name}, of which one is indexed.")
    return report
