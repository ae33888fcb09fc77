"""Hybrid retrieval: candidates from both halves, scored by what each can see of the question.

Both scores are absolute, so that they may be added and compared between questions: the sparse
one is the reached share of the most that the query's keywords could give, the dense one a
cosine. Measured as right document first, against z-normalised scores at their best weight:
.849 (.852) on Chinese policy, .597 (.211) on English questions over Chinese text, .970 (.955)
and .589 (.583) on two more Chinese sets, .800 (.771) on English conversations.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hyqa.index.build import Index
from hyqa.index.dense import highest
from hyqa.index.foreseen import NONE, Likeness, Votes
from hyqa.models import Encoder, Vectors, encode_questions
from hyqa.types import Foresight, Hit, Language, Query, Ranking

MEANING_WEIGHT = 3.0
"""What a cosine counts for beside the keyword score. Cosines of this model differ by about .1
between a good and a poor passage, keyword scores by about .3; 2 to 4 did about equally well."""
TRANSLATED_WEIGHT = 0.5
"""What a keyword score of translated words counts for beside a cosine, where one of the question's
own counts 1: .25 to 1 put the right document first for .79 to .82 of the English questions over
Chinese text, where the dense half alone does for .68."""
FULL_VISIBILITY = 0.2
"""Best keyword score in the corpus from which keywords count in full. Below it they hardly see
the question (English words and Chinese text: .08 in the middle, Chinese and Chinese: .31), and
count for less in proportion."""
SAME_LANGUAGE_BONUS = 0.15
"""For text in the asker's language, beside what cosines give it for being that (see ``_gap``): it
wins where it answers about as well. From .15 on it did on fourteen questions that documents of the
shipped corpus answer in both languages."""
EXPIRED_PENALTY = 0.1
"""For documents past their last day: they do not lead where another answers about as well, and
are still found where they are what is asked for."""
OPENING_SHARE = 0.15
"""Share that the scores of a document's first chunk have in those of each of its chunks: a document
that opens with what is asked is about it, one that comes upon it in passing rarely answers as well.
The right document came first for .864 of ncp_policy's questions (without .852), .714 of domainrag's
(.656), .789 of xquad_en_zh's (.785) and .894 of mtrag_un's (.876); .1 to .25 did about as well."""
YEAR_BONUS, AGE_PENALTY = 0.035, 0.007
"""Where the answer should be of some year: for documents issued in it, and for each year that one
was issued before it. From the same fit as :data:`hyqa.reading.reranking.WEIGHTS`, on domainrag."""
EARLIER_SHARE = np.float32(0.45)
"""What the meaning of earlier questions counts for beside that of one that stands by itself. With
it and their words as synonyms the right passage was first for .87 of mtrag_un's questions in
conversation (without .80) and among five for .97 (.92); of 150 questions put after others on
another subject, for .89 (.88). .2 to .5 did the same."""
UNKNOWN_AGE = 3
"""Years that a document of unknown date counts as old."""
TOP_K = 12
"""Hits that are given back."""
CROSSED = 10
"""Hits in another language than the question's that are given back besides."""
NEAR = 50
"""Hits whose mean score the best one's is compared with."""
FORESEEN = 5
"""Hits to which the nearest foreseen questions lead that are given back besides."""
MATCHES = 6
"""Foreseen questions that are told of each hit."""
POOL = 100
"""Candidates taken from each half; both scores are then known for all of them."""
Floats = NDArray[np.float64]


def retrieve(
    index: Index, encoder: Encoder, query: Query, *, top_k: int = TOP_K, as_of: date
) -> Ranking:
    """Find the chunks that best fit a query.

    Args:
        index: an index that the encoder made.
        encoder: encodes the question.
        query: what to search for.
        top_k: number of hits at most.
        as_of: documents issued later are left out, those expired by then ranked lower.

    Returns:
        Hits, best first, and the means of the best ``NEAR`` scores.
    """
    vectors = encode_questions(encoder, [*meant_by(query), query.asked])
    vector = meaning_of(vectors.meaning[:-1])
    return rank(index, query, vector, vectors.asking[-1], top_k=top_k, as_of=as_of)


def meant_by(query: Query) -> list[str]:
    """The texts whose vectors say what a query means."""
    return [query.encoded, *query.earlier]


