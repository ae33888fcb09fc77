import tempfile
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.sparse import K1, B, SparseIndex
from hyqa.text.packing import packed
from hyqa.text.tokens import tokenize
from hyqa.types.errors import SnapshotError

TEXTS = [
    "博士每月生活补贴3000元",
    "博士一次性购房补贴15万元，博士购房",
    "青螺洲工业园规划面积12.5平方公里",
    "The park is built in three phases",
    "",
]
WORDS = st.lists(st.sampled_from(["a", "b", "c", "补贴", "_补贴", "x"]), max_size=6)


@pytest.fixture
def sparse() -> SparseIndex:
    return SparseIndex.build([tokenize(text) for text in TEXTS])


def test_an_index_has_a_row_for_each_text_even_an_empty_one(sparse: SparseIndex) -> None:
    assert len(sparse) == len(TEXTS)
    assert sparse.scores(tokenize("博士")).shape == (len(TEXTS),)


def test_the_text_with_most_of_the_question_scores_highest(sparse: SparseIndex) -> None:
    assert int(np.argmax(sparse.scores(tokenize("博士的生活补贴")))) == 0
    assert int(np.argmax(sparse.scores(tokenize("博士购房")))) == 1
    assert int(np.argmax(sparse.scores(tokenize("Which phase of the park?")))) == 3


def test_a_question_of_unknown_words_scores_nothing(sparse: SparseIndex) -> None:
    assert not sparse.scores(["unheard"]).any()
    assert not sparse.scores([]).any()
    assert not sparse.scores([], ["补贴"]).any()


def test_rows_that_fill_a_part_to_the_last_token_are_indexed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [["a", "b"], ["b", "c"]]
    whole = SparseIndex.build(rows)
    monkeypatch.setattr("hyqa.index.sparse._PART", 2)
    joined = SparseIndex.joined([packed([row]) for row in rows])
    assert joined.scores(["b", "c"]).tolist() == whole.scores(["b", "c"]).tolist()


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS, WORDS)
def test_scores_lie_between_0_and_1(
    rows: list[list[str]], question: list[str], synonyms: list[str]
) -> None:
    scores = SparseIndex.build(rows).scores(question, synonyms)
    assert scores.dtype == np.float32
    assert scores.shape == (len(rows),)
    assert np.all((scores >= 0) & (scores <= 1))


@given(st.lists(st.lists(WORDS, max_size=4), min_size=1, max_size=4))
def test_rows_packed_by_parts_are_indexed_as_all_at_once(parts: list[list[list[str]]]) -> None:
    whole = SparseIndex.build([row for part in parts for row in part])
    joined = SparseIndex.joined([packed(part) for part in parts])
    assert _files(whole) == _files(joined)


def _files(sparse: SparseIndex) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        sparse.save(Path(folder))
        return {path.name: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS.filter(bool))
def test_a_row_scores_what_its_tokens_give_together(
    rows: list[list[str]], question: list[str]
) -> None:
    sparse = SparseIndex.build(rows)
    distinct = dict.fromkeys(question)
    weights = {token: sparse.idf(token) for token in distinct}
    alone = sum(weights[token] * sparse.scores([token]) for token in distinct)
    together = np.asarray(alone) / sum(weights.values())
    np.testing.assert_allclose(sparse.scores(question), together, rtol=1e-5)


def test_of_words_that_mean_the_same_the_best_adds_to_a_score() -> None:
    sparse = SparseIndex.build([["a", "b", "c"], ["a", "b"], ["a"], ["x"]])
    both, one, none, other = sparse.scores(["a", "x"], equals=[["b", "c"]]).tolist()
    assert both == pytest.approx(max(sparse.scores(["a", "x"], equals=[[t]])[0] for t in "bc"))
    assert both >= one > none > 0 and other > 0


def test_repeating_a_word_of_the_question_changes_nothing(sparse: SparseIndex) -> None:
    once = sparse.scores(["博士", "补贴"])
    assert np.array_equal(once, sparse.scores(["博士", "补贴", "博士", "博士"]))


