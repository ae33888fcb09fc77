"""What a search finds, and what reading makes of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from hyqa.types.answers import Answer
from hyqa.types.documents import Chunk
from hyqa.types.foreseen import Match, Topic
from hyqa.types.questions import Query, QuestionAnalysis, Understanding


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a query found, with the parts of its score: a fused score is no confidence.

    ``dense_score`` is a cosine; ``sparse_score`` is what keywords see of the question in the
    chunk, 0 to 1, less where they see little of it anywhere or are translated. ``foreseen`` are
    the nearest of the questions that were foreseen for it, the nearest first; ``near_miss`` is the
    nearest of those that its document looks as if it answered, and does not. ``votes`` is the share
    of the nearest foreseen questions that lead to it, see :class:`Foresight`.
    """

    chunk: Chunk
    score: float
    dense_score: float
    sparse_score: float
    foreseen: tuple[Match, ...] = ()
    near_miss: Match | None = None
    votes: float = 0.0


@dataclass(frozen=True, slots=True)
class Foresight:
    """How near the questions that were foreseen for an index are to one that was asked.

    ``best`` is the likeness of the nearest one that is answered, ``usual`` the mean of those that
    came near, ``best_near_miss`` that of the nearest that its document does not answer. ``topic``
    is the nearest of what no passage answers, ``topic_likeness`` its nearest wording's, and
    ``topic_share`` that of the nearest foreseen questions of all that are its wordings.
    ``unanswered`` is the share of the nearest ones of all, weighed by likeness, that no document
    answers.
    """

    best: float
    usual: float
    best_near_miss: float
    topic: Topic | None = None
    topic_likeness: float = -1.0
    topic_share: float = 0.0
    unanswered: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best hits for a query, and what the scores of all that came near look like.

    ``cross_lingual`` are the best hits in another language than the question's, among ``hits`` or
    not, and ``mean_cross_lingual_score`` is the mean of what came near of them.
    ``usual_dense_score`` is what any passage reaches. ``foreseen`` are the hits to which foreseen
    questions lead, the nearest first, among ``hits`` or not; ``foresight`` is what these come near
    to, None where none were foreseen.
    """

    hits: tuple[Hit, ...]
    mean_score: float
    mean_dense_score: float
    cross_lingual: tuple[Hit, ...] = ()
    mean_cross_lingual_score: float = 0.0
    mean_sparse_score: float = 0.0
    usual_dense_score: float = 0.0
    foreseen: tuple[Hit, ...] = ()
    foresight: Foresight | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: ``text[start:end]``, without the white space around it.

    ``section`` is the place of its section among the document's; ``opens`` says whether it begins
    a line.
    """

    start: int
    end: int
    section: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of a passage: how likely it answers, and by which sentences.

    Attributes:
        hit: the passage, as it was found.
        logit: estimated log-odds that it answers the question.
        features: the numbers that these come from, by name.
        threshold: the probability from which it is shown as an answer.
        limits: names of what bounded the log-odds, such as ``kind`` (no text of the kind that is
            asked for); () where nothing did.
        sentences: the sentences near it, of a passage that is quoted.
        sentence_scores: for each of them, how likely it is part of the answer, 0 to 1.
    """

    hit: Hit
    logit: float
    features: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 0.5
    limits: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    sentence_scores: tuple[float, ...] = ()

    @property
    def answer_probability(self) -> float:
        """Estimated probability, 0 to 1, that the passage answers."""
        return 1 / (1 + math.exp(-self.logit))

    @property
    def answers(self) -> bool:
        """Whether it is likely enough to be shown as an answer."""
        return self.answer_probability >= self.threshold


@dataclass(frozen=True, slots=True)
class Step:
    """One query on its way through search, reading, quoting and the decision.

    ``purpose`` says what it was asked for: the question itself, or one of the questions that a
    message of several things is answered by.
    """

    purpose: str
    query: Query
    analysis: QuestionAnalysis
    ranking: Ranking
    readings: tuple[Reading, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer, and how it came about.

    ``steps`` are the queries in the order in which they were answered; ``chosen`` is the place of
    the one that answers the question as a whole, alone or with the others. Small talk takes none.
    """

    answer: Answer
    understanding: Understanding
    steps: tuple[Step, ...]
    chosen: int = 0

    @property
    def query(self) -> Query:
        """What was searched for."""
        return self.steps[self.chosen].query

    @property
    def ranking(self) -> Ranking:
        """What the search found; nothing for small talk."""
        return self.steps[self.chosen].ranking if self.steps else Ranking((), 0.0, 0.0)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was made of the best hits, the likeliest answer first."""
        return self.steps[self.chosen].readings if self.steps else ()

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents in the engine's order: as read, then as found."""
        hits = (*(one.hit for one in self.readings), *self.ranking.hits)
        return tuple(dict.fromkeys(hit.chunk.document_id for hit in hits))
