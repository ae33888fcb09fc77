"""What a build is asked before it is let in: golden questions, and a sample of past ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from hyqa.answer.contract import Request, RequestError, dump, load_object, read_request
from hyqa.maintenance.evaluation import LabelledQuestion, read_questions
from hyqa.parsing.corpus.sources import GOLDEN
from hyqa.types import ParseFailure
from hyqa.types.errors import ConfigError

PAST = 200
"""Past questions that are asked, of however many a file holds: ten seconds of one core."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is asked of snapshots.

    ``name`` is what a golden question is called and overridden by: its id; a past one is only called by
    its line, as what people typed is nothing for a log. ``key`` tells it from all others, with what
    is expected of it.
    """

    name: str
    question: LabelledQuestion
    golden: bool
    key: str


def golden_questions(corpus: Path) -> tuple[list[Asked], list[ParseFailure]]:
    """Read a corpus's golden questions: lines as for ``hyqa eval``, in ``golden.jsonl``.

    Args:
        corpus: a folder of documents; one file, or a folder without that file, has none.

    Returns:
        The questions, and the lines that are none, or bear the id of an earlier one.

    Raises:
        ConfigError: when the file is there and cannot be read, or holds nothing.
    """
    path = corpus / GOLDEN
    if not path.is_file():
        return [], []
    questions, failures = read_questions(path)
    found: dict[str, Asked] = {}
    for question in questions:
        name = str(question.request.id or "")
        if not name or name in found:
            told = "an `id` of its own is missing" if not name else f"the id {name} stands twice"
            failures.append(ParseFailure(GOLDEN, told))
        else:
            found[name] = Asked(name, question, True, _key(question))
    return list(found.values()), failures


def past_questions(path: Path, most: int = PAST) -> tuple[list[Asked], list[ParseFailure]]:
    """Read a sample of what was asked: JSON lines as for ``hyqa ask --batch``, or a question a line.

    The same questions are always chosen, so that what became of them is known at the next build.

    Args:
        path: the file.
        most: how many are chosen.

    Raises:
        ConfigError: when it cannot be read.
    """
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    found: dict[str, Asked] = {}
    failures: list[ParseFailure] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name = f"{path.name}:{number}"
        try:
            question = LabelledQuestion(_request(line.strip()), answerable=True)
        except RequestError as error:
            failures.append(ParseFailure(name, str(error)))
        else:
            found.setdefault(key := _key(question), Asked(name, question, False, key))
    return [found[key] for key in sorted(found)[:most]], failures


def _request(line: bytes) -> Request:
    if line.startswith(b"{"):
        return replace(read_request(load_object(line)), id=None)
    return read_request({"question": line.decode("utf-8", "replace").strip()})


def _key(question: LabelledQuestion) -> str:
    """A checksum of a question and of what is expected; nobody can read the question from it."""
    request = question.request
    told: dict[str, object] = {
        "words": request.words,
        "history": [dict(message) for message in request.history],
        "day": str(request.as_of or ""),
        "expected": _expected(question),
    }
    return blake2b(dump(told).encode(), digest_size=16).hexdigest()


def _expected(question: LabelledQuestion) -> Sequence[object]:
    groups = [list(group) for group in question.groups]
    return [question.answerable, groups, sorted(question.document_ids), question.label]
