"""What foreseen questions say of a passage, as numbers beside those of the lexical reader."""

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from hyqa.index.build import Index
from hyqa.index.foreseen import NONE
from hyqa.reading.reranking import Candidate
from hyqa.text.scripts import simplify
from hyqa.text.tokens import content_tokens
from hyqa.types import Foresight, Query, Ranking, TopicKind

MOST = 8.0
"""Log-odds of the lexical reader that are told apart: beyond them it is sure."""
FAR = 0.2
"""As far apart as likenesses are told: what is not foreseen at all is as far as that."""


def features_of(
    index: Index,
    query: Query,
    candidates: Sequence[Candidate],
    ranking: Ranking,
    lexical: Sequence[tuple[float, Mapping[str, float]]],
) -> list[dict[str, float]]:
    """Describe candidates for the model that has seen foreseen questions.

    Args:
        index: tells how much words weigh.
        query: what was searched for.
        candidates: the passages that were looked at closely.
        ranking: what the search found, with its ``foresight``.
        lexical: for each candidate, the lexical reader's log-odds and features.

    Returns:
        For each candidate numbers by name: the lexical reader's own, and

        - ``lexical``: its log-odds, bounded;
        - ``abroad``: 1 for text in another language than the question's;
        - ``near``, ``nearness``: likeness of the nearest question that was foreseen for the
          passage, above what is usual and as it is; ``second``: of the next one;
        - ``behind``: how far it is behind the nearest of all; ``ahead``: how far it is ahead of
          the nearest one of the other candidates;
        - ``miss``, ``missed``: likeness of the nearest near miss of its document, above its own
          nearest question's and above what is usual;
        - ``gap``: the same of the nearest topic that the corpus lacks;
        - ``votes``, ``unanswered``: share of the nearest foreseen questions of all that lead to the
          passage, and of those that no document answers;
        - ``asked_held``, ``foreseen_held``: share of the weight of the asked words that the
          nearest foreseen question has, and the reverse;
        - ``follows``: 1 for a question in a conversation;
        - ``line_held``, ``line_foreseen``: of its last line alone, the share of the weight of the
          asked words that the passage has, and that the nearest foreseen question has;
        - ``talk_held``, ``talk_foreseen``: the same of the last line and those that it follows;
        - ``told``: 1 where the words that answer that were shown by the answer before;
        - ``title_talked``, ``foreseen_talked``: share of the weight of its title, and of the nearest
          foreseen question, that was said in the conversation, by either side; 0 outside of one;
        - ``rank``: how far its score is behind the best;
        - ``other_site``, ``bare``, ``other_year``, ``unnamed``, ``elsewhere``: what the lexical
          reader bounds it for.
    """
    foresight = ranking.foresight or Foresight(NONE, 0.0, NONE)
    asked = dict.fromkeys(query.content or query.tokens)
    line = list(dict.fromkeys(content_tokens(query.question))) or list(asked)
    talk = list(dict.fromkeys(content_tokens(query.asked))) or line
    best = max((one.hit.score for one in candidates), default=0.0)
    nearest = [(_likeness(one, 0), _text(one)) for one in candidates]
    of_asked, of_line, of_talk = (_Weighed(index, tokens) for tokens in (asked, line, talk))
    said = _tokens_said(query)
    found: list[dict[str, float]] = []
    for one, (logit, numbers), (near, text) in zip(candidates, lexical, nearest, strict=True):
        others = [value for value, other in nearest if other != text]
        miss = one.hit.near_miss.likeness if one.hit.near_miss else NONE
        gap = foresight.topic_likeness if _is_gap(foresight) else NONE
        support = one.support
        folded, own = simplify(one.hit.chunk.text).lower(), _tokens(text)
        found.append(
            {
                **numbers,
                "lexical": max(-MOST, min(MOST, logit)),
                "abroad": float(one.meta.language is not query.language),
                "near": _above(near, foresight.usual),
                "nearness": near,
                "second": _above(_likeness(one, 1), foresight.usual),
                "behind": _above(near, foresight.best),
                "ahead": _above(near, max(others, default=foresight.usual)),
                "miss": _above(miss, max(near, foresight.usual)),
                "missed": _above(miss, foresight.usual),
                "gap": _above(gap, max(near, foresight.usual)),
                "votes": one.hit.votes,
                "unanswered": foresight.unanswered,
                "asked_held": of_asked.held_by(own),
                "foreseen_held": of_asked.part_of(own),
                "follows": float(query.follows),
                "line_held": of_line.held_by(folded),
                "line_foreseen": of_line.held_by(own),
                "talk_held": of_talk.held_by(folded),
                "talk_foreseen": of_talk.held_by(own),
                "told": float(_was_told(one, query.told)),
                "title_talked": _said(index, one.meta.title, said),
                "foreseen_talked": _said(index, text, said),
                "rank": one.hit.score - best,
                "other_site": float(support.other_site),
                "bare": float(support.bare),
                "other_year": float(support.other_year),
                "unnamed": float(support.unnamed),
                "elsewhere": support.elsewhere,
            }
        )
    return found


def _tokens_said(query: Query) -> frozenset[str]:
    """What was said in the conversation, the question included; nothing outside of one."""
    said = "\n".join([*query.followed, query.told, query.question]) if query.follows else ""
    return frozenset(content_tokens(simplify(said)))


def _said(index: Index, text: str, talked: frozenset[str]) -> float:
    """Share of the weight of a text's tokens that was said in a conversation; 0 where none was."""
    return _Weighed(index, _tokens(text)).held_by(talked) if talked else 0.0


def _likeness(one: Candidate, place: int) -> float:
    matches = one.hit.foreseen
    return matches[place].likeness if place < len(matches) else NONE


def _text(one: Candidate) -> str:
    return one.hit.foreseen[0].text if one.hit.foreseen else ""


def _is_gap(foresight: Foresight) -> bool:
    return foresight.topic is not None and foresight.topic.kind is TopicKind.GAP


def _above(value: float, other: float) -> float:
    """How far a likeness is above another; no more below it than anything that was foreseen is."""
    return max(value - other, -FAR)


class _Weighed:
    """Asked tokens with their weights, each of which is looked up once for all candidates."""

    def __init__(self, index: Index, tokens: Iterable[str]) -> None:
        self._weight = index.sparse.idf
        self._weights = {token: self._weight(token) for token in tokens}
        self._total = sum(self._weights.values())

    def held_by(self, other: Container[str]) -> float:
        """Share of their weight that a text has, folded as they are, or other tokens."""
        return self._held(other) / self._total if self._total else 0.0

    def part_of(self, own: Sequence[str]) -> float:
        """Share of the weight of a foreseen question's tokens that is asked."""
        total = sum(map(self._weight, own))
        return self._held(own) / total if total else 0.0

    def _held(self, other: Container[str]) -> float:
        return sum(weight for token, weight in self._weights.items() if token in other)


def _was_told(one: Candidate, told: str) -> bool:
    """Whether what answers the nearest foreseen question was shown before."""
    if not told or not one.hit.foreseen:
        return False
    match, chunk = one.hit.foreseen[0], one.hit.chunk
    words = chunk.text[max(0, match.start - chunk.start) : max(0, match.end - chunk.start)]
    return bool(words) and words in told


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    """Distinct content tokens of a foreseen question or a title, in order, so that sums are the same."""
    return tuple(dict.fromkeys(content_tokens(simplify(text))))
