"""An answer as plain text for a terminal: nothing is wrapped, so that quotes can be copied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hyqa.answer.citing import by_source, cite, further_documents
from hyqa.cli.output import Paint
from hyqa.cli.small_talk import reply
from hyqa.types import Answer, Citation, Language, Quote, Status

_ELLIPSIS = "……"
"""Stands between two places of a text that are shown together."""


@dataclass(frozen=True, slots=True)
class _Texts:
    partial: str
    not_found: str
    out_of_scope: str
    missing: str
    nearest: str
    nearby: str
    closest: str
    ask_better: str
    clarify: str
    differs: str
    related: str


_TEXTS = {
    Language.CHINESE: _Texts(
        partial="下面的引文没有涉及：",
        out_of_scope="抱歉，这个问题不在收录文件的范围内。",
        missing="相近的文件没有提到：",
        not_found="抱歉，收录的文件里没有找到能回答这个问题的内容。",
        nearest="下面的文件内容相近，但并不能回答这个问题：",
        nearby="收录的文件里与此相近的：",
        closest="最接近的原文，不一定回答您的问题：",
        ask_better="换个问法也许有帮助：写明园区、行业、政策名称或年份，一次只问一件事。",
        clarify="您问的是哪一个？",
        differs="两份文件的数字不同，较新的在前。",
        related="您也可以问：",
    ),
    Language.ENGLISH: _Texts(
        partial="The quotes below do not cover: ",
        out_of_scope="Sorry, the documents are about other things than this.",
        missing="What comes close does not mention: ",
        not_found="Sorry, the documents hold nothing that answers this question.",
        nearest="These documents are close, but do not answer it:",
        nearby="What the documents hold nearby:",
        closest="The words that come closest, which may not answer it:",
        ask_better="It may help to name the park, industry, policy or year, and ask one thing at a time.",
        clarify="Which one do you mean?",
        differs="The documents give different figures; the newer one comes first.",
        related="You can also ask:",
    ),
}


def render(answer: Answer, *, as_of: date, paint: Paint = Paint()) -> str:  # noqa: B008 - frozen
    """Render an answer as lines, none of them empty, so that an empty line can end it.

    Args:
        answer: what to show.
        as_of: day on which documents are said to have expired or not.
        paint: colours, or none.
    """
    if answer.status is Status.SMALL_TALK:
        return reply(answer.intent, answer.language)
    if answer.status is Status.CLARIFY:
        return "\n".join(_choices(answer, paint))
    lines = _quotes if answer.quotes else _not_found
    return "\n".join([*lines(answer, as_of, paint), *_related(answer)])


def _choices(answer: Answer, paint: Paint) -> Iterator[str]:
    yield _TEXTS[answer.language].clarify
    for number, choice in enumerate(answer.choices, 1):
        yield f"{paint.bold(f'{number}.')} {choice}"


def _quotes(answer: Answer, as_of: date, paint: Paint) -> Iterator[str]:
    if answer.missing:
        yield _TEXTS[answer.language].partial + _listed(answer)
    if answer.pointer:
        yield answer.pointer
    if answer.summary:
        yield _summary(answer)
    if answer.differs:
        yield _TEXTS[answer.language].differs
    for number, (citation, parts) in enumerate(by_source(answer.quotes), 1):
        for place, quote in enumerate(parts):
            if place:
                yield f"{paint.dim('│')} {_ELLIPSIS}"
            yield from _barred(quote, paint)
        yield from _source(f"[{number}]", citation, answer.language, as_of, paint)


def _summary(answer: Answer) -> str:
    """The summary with the numbers of its quotes' sources, as they are shown below."""
    groups = [parts for _, parts in by_source(answer.quotes)]
    shown = [number for number, parts in enumerate(groups, 1) for _ in parts]
    gap = "" if answer.language is Language.CHINESE else " "
    written = []
    for one in answer.summary:
        marks = "".join(f"[{number}]" for number in dict.fromkeys(shown[n - 1] for n in one.quotes))
        written.append(f"{one.text}{gap}{marks}{'。' if not gap else '.'}")
    return gap.join(written)


def _barred(quote: Quote, paint: Paint) -> Iterator[str]:
    for line in quote.text.split("\n"):
        yield f"{paint.dim('│')} {line}"
    if quote.labels:
        names = (
            f"{quote.text[one.start - quote.start : one.end - quote.start]} = {one.english}"
            for one in quote.labels
        )
        yield paint.dim("; ".join(names))


def _source(
    mark: str, citation: Citation, language: Language, as_of: date, paint: Paint
) -> Iterator[str]:
    yield f"{paint.bold(mark)} {cite(citation, language, as_of=as_of)}"
    if citation.meta.url:
        yield " " * (len(mark) + 1) + paint.dim(" ".join(citation.meta.url.split()))


def _not_found(answer: Answer, as_of: date, paint: Paint) -> Iterator[str]:
    texts = _TEXTS[answer.language]
    outside = answer.status is Status.OUT_OF_SCOPE
    yield answer.pointer or (texts.out_of_scope if outside else texts.not_found)
    if answer.closest:
        yield texts.closest
    for quote in answer.closest:
        yield from _barred(quote, paint)
        yield from _source("-", quote.citation, answer.language, as_of, paint)
    nearest = further_documents(answer)
    if nearest:
        yield texts.nearby if answer.pointer else texts.nearest
    for citation in nearest:
        yield from _source("-", citation, answer.language, as_of, paint)
    if answer.missing and (answer.nearest or answer.pointer):
        yield texts.missing + _listed(answer)
    if not answer.pointer:
        yield texts.ask_better


def _related(answer: Answer) -> Iterator[str]:
    """Questions that the documents do answer; a question asked back offers its choices instead."""
    if answer.related:
        yield _TEXTS[answer.language].related
    for question in answer.related:
        yield f"- {question}"


def _listed(answer: Answer) -> str:
    return ("、" if answer.language is Language.CHINESE else ", ").join(answer.missing)
