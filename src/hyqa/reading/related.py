"""What is said beside an answer or a refusal, out of foreseen questions."""

from collections.abc import Iterator, Sequence

from hyqa.text.tokens import is_chinese, normalize
from hyqa.types import Foresight, Language, Match, Quote, Reading, Topic, TopicKind

GAP, ELSEWHERE = 0.35, 0.65
"""Share of the nearest foreseen questions from which a question that nothing answers is taken to ask
what they do, and what is known not to be held; more where it names another place. Of 500 wordings of
topics, each left out, .51 reach .4, .93 of them for their own topic; .38 reach .5, .96 of them."""
RELATED, SAME = 0.92, 0.985
"""Likeness from which a foreseen question is near enough to be offered, and from which it is the very
question that was asked."""
SAME_QUESTION = 0.95
"""Likeness from which a foreseen question asks the same, so that what it is known to lack is lacking."""
LONGEST, MOST_RELATED = 60, 2
_ENDS = ("？", "?")


def known_gap(foresight: Foresight | None, *, elsewhere: bool = False) -> Topic | None:
    """Find the topic that a question asks for and that no document holds; None where it is none.

    ``elsewhere`` says that the question names a place that the documents are not about.
    """
    if foresight is None or foresight.topic is None or foresight.topic.kind is not TopicKind.GAP:
        return None
    least = ELSEWHERE if elsewhere else GAP
    return foresight.topic if foresight.topic_share >= least else None


def known_lack(language: Language, reading: Reading) -> str:
    """Say what a passage leaves open of the question, as was said of one that is about the same.

    Args:
        language: in which it is answered.
        reading: of the passage that leads.

    Returns:
        What is lacking; "" where nothing is known to be, or it was said in another language.
    """
    nearest = reading.hit.foreseen[0] if reading.hit.foreseen else None
    if nearest is None or nearest.likeness < SAME_QUESTION:
        return ""
    own = is_chinese(nearest.lacks) is (language is Language.CHINESE)
    return nearest.lacks if own else ""


def related_questions(
    question: str, language: Language, readings: Sequence[Reading], quotes: Sequence[Quote]
) -> tuple[str, ...]:
    """Find foreseen questions near the one that was asked, each answered by another passage.

    They are in its language and written as a full question: many others are as people type.

    Args:
        question: what was asked.
        language: in which it is answered.
        readings: of the passages that were found.
        quotes: what is shown; what they answer need not be asked.
    """
    found: list[str] = []
    for one in sorted(readings, key=lambda one: -_likeness(one)):
        name = one.hit.chunk.document_id
        texts = (
            match.text
            for match in _offered(one, language)
            if normalize(match.text) != normalize(question) and not _is_shown(match, name, quotes)
        )
        if (text := next(texts, "")) and text not in found:
            found.append(text)
    return tuple(found[:MOST_RELATED])


def _likeness(one: Reading) -> float:
    return one.hit.foreseen[0].likeness if one.hit.foreseen else 0.0


def _offered(one: Reading, language: Language) -> Iterator[Match]:
    for match in one.hit.foreseen:
        text = match.text
        own = is_chinese(text) is (language is Language.CHINESE)
        most = LONGEST if own and language is Language.CHINESE else 2 * LONGEST
        near = RELATED <= match.likeness < SAME
        neat = text.endswith(_ENDS) and not text[0].islower()
        if own and near and neat and len(text) <= most:
            yield match


def _is_shown(match: Match, document_id: str, quotes: Sequence[Quote]) -> bool:
    return any(
        quote.citation.document_id == document_id
        and quote.start < match.end
        and quote.end > match.start
        for quote in quotes
    )
