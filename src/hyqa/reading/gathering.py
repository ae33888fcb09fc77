"""Gather the sentences that answer a question for several things: means, steps, items, parts of a total.

The likeliest sentences answer a question for one fact. One for several things is answered by
sentences of which each holds few of its words: they are found by where they stand instead.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from hyqa.reading.listings import (
    DATED,
    SHORTEST_BLOCK,
    Listing,
    announces,
    block_end,
    is_label,
    listings_in,
)
from hyqa.reading.relevance import CONTEXT_WEIGHT, Floats, rarity, size_of
from hyqa.reading.wording import worded
from hyqa.text.figures import TOTALS
from hyqa.text.tokens import held_places, normalize, tokenize
from hyqa.types import Document, QuestionAnalysis, Sentence, Several

MEANS_ROOM = 1000
"""Most that is gathered for the means that a question names, in Chinese characters."""
LIST_ROOM = 800
"""The same of a list."""
TOTAL_ROOM = 900
"""The same of what makes up a total."""
STATES = 0.34
"""Share of a named thing's words that a sentence states it with, at least."""
NEARLY_BEST = 0.4
"""Share of what the best one holds down to which other sentences state a named thing, too: texts
tell it in several places, and in other words."""
MOST_STATEMENTS = 5
"""Sentences that state one thing. With 3 one of 44 questions of dragonball_zh loses evidence and a
seventh of the characters shown; without a limit nothing more is held, and a half more is shown."""
AS_GOOD = 0.9
"""The same where of each thing one fact is asked."""
NAMED = 0.5
"""Share of a thing's words from which a sentence names it."""
ALL_TOGETHER = 0.5
"""What a sentence counts for that names several of the things at once, and tells none."""
SUMMED_UP = 0.4
"""The same for one that sums up what was told before."""
PROBABLE = 0.05
"""What a sentence's probability counts for between two that hold the same words."""
MOST_EFFECTS = 2
"""Sentences taken after one that states a thing, up to the next step."""
ANCHORED = 0.6
"""Share of the likeliest sentence's probability from which a list that it is of is shown."""
MOST_ANCHORS = 4
INTRODUCED = 0.3
"""Share of an item's probability from which what introduces its list is about the question, too."""
TELLS_TOTAL = 0.03
"""Probability from which a sentence that tells a sum is shown to who asks for one."""
MOST_TOTALS = 2

_STEP = re.compile(
    r"\s*(?:首先|其次|再次|然后|随后|接着|接下来|此外|另外|最后|最终|同时|然而|但|为|在[^，]{2,12}[，方]|\d{4}年|未来|综上|总"
    r"|(?:First|Second|Third|Then|Next|Finally|In addition|Moreover|However|Also)\b)"
)
"""How a sentence begins that goes on to another step."""
_SUM = re.compile(rf"{TOTALS}|总额|共[^同享建]{{0,6}}\d|\btotal|\baltogether\b", re.IGNORECASE)


def gather(
    document: Document, sentences: Sequence[Sentence], likely: Floats, question: QuestionAnalysis
) -> set[int]:
    """Find the sentences that answer a question for several things, by place; none for one fact.

    Args:
        document: whose sentences.
        sentences: in order.
        likely: how likely each is a part of the answer.
        question: what is asked.
    """
    several = question.several
    texts = [document.text[one.start : one.end] for one in sentences]
    if several.means or several.each:
        return _stated(several, document, sentences, texts, likely)
    if not (several.listed or several.total):
        return set()
    places = _listed(sentences, texts, likely, dated=several.total or several.steps)
    places = places or _under_label(sentences, texts, likely)
    if several.total:
        places |= _under_heading(document, sentences, texts, question) | _sums(texts, likely)
    return places


def _stated(
    several: Several,
    document: Document,
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    likely: Floats,
) -> set[int]:
    """Sentences that state one of the named things, the surest first; of means with their effects."""
    things, nearly = (several.means, NEARLY_BEST) if several.means else (several.each, AS_GOOD)
    wordings = [worded(text) for text in texts]
    folded = [one.folded for one in wordings]
    shares = _shares([set(tokenize(thing)) for thing in things], document, folded)
    together = (shares >= NAMED).sum(axis=0) > 1
    counts = np.where(together, ALL_TOGETHER, 1.0)
    counts *= np.array([SUMMED_UP if one.sums_up else 1.0 for one in wordings])
    sure: dict[int, float] = {}
    for share in shares:
        value = share * counts + PROBABLE * np.minimum(likely, 1)
        if share[best := int(value.argmax())] < STATES:
            continue
        for place in np.argsort(-value, kind="stable")[:MOST_STATEMENTS]:
            ratio = float(value[place] / value[best])
            if ratio < nearly:
                break
            effects = _effects(int(place), sentences, folded) if several.means else ()
            for told in (int(place), *effects):
                sure[told] = max(sure.get(told, 0.0), ratio)
    return _within(sorted(sure, key=lambda place: (-sure[place], place)), texts, MEANS_ROOM)


