from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyqa.index.build import Index, build_index, open_index
from hyqa.index.lexicon import Lexicon
from hyqa.models import HashEncoder
from hyqa.question.spelling import Speller
from hyqa.text.names import Gazetteer
from hyqa.types.errors import SnapshotError

TEXT = """\
# 云岭市园区概况

云岭高新技术产业开发区（简称云岭高新区）在城东，青螺高新技术产业开发区（以下简称“青螺高新区”）在城南。
云岭高新区有纺织企业，青螺高新区有造船企业。鹭鸣铁路货场在城北，鹭鸣铁路货场每年装车。
船用电缆基地由云岭市建设，船用电缆基地已经投产。学校开展了军训。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    corpus, root = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (corpus / "parks.md").write_text(TEXT, encoding="utf-8")
    (corpus / "glossary.toml").write_text('[kinds]\nshortened = "区"\n', encoding="utf-8")
    build_index(corpus, root, HashEncoder())
    return open_index(root)


@pytest.fixture(scope="module")
def speller(index: Index) -> Speller:
    return Speller(index)


def test_names_are_what_texts_repeat_or_shorten_themselves(index: Index) -> None:
    assert {"云岭高新区", "青螺高新区", "船用电缆基地"} <= set(index.lexicon.names)
    assert "军训" not in index.lexicon


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ("青罗高新区在哪", "青螺高新区在哪"),  # a homophone
        ("清裸高新区在哪", "青螺高新区在哪"),  # two
        ("船用电缆基底的规模", "船用电缆基地的规模"),
        ("青高新区有什么企业", "青螺高新区有什么企业"),  # one is lacking
        ("qingluo gaoxinqu", "青螺高新区"),
        ("qīngluó gāoxīnqū", "青螺高新区"),
        ("qlgxq有什么企业", "青螺高新区有什么企业"),
    ],
)
def test_a_misspelt_name_reaches_the_one_that_is_meant(
    speller: Speller, asked: str, mended: str
) -> None:
    assert speller.mend(asked) == mended


@pytest.mark.parametrize(
    "question",
    ["云岭高新区有什么企业？", "青螺高新区在城南吗", "军训什么时候开展", "Is there a shipyard?"],
)
def test_a_question_that_is_spelt_right_stays_as_it_is(speller: Speller, question: str) -> None:
    assert speller.mend(question) == question


def test_a_short_form_of_two_names_is_ambiguous(speller: Speller) -> None:
    (found,) = speller.ambiguities("高新区有什么优惠")
    assert found.words == "高新区"
    assert set(found.names) == {"云岭高新区", "青螺高新区"}


@pytest.mark.parametrize(
    "question", ["云岭高新区有什么优惠", "青罗高新区有什么优惠", "长沙高新区在哪", ""]
)
def test_a_question_that_says_which_one_is_not_ambiguous(speller: Speller, question: str) -> None:
    assert speller.ambiguities(question) == ()


# Characters of the names and others that sound like them, so that names come about by chance.
RUNS = st.text("青清轻罗螺裸高新区云岭零船用电缆基地底", min_size=2, max_size=14)


@given(RUNS)
@example("在青罗高新区的")
@example("云零高新区和清裸高新区")
def test_names_sound_only_in_the_stretch_that_is_heard(index: Index, run: str) -> None:
    lexicon = index.lexicon
    for place in range(len(run) - 1):
        heard = lexicon.heard(run, place)
        for start, end in product(range(place + 1), range(place + 2, len(run) + 1)):
            if not (heard.start <= start and end <= heard.stop):
                assert not lexicon.sounding(run[start:end])
                assert not lexicon.nearly_sounding(run[start:end])


def test_a_stretch_ends_where_no_name_sounds(index: Index) -> None:
    assert index.lexicon.heard("在清裸高新区学习", 1) == range(1, 6)
    assert not index.lexicon.heard("在清裸高新区学习", 0)


@given(st.text(max_size=40))
def test_any_question_is_mended_to_some_text(speller: Speller, question: str) -> None:
    assert isinstance(speller.mend(question), str)
    speller.ambiguities(question)


@pytest.mark.parametrize("content", [None, "", "[]", '{"names": {}}', '{"names": [], "proper": 3}'])
def test_a_damaged_lexicon_is_told_as_a_damaged_index(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "lexicon.json").write_text(content, encoding="utf-8")
    with pytest.raises(SnapshotError, match="damaged"):
        Lexicon(tmp_path, Gazetteer())