def meaning_of(vectors: Vectors) -> Vectors:
    """What a query means, by the vectors of :func:`meant_by`; of shape (dimension,)."""
    vector, *earlier = vectors
    if earlier:
        vector = vector + EARLIER_SHARE * np.mean(earlier, axis=0)
        vector /= np.linalg.norm(vector)
    return np.asarray(vector, dtype=np.float32)


def most_of_all(index: Index, query: Query, vector: Vectors, *, as_of: date) -> Floats:
    """Score all rows of a part of an index, no lower than :func:`rank` scores them in the whole of it.

    Args:
        index: a few rows of another one, with the weights of that.
        query: what is searched for.
        vector: what it means, see :func:`meaning_of`.
        as_of: as for :func:`retrieve`.
    """
    keyword = _keyword_scores(index, query, FULL_VISIBILITY)
    rows = np.arange(len(keyword))
    return _scores(index, query, vector, rows, keyword, index.dense.cosines(vector), as_of)


def rank(
    index: Index,
    query: Query,
    vector: Vectors,
    asking: Vectors,
    *,
    top_k: int,
    as_of: date,
    unforeseen: Sequence[int] = (),
) -> Ranking:
    """Find and score chunks like :func:`retrieve`, for a question that is already encoded.

    ``vector`` is compared with passages, ``asking`` with foreseen questions. ``unforeseen`` are the numbers of foreseen questions to leave out, as those that are themselves
    asked when models are fitted.
    """
    keyword = _keyword_scores(index, query)
    crossed = index.validity.chinese != (query.language is Language.CHINESE)
    cosines = index.dense.cosines(vector)
    likeness = index.foreseen.likeness(asking, query.tokens, but=unforeseen)
    rows = _candidates(index, cosines, keyword, crossed, likeness.answered, as_of.isoformat())
    if not len(rows):
        return Ranking((), 0.0, 0.0)
    sparse, dense = keyword[rows], cosines[rows]
    scores = _scores(index, query, vector, rows, keyword, cosines, as_of)
    order = np.argsort(-scores, kind="stable")
    other = order[crossed[rows[order]]]
    led_to = _nearest_foreseen(likeness.answered[rows])
    chosen = np.concatenate([order[:top_k], other[:CROSSED], led_to]).tolist()
    distinct = [*dict.fromkeys(chosen)]
    votes = index.foreseen.votes(likeness.of_questions)
    chunks = index.store.chunks([int(rows[i]) for i in distinct])
    made = {
        i: Hit(
            chunk,
            float(scores[i]),
            float(dense[i]),
            float(sparse[i]),
            index.foreseen.matches(likeness, int(rows[i]), MATCHES),
            index.foreseen.near_miss(likeness, int(rows[i])),
            votes.of_rows.get(int(rows[i]), 0.0),
        )
        for chunk, i in zip(chunks, distinct, strict=True)
    }
    hits = tuple(made[i] for i in chosen)
    best, abroad = len(order[:top_k]), len(other[:CROSSED])
    return Ranking(
        hits=hits[:best],
        mean_score=float(scores[order[:NEAR]].mean()),
        mean_dense_score=float(dense[order[:NEAR]].mean()),
        mean_sparse_score=float(sparse[order[:NEAR]].mean()),
        usual_dense_score=index.dense.usual(vector),
        cross_lingual=hits[best : best + abroad],
        mean_cross_lingual_score=float(scores[other[:NEAR]].mean()) if len(other) else 0.0,
        foreseen=hits[best + abroad :],
        foresight=_foresight(index, likeness, votes),
    )


def _scores(
    index: Index,
    query: Query,
    vector: Vectors,
    rows: NDArray[np.int64],
    keyword: NDArray[np.float32],
    cosines: NDArray[np.float32],
    as_of: date,
) -> Floats:
    """Scores of some rows, by the keyword scores and cosines of all."""
    crossed = index.validity.chinese[rows] != (query.language is Language.CHINESE)
    gaps = np.where(crossed, _gap(index, query, vector), 0.0)
    openings = index.validity.openings[rows]
    seen = _shared(keyword[rows], keyword[openings])
    meant = _shared(cosines[rows], cosines[openings])
    return seen + MEANING_WEIGHT * (meant + gaps) + _adjustment(index, query, rows, as_of)


def _nearest_foreseen(answered: NDArray[np.float32]) -> NDArray[np.int64]:
    """Places of the rows to which the nearest foreseen questions lead, the nearest first."""
    order = np.argsort(-answered, kind="stable")[:FORESEEN]
    return order[answered[order] > NONE]


