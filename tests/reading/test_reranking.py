"""The second look: by what passages hold, by the year, and by a CrossEncoder."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hyqa import EncoderError, Engine, HashEncoder
from hyqa.config import Settings
from hyqa.index.build import Index
from hyqa.index.search import retrieve
from hyqa.models import CrossEncoderReranker, Vectors, load_reranker
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.reading import reader_of
from hyqa.reading.confidence import READER
from hyqa.reading.cross_encoder import CrossEncoderReader
from hyqa.reading.lexical import LexicalReader
from hyqa.reading.reranking import SECOND_LOOK, SECOND_LOOK_CROSS_LINGUAL, Candidate, candidates_of
from hyqa.types import Language, Query, Ranking

TODAY = date(2025, 11, 1)


def _ranking(query: Query, index: Index, as_of: date = TODAY) -> Ranking:
    return retrieve(index, HashEncoder(), query, top_k=50, as_of=as_of)


def _candidates(query: Query, index: Index, ranking: Ranking) -> tuple[Candidate, ...]:
    return candidates_of(index, query, analyse(query, index), ranking)


def test_the_passage_that_holds_what_is_asked_comes_first(index: Index) -> None:
    query = make_query("青螺洲工业园规划面积多大")
    candidates = _candidates(query, index, _ranking(query, index))
    assert "12.5平方公里" in candidates[0].hit.chunk.text
    assert SECOND_LOOK <= len(candidates) <= SECOND_LOOK + SECOND_LOOK_CROSS_LINGUAL
    scores = [one.rank_score for one in candidates]
    assert scores == sorted(scores, reverse=True)


def test_a_figure_in_both_languages_does_not_lift_text_in_another(index: Index) -> None:
    query = make_query("Is it paid for 36 months, as No. 8 of 2025 says?")
    candidates = _candidates(query, index, _ranking(query, index))
    abroad = [one for one in candidates if one.meta.language is Language.CHINESE]
    assert max(one.support.together for one in abroad) > 0
    assert all(one.rank_score <= one.hit.score for one in abroad)
    own = [one for one in candidates if one.meta.language is Language.ENGLISH]
    assert any(one.rank_score > one.hit.score for one in own)


def test_what_names_the_year_that_is_meant_gains(index: Index) -> None:
    query = make_query("博士生活补贴")
    ranking = _ranking(query, index)
    metas = {one.hit.chunk.document_id: one for one in _candidates(query, index, ranking)}
    dated = _candidates(replace(query, as_of_year="2025"), index, ranking)
    assert all(
        one.rank_score == metas[one.hit.chunk.document_id].rank_score
        for one in dated
        if "20" not in one.meta.title and one.hit == metas[one.hit.chunk.document_id].hit
    )


def test_as_of_a_year_the_newest_of_it_leads(index: Index) -> None:
    today, then = date(2026, 3, 1), date(2025, 12, 31)
    question = "全日制博士到企业工作每月发放生活补贴多少元"
    for as_of, year in ((today, "2026"), (then, "2025")):
        query = make_query(question, as_of=as_of)
        assert query.as_of_year == year
        best = _candidates(query, index, _ranking(query, index, as_of))[0]
        assert best.meta.issued.startswith(year)
    assert make_query("2020年的补贴", as_of=then).as_of_year == ""


def test_without_hits_there_is_nothing_to_order(index: Index) -> None:
    assert _candidates(make_query("补贴"), index, Ranking((), 0.0, 0.0)) == ()


class Prefers:
    """Gives a passage that holds some words high log-odds, and all others low ones."""

    def __init__(self, words: str) -> None:
        self._words = words

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        return np.array([8.0 if self._words in one else -8.0 for one in passages], np.float32)


def test_a_cross_encoder_reaches_both_order_and_probability(index: Index) -> None:
    query = make_query("博士有什么补贴")
    question, ranking = analyse(query, index), _ranking(query, index)
    lexical = LexicalReader(index).read(query, question, ranking)
    preferred = next(one for one in lexical if "购房补贴15万元" in one.hit.chunk.text)
    assert lexical[0].hit != preferred.hit
    readings = CrossEncoderReader(index, Prefers("购房补贴15万元")).read(query, question, ranking)
    assert readings[0].hit == preferred.hit
    assert readings[0].answer_probability > preferred.answer_probability
    same = next(one for one in readings if one.hit == lexical[0].hit)
    assert same.answer_probability < lexical[0].answer_probability
    assert same.features[READER] == -8


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A CrossEncoder of one layer, without weights that anyone trained."""
    from transformers import BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"博士补贴园区面积"]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), encoding="utf-8")
    config = BertConfig(
        vocab_size=32,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    yield str(folder)


@pytest.mark.filterwarnings("ignore")
def test_a_cross_encoder_scores_pairs_and_answers(tiny: str, index: Index) -> None:
    reranker = load_reranker("", Settings(reranker=tiny))
    assert isinstance(reranker, CrossEncoderReranker)
    scores = reranker.scores("博士补贴", ["博士补贴", "园区面积", "\ud800\0"])
    assert scores.shape == (3,) and np.isfinite(scores).all()
    assert reranker.scores("博士", []).shape == (0,)
    trace = Engine(index, HashEncoder(), reader_of(index, reranker=reranker)).trace(
        "博士生活补贴", as_of=TODAY
    )
    texts = [
        f"{index.store.document(one.hit.chunk.document_id).meta.title}\n{one.hit.chunk.text}"
        for one in trace.readings
    ]
    ordered = reranker.scores("博士生活补贴", texts)
    assert (np.diff(ordered) <= 1e-5).all()


@pytest.mark.filterwarnings("ignore")
def test_a_reranker_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="CrossEncoder"):
        load_reranker(str(tmp_path / "none"))


def test_without_a_choice_there_is_no_reranker() -> None:
    assert load_reranker("", Settings()) is None
