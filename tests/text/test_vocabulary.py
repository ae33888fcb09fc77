import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.text.vocabulary import UNKNOWN, Vocabulary


class Word(str):
    """A word whose hash is that of many others."""

    __slots__ = ()

    def __hash__(self) -> int:
        return len(self)


@given(st.lists(st.text(), unique=True), st.lists(st.text()))
def test_each_word_has_its_number_and_no_other_word_has_one(
    words: list[str], others: list[str]
) -> None:
    held = Vocabulary(words)
    assert len(held) == len(words) and list(held) == words
    assert [held.number(word) for word in words] == [*range(len(words))]
    for word in others:
        assert held.number(word) == (words.index(word) if word in words else UNKNOWN)
        assert (word in held) is (word in words)


@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_words_of_one_hash_are_told_apart(count: int) -> None:
    words = [Word(chr(0x4E00 + number)) for number in range(count)]
    held = Vocabulary(words)
    assert [held.number(word) for word in words] == [*range(count)]
    assert held.number(Word("园")) == UNKNOWN and held.number(Word("园区")) == UNKNOWN


def test_what_is_no_word_is_not_held() -> None:
    assert 3 not in Vocabulary(["3"]) and "3" in Vocabulary(["3"])
    assert "" in Vocabulary(["", "a"]) and "" not in Vocabulary(["a"])


def test_one_that_nobody_uses_is_let_go_at_once() -> None:
    gc.disable()
    try:
        held = Vocabulary(["a", "b"])
        held.number("a")
        gone = weakref.ref(held)
        del held
        assert gone() is None
    finally:
        gc.enable()