def test_a_synonym_adds_less_than_the_word_itself(sparse: SparseIndex) -> None:
    own = sparse.scores(["博士", "购房"])
    asked = sparse.scores(["博士"])
    helped = sparse.scores(["博士"], ["购房"])
    assert asked[1] < helped[1] <= 1
    assert helped[0] == asked[0]
    assert helped[1] > own[0]


def test_it_knows_its_tokens_and_the_rows_that_hold_them(sparse: SparseIndex) -> None:
    assert "补贴" in sparse
    assert "unheard" not in sparse
    assert sparse.rows_with(["补贴", "购房"]).tolist() == [1]
    assert sparse.rows_with(["补贴"]).tolist() == [0, 1]
    assert sparse.rows_with(["补贴", "unheard"]).tolist() == []
    assert sparse.rows_with([]).tolist() == []
    assert sparse.share("补贴") == 2 / len(TEXTS)
    assert sparse.share("unheard") == 0
    assert set(sparse.tokens()) == {token for text in TEXTS for token in tokenize(text)}


def test_rarer_tokens_weigh_more_and_unknown_ones_most(sparse: SparseIndex) -> None:
    assert sparse.idf("unheard") > sparse.idf("购房") > sparse.idf("补贴") > 0


def test_an_english_word_stands_for_its_stem(sparse: SparseIndex) -> None:
    assert sparse.token_of("phases") in sparse
    assert sparse.token_of("补贴") == "补贴"


@pytest.mark.parametrize("rows", [[[]], [[], []], [["a"]]])
def test_an_index_of_hardly_any_words_works(rows: list[list[str]], tmp_path: Path) -> None:
    SparseIndex.build(rows).save(tmp_path)
    loaded = SparseIndex.load(tmp_path)
    assert len(loaded) == len(rows)
    assert np.isfinite(loaded.scores(["a", "b"])).all()


def test_a_saved_index_scores_the_same(sparse: SparseIndex, tmp_path: Path) -> None:
    sparse.save(tmp_path)
    loaded = SparseIndex.load(tmp_path)
    assert len(loaded) == len(sparse)
    assert set(loaded.tokens()) == set(sparse.tokens())
    for text in TEXTS:
        assert np.array_equal(loaded.scores(tokenize(text)), sparse.scores(tokenize(text)))
        assert np.array_equal(loaded.rows_with(tokenize(text)), sparse.rows_with(tokenize(text)))


def test_files_that_are_missing_or_damaged_are_refused(sparse: SparseIndex, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError):
        SparseIndex.load(tmp_path)
    sparse.save(tmp_path)
    for file in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        whole = file.read_bytes()
        for content in (b"", b"null", b"[]", whole[:9], whole[: len(whole) // 2]):
            file.write_bytes(content)
            with pytest.raises(SnapshotError, match="hyqa index"):
                SparseIndex.load(tmp_path)
        file.write_bytes(whole)


@given(st.lists(st.lists(st.sampled_from("补贴园区钟表企业ab"), max_size=30), max_size=40))
def test_scores_are_those_of_bm25s_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    index = SparseIndex.build(rows)
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(token, len(numbers)) for token in row] for row in rows]
    assert index.tokens() == list(numbers)
    folder = tmp_path_factory.mktemp("sparse")
    index.save(folder)
    found = SparseIndex.load(folder)
    assert len(found) == len(rows) and found.tokens() == index.tokens()
    if numbers:
        library = bm25s.BM25(method="lucene", k1=K1, b=B)
        words = (ids, {**numbers, "": len(numbers)})
        library.index(words, show_progress=False, create_empty_token=False)
        for kind in ("data", "indices", "indptr"):
            kept = np.load(folder / "sparse" / f"{kind}.csc.index.npy")
            assert np.array_equal(kept, library.scores[kind])
    else:
        assert not found.scores(["a"]).any()


def test_files_of_two_indexes_are_refused(sparse: SparseIndex, tmp_path: Path) -> None:
    sparse.save(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    SparseIndex.build([["a"], ["b"]]).save(other)
    (file,) = (other / "sparse").glob("data*")
    file.replace(tmp_path / "sparse" / file.name)
    with pytest.raises(SnapshotError, match="hyqa index"):
        SparseIndex.load(tmp_path)
