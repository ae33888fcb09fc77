import tomllib
from collections import Counter
from importlib.resources import files

from hyqa.text.thesaurus import (
    equals,
    equals_in,
    known_phrases,
    token_forms,
    with_phrases,
    without_phrases,
)
from hyqa.text.tokens import stem


def _equals_in(text: str) -> tuple[tuple[str, ...], ...]:
    return equals_in(text, known_phrases(text))


def test_an_english_word_finds_its_equals_whatever_its_form() -> None:
    assert "headquarters" in equals("hq")
    assert equals("subsidies") == equals("subsidy") != frozenset()


def test_a_word_is_not_its_own_equal() -> None:
    assert "回迁" not in equals("回迁")
    assert "搬回来" in equals("回迁")


def test_an_unknown_word_has_no_equals() -> None:
    assert equals("船山时间谷") == frozenset()


def test_the_longest_phrase_is_taken_and_none_inside_it() -> None:
    assert known_phrases("在衡阳办个公司要几天") == ("办个公司",)
    assert without_phrases("在衡阳办个公司要几天", ("办个公司",)) == "在衡阳 要几天"


def test_no_phrase_is_found_inside_a_longer_word() -> None:
    assert "求职" in known_phrases("想求职")
    assert known_phrases("帮我写一封求职信") == ()


def test_each_word_is_in_one_group_only() -> None:
    groups = tomllib.loads(files("hyqa.text").joinpath("thesaurus.toml").read_text("utf-8"))
    for language, lists in groups.items():
        stems = [{stem(word) if word.isascii() else word for word in group} for group in lists]
        counts = Counter(word for group in stems for word in group)
        assert [word for word, count in counts.items() if count > 1] == [], language


def test_equals_are_by_word_those_that_the_text_does_not_hold_itself() -> None:
    of_award, of_return = sorted(
        _equals_in("总部回迁有什么奖励"), key=lambda group: "迁回" in group
    )
    assert "补贴" in of_award and "迁回" in of_return
    assert "回迁" not in of_return and "奖励" not in of_award


def test_nothing_has_no_equals() -> None:
    assert _equals_in("") == ()


def test_a_phrase_stands_for_the_tokens_that_are_in_it() -> None:
    asked, phrases = "在云岭办个公司", ("办个公司",)
    rest = without_phrases(asked, phrases)
    found = with_phrases(["云岭", "_云岭", "公司", "_公司", "park"], rest, phrases)
    assert found == ("云岭", "_云岭", "park", "办个公司")
    assert "企业开办" in token_forms("办个公司")
