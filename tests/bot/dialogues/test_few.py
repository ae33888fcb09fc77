"""Nothing is told with fewer than five people behind it, nor can it be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogues.few import FEWEST, Figure, kept_apart, shown
from bot.languages import Tongue
from bot.texts import TEXTS

ZH = TEXTS[Tongue.SIMPLIFIED]
people = st.frozensets(st.integers(1, 12), max_size=9)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    behind = draw(people)
    total = len(behind) + (draw(st.integers(0, 5)) if behind else 0)
    return Figure(draw(st.sampled_from("abc")), total, behind)


@given(st.lists(figures(), max_size=5), figures())
def test_what_is_hidden_has_nobody_or_enough_people_behind_it(
    parts: list[Figure], rest: Figure
) -> None:
    told = kept_apart(parts, rest)
    pairs = list(zip(parts, told, strict=True))
    hidden = [one for one, after in pairs if not after.is_shown]
    behind = frozenset[int]().union(rest.people, *(one.people for one in hidden))
    assert len(behind) not in range(1, FEWEST) or not any(one.is_shown for one in told)
    assert all(after.written(ZH) == str(one.total) for one, after in pairs if after.is_shown)
    assert all(one.is_shown for one, after in pairs if after.is_shown)


def test_a_single_small_part_takes_the_smallest_large_one_along() -> None:
    many, more, one = frozenset(range(6)), frozenset(range(9)), frozenset({1})
    parts = [Figure("a", 9, more), Figure("b", 6, many), Figure("c", 1, one)]
    assert [part.is_shown for part in kept_apart(parts)] == [True, False, False]
    assert [part.is_shown for part in kept_apart(parts[:2])] == [True, True]


def test_a_count_is_shown_from_five_people_on() -> None:
    assert shown(ZH, 9, 5) == "9"
    assert shown(ZH, 9, 4) == ZH.stats_few.format(limit=5)
