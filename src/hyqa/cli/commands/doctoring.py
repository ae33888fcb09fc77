"""``hyqa doctor``: finding what is wrong with an index, its documents and its sources."""

from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hyqa.cli.arguments import Commands, add_originals, positive
from hyqa.cli.output import complain, progress, say_json, say_line
from hyqa.maintenance.release.asking import Asked, past_questions
from hyqa.maintenance.release.doctor import (
    Examination,
    Level,
    examine,
    finding_lines,
    findings_record,
)
from hyqa.maintenance.release.doctor.holdings import SOON
from hyqa.models import load_encoder

if TYPE_CHECKING:
    from hyqa.maintenance.sources.net.connecting import Network

_MOST_ASKED = 10_000
_EPILOG = """\
A fault (!) needs somebody today: nothing can be asked, or a source failed. Advice (-) can wait. Below
each stands a command that helps, where one does. The exit code is 1 where there is a fault, with
--strict also where there is advice, else 0: a cron job that mails what fails is told nothing else.

With --json: {"faults", "advice", "findings": [{"ailment", "level": "fault" or "advice", "subject",
"sentence", "command"}]}.
"""


def add_options(commands: Commands) -> None:
    """Add ``hyqa doctor``."""
    corpus = commands.settings.corpus
    parser = commands.add(
        "doctor", doctor, "find what is wrong with the index and its documents", epilog=_EPILOG
    )
    parser.add_argument(
        "--corpus", metavar="DIR", type=Path, default=corpus,
        help=f"folder of the documents that the index is of ({corpus})",
    )  # fmt: skip
    add_originals(parser, commands)
    parser.add_argument(
        "--questions",
        metavar="FILE",
        type=Path,
        help="ask these, and tell which nothing answers: JSON lines as for `hyqa ask --batch`, or a"
        " question a line",
    )
    parser.add_argument(
        "--soon", metavar="DAYS", type=positive, default=SOON,
        help=f"days before its end from which a document is told ({SOON})",
    )  # fmt: skip
    parser.add_argument(
        "--online",
        action="store_true",
        help="ask whether the documents' addresses still lead somewhere",
    )
    parser.set_defaults(allowed=commands.settings.fetch_allowed)
    parser.add_argument("--strict", action="store_true", help="let advice make the exit code 1")
    parser.add_argument("--json", action="store_true", help="print JSON")


def doctor(options: Namespace) -> int:
    """Print what is wrong, and what helps; a fault makes the exit code 1."""
    what = Examination(
        root=options.index,
        corpus=options.corpus,
        encoder=load_encoder(options.encoder),
        day=date.today(),
        moment=datetime.now(UTC),
        soon=options.soon,
        asked=_asked(options.questions),
        originals=options.originals,
        network=_network(options),
    )
    with progress("Asking", " questions") as report:
        found = examine(what, report)
    if options.json:
        say_json(findings_record(found))
    else:
        for line in finding_lines(found):
            say_line(line)
    return int(any(one.level is Level.FAULT or options.strict for one in found))


def _network(options: Namespace) -> "Network | None":
    """How the documents' addresses are asked; None where they are not."""
    if not options.online:
        return None
    from hyqa.maintenance.release.doctor.links import LONGEST  # what asks takes its time to load
    from hyqa.maintenance.sources.net.connecting import Network

    return Network(allowed=options.allowed, silence=LONGEST, longest=LONGEST)


def _asked(file: Path | None) -> list[Asked]:
    if file is None:
        return []
    asked, unread = past_questions(file, _MOST_ASKED)
    for failure in unread:
        complain(f"{failure.source}: {failure.reason}")
    return asked
