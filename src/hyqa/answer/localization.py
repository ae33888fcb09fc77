"""Put an answer into the asker's language, as far as documents tell the same in it."""

from dataclasses import replace

from hyqa.answer.counterparts import in_language
from hyqa.answer.labels import label_quote
from hyqa.index.build import Index
from hyqa.types import Answer, Language, Ranking, Step


def in_askers_language(index: Index, answer: Answer, ranking: Ranking) -> Answer:
    """Replace quotes by their counterparts in the asker's language, where found documents hold any.

    Those that stay as they are get the glossary's labels. Quotes that give different figures
    stand as they are.

    Args:
        index: where the documents are.
        answer: whose language is the asker's.
        ranking: what was found: the documents that may tell the same.
    """
    quotes, closest = answer.quotes, answer.closest
    if not answer.differs:
        found = [hit.chunk.document_id for hit in (*ranking.hits, *ranking.cross_lingual)]
        quotes = in_language(index, quotes, answer.language, found)
        closest = in_language(index, closest, answer.language, found)
    terms = index.translations.terms
    return replace(
        answer,
        quotes=tuple(label_quote(quote, terms, answer.language) for quote in quotes),
        closest=tuple(label_quote(quote, terms, answer.language) for quote in closest),
    )


def repeat_in_language(index: Index, step: Step, language: Language) -> Answer | None:
    """Repeat the answer of a step in another language than its question's.

    Returns:
        None where no document that was found tells it in that language.
    """
    answer = in_askers_language(index, replace(step.answer, language=language), step.ranking)
    if not answer.quotes or answer.quotes[0].citation.meta.language is not language:
        return None
    return answer
