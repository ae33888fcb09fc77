"""An answer as Telegram messages: quotes in blockquotes, each with its source below."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.languages import Tongue
from bot.rendering.markup import ENTITIES, columns, entities, escape, shorten, units
from bot.rendering.quoting import EXPANDABLE_FROM, LIMIT, Block, blocks, label
from bot.rendering.sources import SOURCE_LIMIT, Page, source
from hyqa import Answer, Citation, Language, Quote, Status, by_source, further_documents

SUMMARY_LIMIT = 2000
"""Units of a summary at most: it stands in one message with what else is said above the quotes."""
NEAREST_LIMIT = 3
MOST_OFFERED, ROOM = 2, 3
"""Related questions that are offered at most, and together with the sources, whose buttons come
first: more rows would hide the answer."""
OFFER = "💬 "
"""What the button of a related question begins with."""
OFFERED_LIMIT = 300
"""Units of the related questions, where a message lists them."""
CHOICE = 40
"""Columns that a phone shows of a button as wide as a message; a Chinese character takes two."""
MISSING_LIMIT = 400
"""Units of what the nearest documents do not mention: beside their source lines it fits in, too."""
_GAP = "\n\n"


def render(
    answer: Answer, tongue: Tongue, *, as_of: date | None = None, site: str = ""
) -> list[str]:
    """Render an answer as HTML messages that each fit Telegram's limit, raw and parsed.

    Args:
        answer: What to show; its quotes are shown in full, in as many messages as they need.
        tongue: The language of all around the quotes.
        as_of: The day on which documents are said to have expired or not.
        site: Address of the page that shows documents, '' without one.
    """
    page = Page(tongue, as_of, site)
    if answer.status is Status.CLARIFY:
        return [_choices(answer, page)]
    if answer.closest:
        return list(packed(_closest(answer, page), page))
    if not answer.quotes:
        return [_not_found(answer, page)]
    lead = "\n".join(led(answer, page))
    offers = map(Block, _offers(answer, page))
    return list(packed([*_passages(answer.quotes, lead, page), *offers], page))


def led(answer: Answer, page: Page) -> list[str]:
    """What is said above the quotes of an answer."""
    differing = page.texts.differs if answer.differs else ""
    left_open = _listed(page.texts.partial, answer.missing, page)
    return [one for one in (_summary(answer), left_open, answer.pointer, differing) if one]


def refused(answer: Answer, page: Page) -> str:
    """What is said where nothing is quoted."""
    outside = answer.status is Status.OUT_OF_SCOPE
    return answer.pointer or (page.texts.out_of_scope if outside else page.texts.not_found)


def refused_lines(answer: Answer, page: Page) -> list[str]:
    """What is said where nothing is quoted, above the words that come closest, if any."""
    return [refused(answer, page), *([page.texts.closest] if answer.closest else [])]


def near(answer: Answer, page: Page) -> tuple[str, Sequence[Citation]]:
    """What is said above the documents that are near, and these; '' and none without any."""
    lead = page.texts.nearby if answer.pointer else page.texts.nearest
    documents = further_documents(answer)[:NEAREST_LIMIT]
    return (lead, documents) if documents else ("", ())


def not_mentioned(answer: Answer, page: Page) -> list[str]:
    """What the documents that are near do not mention."""
    return list(filter(None, [_listed(page.texts.not_mentioned, answer.missing, page)]))


def ask_better(answer: Answer, page: Page) -> list[str]:
    """That it may help to ask differently, where it may."""
    helps = answer.status is not Status.OUT_OF_SCOPE and not answer.pointer
    return [page.texts.ask_better] if helps else []


def render_passages(
    quotes: Sequence[Quote],
    tongue: Tongue,
    *,
    lead: str = "",
    as_of: date | None = None,
    site: str = "",
) -> list[str]:
    """Render passages by their sources, numbered, below a line that says what they are."""
    page = Page(tongue, as_of, site)
    return list(packed(_passages(quotes, lead, page), page))


def _passages(quotes: Sequence[Quote], lead: str, page: Page) -> Iterator[Block]:
    """The line that says what passages are, if any, and the blocks of each source.

    Those beyond a screenful are folded, however short each of them is.
    """
    if lead:
        yield Block(escape(lead))
    shown = 0
    for number, (citation, places) in enumerate(by_source(quotes), 1):
        length = sum(len(one.text) for one in places)
        folded = shown > 0 and shown + length > EXPANDABLE_FROM
        shown += length
        yield from blocks(number, citation, places, page, folded=folded)


def source_line(
    citation: Citation, tongue: Tongue, *, as_of: date | None = None, site: str = ""
) -> str:
    """The source of a document as a whole, its title linked to the original."""
    return source(citation, "", Page(tongue, as_of, site))


def _listed(opening: str, items: Sequence[str], page: Page) -> str:
    """A line that names parts of a question; '' for none."""
    if not items:
        return ""
    separator = "、" if page.tongue.language is Language.CHINESE else ", "
    return shorten(opening + separator.join(items), SOURCE_LIMIT)


def _summary(answer: Answer) -> str:
    """What a writer says of the quotes, with the numbers of their sources."""
    sources = enumerate(by_source(answer.quotes), 1)
    numbers = [number for number, (_, places) in sources for _ in places]
    sentences = (
        one.text
        + "".join(f"[{n}]" for n in dict.fromkeys(numbers[quote - 1] for quote in one.quotes))
        for one in answer.summary
    )
    return shorten(" ".join(sentences), SUMMARY_LIMIT)


def packed(pieces: Iterable[Block], page: Page) -> Iterator[str]:
    """Join blocks into as few messages as keep their order.

    What kind of text quotes are of is said once in a message, and again where it changes.
    """
    message, said = "", None
    for piece in pieces:
        joined = _GAP.join(filter(None, [message, label(piece.form, said, page) + piece.html]))
        if message and (units(joined) > LIMIT or entities(joined) > ENTITIES):
            yield message
            joined, said = label(piece.form, None, page) + piece.html, None
        message, said = joined, piece.form or said
    yield message


def _choices(answer: Answer, page: Page) -> str:
    """The question asked back; its choices are buttons, and listed where a button cuts them."""
    if not are_cut(answer.choices):
        return escape(page.texts.clarify)
    return escape(shorten(_numbered(page.texts.clarify, answer.choices), LIMIT))


def offered(answer: Answer) -> tuple[str, ...]:
    """The related questions that have buttons; none where the question itself is asked back."""
    room = ROOM - len(by_source(answer.quotes))
    return () if answer.choices else answer.related[: max(min(room, MOST_OFFERED), 0)]


def _offers(answer: Answer, page: Page) -> list[str]:
    """The related questions, listed where their buttons cut them."""
    questions = offered(answer)
    if not are_cut([OFFER + one for one in questions]):
        return []
    return [escape(shorten(_numbered(page.texts.also_ask, questions), OFFERED_LIMIT))]


def _numbered(opening: str, questions: Sequence[str]) -> str:
    listed = (f"{number}. {question}" for number, question in enumerate(questions, 1))
    return "\n".join([opening, *listed])


def are_cut(choices: Sequence[str]) -> bool:
    """Whether a phone would not show all of a choice on its button."""
    return any(columns(choice) > CHOICE for choice in choices)


def _not_found(answer: Answer, page: Page) -> str:
    """What is said where nothing is quoted, and what is near."""
    pieces = [*_near(answer, page), *map(escape, ask_better(answer, page)), *_offers(answer, page)]
    room = LIMIT - sum(units(_GAP + piece) for piece in pieces)
    return _GAP.join([escape(shorten(refused(answer, page), room)), *pieces])


def _closest(answer: Answer, page: Page) -> Iterator[Block]:
    """What is said where nothing answers, the words that come closest, and what else is near."""
    lead = _GAP + escape(page.texts.closest)
    yield Block(escape(shorten(refused(answer, page), LIMIT - units(lead))) + lead)
    yield from _passages(answer.closest, "", page)
    yield from map(Block, _near(answer, page))
    yield from map(Block, [*map(escape, ask_better(answer, page)), *_offers(answer, page)])


def _near(answer: Answer, page: Page) -> Iterator[str]:
    """What is near: documents that do not answer, or what is held beside what is not."""
    lead, documents = near(answer, page)
    if not documents:
        return
    yield "\n".join([
        escape(lead),
        *(source(citation, "• ", page) for citation in documents),
        *(escape(shorten(line, MISSING_LIMIT)) for line in not_mentioned(answer, page)),
    ])  # fmt: skip