def _foresight(index: Index, likeness: Likeness, votes: Votes) -> Foresight | None:
    if not len(index.foreseen):
        return None
    near = likeness.of_questions[highest(likeness.of_questions, NEAR)]
    nearest = index.foreseen.nearest_topic(likeness.of_questions, votes)
    return Foresight(
        best=float(likeness.answered.max()),
        usual=float(near.mean()),
        best_near_miss=float(likeness.missed.max()),
        topic=nearest.topic if nearest else None,
        topic_likeness=nearest.likeness if nearest else NONE,
        topic_share=nearest.share if nearest else 0.0,
        unanswered=votes.unanswered,
    )


def _keyword_scores(index: Index, query: Query, elsewhere: float = 0.0) -> NDArray[np.float32]:
    """Score of every row by what keywords see of it, in each language by that language's words.

    ``elsewhere`` is the best keyword score of rows that the index is not given.
    """
    own = index.sparse.scores(query.tokens, query.before, query.equals)
    visible = min(1.0, max(float(own.max()), elsewhere) / FULL_VISIBILITY)
    scores = np.float32(visible) * own
    crossed = index.validity.chinese != (query.language is Language.CHINESE)
    if crossed.any():
        groups = index.translations.groups(query)
        translated = np.float32(TRANSLATED_WEIGHT) * index.sparse.group_scores(groups)
        scores = np.where(crossed, translated, scores)
    return scores


def _shared(own: NDArray[np.float32], opening: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores of chunks, those of the first chunks of their documents taken in."""
    return (1 - OPENING_SHARE) * own + OPENING_SHARE * opening.astype(np.float64)


def _gap(index: Index, query: Query, vector: NDArray[np.float32]) -> float:
    """How much lower cosines are, in the mean, with text in another language than the question's.

    Encoders put texts of a language near each other (e5-small: .05 to .07), so that any text in
    the asker's language would stand before the one that answers in another.
    """
    gap = float(index.language_gap @ vector)
    return max(0.0, gap if query.language is Language.CHINESE else -gap)


def _candidates(
    index: Index,
    cosines: NDArray[np.float32],
    keyword: NDArray[np.float32],
    crossed: NDArray[np.bool_],
    answered: NDArray[np.float32],
    day: str,
) -> NDArray[np.int64]:
    """The rows that a half or a foreseen question finds, ascending: of the dense half, both languages."""
    known = index.validity.issued <= day
    # As many more as are dropped below, or later documents could crowd out all earlier ones.
    pool = POOL + int(np.count_nonzero(~known))
    found = np.zeros(len(keyword), dtype=bool)
    found[highest(cosines, pool)] = True
    if crossed.any() and not crossed.all():
        among = np.flatnonzero(crossed)
        found[among[highest(cosines[among], pool)]] = True
    by_keyword = highest(keyword, pool)
    found[by_keyword[keyword[by_keyword] > 0]] = True
    by_question = highest(answered, pool)
    found[by_question[answered[by_question] > NONE]] = True
    return np.flatnonzero(found & known)


def _adjustment(
    index: Index, query: Query, rows: NDArray[np.int64], as_of: date
) -> NDArray[np.float64]:
    same = index.validity.chinese[rows] == (query.language is Language.CHINESE)
    expires = index.validity.expires[rows]
    # Reduced dates mean their whole month or year: 2024 has expired when 2025 comes.
    # One that was in force in a year the question names is what is asked for.
    day = min([*query.years, as_of.isoformat()])
    expired = (expires != "") & (expires < day)
    expired[expired] = [not day.startswith(end) for end in expires[expired].tolist()]
    bonus = np.where(same, SAME_LANGUAGE_BONUS, 0.0) - np.where(expired, EXPIRED_PENALTY, 0.0)
    return bonus + _timeliness(index.validity.issued[rows], query.as_of_year)


def _timeliness(issued: NDArray[np.str_], year: str) -> NDArray[np.float64]:
    """What the year of issue counts for where the answer should be of some year."""
    if not year:
        return np.zeros(len(issued))
    of_year = np.char.startswith(issued, year)
    ages = [int(year) - int(date[:4]) if date else UNKNOWN_AGE for date in issued.tolist()]
    return YEAR_BONUS * of_year - AGE_PENALTY * np.maximum(0, ages)