def _shares(things: Sequence[set[str]], document: Document, folded: Sequence[str]) -> Floats:
    """Share of each thing's words that each sentence holds, the rarer in the document the more."""
    tokens = sorted(set[str]().union(*things))
    held = held_places(folded, tokens)
    [title] = held_places([normalize(document.meta.title)], tokens)
    weights = rarity(held) * np.where(title, CONTEXT_WEIGHT, 1.0) * held.any(axis=0)
    of_thing = np.array([[token in thing for token in tokens] for thing in things]) * weights
    wholes = of_thing.sum(axis=1, keepdims=True)
    return np.asarray(of_thing @ held.T / np.where(wholes, wholes, 1.0), dtype=np.float64)


def _effects(place: int, sentences: Sequence[Sentence], folded: Sequence[str]) -> Iterator[int]:
    """The sentences of the same paragraph that go on with what one states, up to the next step."""
    last = min(place + 1 + MOST_EFFECTS, len(sentences))
    for following in range(place + 1, last):
        one = sentences[following]
        apart = one.opens or one.section != sentences[place].section
        if apart or _STEP.match(folded[following]):
            return
        yield following


def _listed(
    sentences: Sequence[Sentence], texts: Sequence[str], likely: Floats, *, dated: bool
) -> set[int]:
    """Lists that the likeliest sentences introduce or are of; ``dated`` ones where they are asked for."""
    listings = listings_in(sentences, texts)
    least = ANCHORED * float(likely.max())
    anchors = [int(place) for place in np.argsort(-likely, kind="stable")[:MOST_ANCHORS]]
    order = [
        place
        for anchor in anchors
        if likely[anchor] >= least
        for one in listings
        for place in _shown(one, anchor, likely, texts, dated=dated)
    ]
    return _within(order, texts, LIST_ROOM)


def _shown(
    one: Listing, anchor: int, likely: Floats, texts: Sequence[str], *, dated: bool
) -> Iterable[int]:
    """What is shown of a list for a sentence, in the order in which it is.

    All of it where the sentence introduces it, or is one of its items and what introduces it is
    about the question, too; of an item that is a heading what stands under it. A dated list is
    shown from the sentence on, then from its beginning.
    """
    if one.kind == DATED:
        if not dated or not one.items[0] <= anchor < one.end:
            return ()
        begin = max(item for item in one.items if item <= anchor)
        return (*range(begin, one.end), *range(one.introduction, begin))
    about = anchor in one.items and likely[one.introduction] >= INTRODUCED * likely[anchor]
    if anchor == one.introduction or about:
        return range(one.introduction, one.end)
    if anchor in one.items and announces(texts[anchor]):
        after = [item for item in one.items if item > anchor]
        return range(anchor, after[0] if after else one.end)
    return ()


def _under_label(sentences: Sequence[Sentence], texts: Sequence[str], likely: Floats) -> set[int]:
    """What stands under the likeliest sentence, where it is a form's label."""
    best = int(likely.argmax())
    if not is_label(texts[best]):
        return set()
    return _within(range(best, block_end(best, sentences, texts)), texts, LIST_ROOM)


def _under_heading(
    document: Document,
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    question: QuestionAnalysis,
) -> set[int]:
    """What stands under the heading that names what is counted, each paragraph's beginning first."""
    title = normalize(document.meta.title)
    best, most = None, 0.0
    for place, text in enumerate(texts):
        share = _share_asked(text, question, title) if announces(text) else 0.0
        if share > most and block_end(place, sentences, texts) - place > SHORTEST_BLOCK:
            best, most = place, share
    if best is None:
        return set()
    block = range(best, block_end(best, sentences, texts))
    begins = [place for place in block if sentences[place].opens or place <= best + 1]
    return _within((*begins, *block), texts, TOTAL_ROOM)


def _share_asked(text: str, question: QuestionAnalysis, title: str) -> float:
    """Share of a heading's words that are asked for, without those that the title holds."""
    tokens = [
        token for token in tokenize(worded(text).folded) if token.removeprefix("_") not in title
    ]
    asked = [token for token in tokens if token in question.core and len(token.strip("_")) > 1]
    return len(asked) / len(tokens) if tokens else 0.0


def _sums(texts: Sequence[str], likely: Floats) -> set[int]:
    """The likeliest sentences that tell a sum."""
    telling = [
        place
        for place, text in enumerate(texts)
        if likely[place] >= TELLS_TOTAL and _SUM.search(text)
    ]
    return set(sorted(telling, key=lambda place: -float(likely[place]))[:MOST_TOTALS])


def _within(order: Iterable[int], texts: Sequence[str], room: float) -> set[int]:
    """The first of some sentences that have room; what is too long is passed over."""
    chosen: set[int] = set()
    used = 0.0
    for place in order:
        size = size_of(texts[place])
        if place not in chosen and (not chosen or used + size <= room):
            chosen.add(place)
            used += size
    return chosen
