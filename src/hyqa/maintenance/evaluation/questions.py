"""Reading questions whose answers are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hyqa.answer.contract import Request, RequestError, load_object, read_request
from hyqa.types import ParseFailure
from hyqa.types.errors import ConfigError


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, and what would be right.

    ``groups`` are the accepted answers: of one group, every string must be shown. ``evidence``
    are the document's sentences that prove the answer, ``label`` is a finer kind than answerable.
    ``language`` and ``task`` are the file's own labels, empty where it has none.
    """

    request: Request
    answerable: bool
    document_ids: frozenset[str] = frozenset()
    groups: tuple[tuple[str, ...], ...] = ()
    language: str = ""
    task: str = ""
    evidence: tuple[str, ...] = ()
    label: str = ""


def read_questions(
    path: Path, *, key: str = "question"
) -> tuple[list[LabelledQuestion], list[ParseFailure]]:
    """Read a file with a question a line; blank lines are left out.

    Args:
        path: the file.
        key: where a line holds its question; under another key than ``question`` it may be in
            another language than the line says, which is then told by its letters.

    Returns:
        The questions in order, and the lines that could not be read, each with its reason.

    Raises:
        ConfigError: when the file cannot be read or holds no question.
    """
    questions: list[LabelledQuestion] = []
    failures: list[ParseFailure] = []
    for number, line in enumerate(_lines(path), 1):
        try:
            if line.strip():
                questions.append(_labelled(_asking(load_object(line), key)))
        except RequestError as error:
            failures.append(ParseFailure(f"{path}, line {number}", str(error)))
    if not questions and not failures:
        raise ConfigError(f"{path} holds no question.")
    return questions, failures


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().split(b"\n")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def _asking(fields: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The line with what stands under a key for its question."""
    return fields if key == "question" else {**fields, "question": fields.get(key), "lang": ""}


def _labelled(fields: Mapping[str, object]) -> LabelledQuestion:
    answerable = fields.get("answerable", True)
    if not isinstance(answerable, bool):
        raise RequestError("`answerable` must be true or false.")
    return LabelledQuestion(
        request=read_request(fields),
        answerable=answerable,
        document_ids=frozenset(_strings(fields, "doc_ids")),
        groups=_groups(fields),
        language=_label(fields, "lang"),
        task=_label(fields, "task"),
        evidence=_strings(fields, "evidence"),
        label=_label(fields, "label"),
    )


def _groups(fields: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    """The groups of accepted answers; without any, each answer is a group of its own."""
    value = fields.get("answer_groups") or []
    if not isinstance(value, list):
        raise RequestError("`answer_groups` must be a list of lists of strings.")
    groups = [_listed(group, "answer_groups") for group in value]
    groups = groups or [(answer,) for answer in _strings(fields, "answers")]
    told = (tuple(text for text in group if text.strip()) for group in groups)
    return tuple(group for group in told if group)


def _strings(fields: Mapping[str, object], key: str) -> tuple[str, ...]:
    return _listed(fields.get(key) or [], key)


def _listed(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RequestError(f"`{key}` must be a list of strings.")
    return tuple(value)


def _label(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key) or ""
    if not isinstance(value, str):
        raise RequestError(f"`{key}` must be a string.")
    return value
