"""Answer one question: by its resolved query, or by another that may be meant.

A follow-up that names another thing than the question before it may be meant by itself; a message
that only asks for another language repeats the question before.
"""

from collections.abc import Callable
from dataclasses import replace

from hyqa.answer.localization import repeat_in_language
from hyqa.answer.merging import quotes_about
from hyqa.index.build import Index
from hyqa.question.understanding import Understood
from hyqa.types import Query, Step

BY_ITSELF = "the follow-up by itself"
IN_ANOTHER_LANGUAGE = "the question before, in another language"


def answer_alone(
    index: Index, understood: Understood, answer: Callable[[Query, str], Step], purpose: str
) -> tuple[tuple[Step, ...], Step]:
    """Answer one question.

    Args:
        index: where the documents are.
        understood: the question.
        answer: answers a query for a purpose.
        purpose: what the question is asked for.

    Returns:
        The steps that it took, and the one of them that answers it.
    """
    steps: tuple[Step, ...] = ()
    if understood.before and understood.language:
        step = answer(understood.before, IN_ANOTHER_LANGUAGE)
        told = repeat_in_language(index, step, understood.language)
        steps = (replace(step, answer=told or step.answer),)
        if told:
            return steps, steps[0]
    whole = answer(understood.query, purpose)
    steps, names = (*steps, whole), understood.names
    if understood.by_itself and not all(quotes_about(name, whole.answer) for name in names):
        alone = answer(understood.by_itself, BY_ITSELF)
        steps = (*steps, alone)
        if all(quotes_about(name, alone.answer) for name in names):
            return steps, alone
    return steps, whole
