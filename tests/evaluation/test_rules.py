"""Rules by hand can be switched off and on again, and what they gain is counted."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from benchmarks.quality.passage_rules import PASSAGE_RULES
from benchmarks.quality.rules import ALL_ON, RULES, Told, chosen_rules, row
from benchmarks.quality.switches import Rule, loaded, naught
from hyqa.question import follow_ups, slots, understanding
from hyqa.text import names
from hyqa.text.thesaurus import token_forms

BY_NAME = {rule.name: rule for rule in RULES}


def held() -> dict[str, Mapping[str, object]]:
    """What modules and their classes hold."""
    found: dict[str, Mapping[str, object]] = {}
    for module in loaded():
        found[module.__name__] = dict(vars(module))
        for name, one in vars(module).items():
            if isinstance(one, type) and one.__module__ == module.__name__:
                found[f"{module.__name__}:{name}"] = dict(vars(one))
    return found


def others(
    before: Mapping[str, Mapping[str, object]], now: Mapping[str, Mapping[str, object]]
) -> set[tuple[str, str]]:
    """Where something else is held than before."""
    nothing: Mapping[str, object] = {}
    return {
        (where, name)
        for where in {**before, **now}
        for name in {**before.get(where, nothing), **now.get(where, nothing)}
        if before.get(where, nothing).get(name) is not now.get(where, nothing).get(name)
    }


def test_every_rule_is_switched_off_and_on_again() -> None:
    RULES[0].off()()  # loads all that answers
    before = held()
    for rule in RULES:
        undo = rule.off()
        switched = others(before, held())
        undo()
        assert {target.split(".")[-1] for target in rule.targets} == {
            name for _, name in switched
        }, rule.name
        assert not others(before, held()), rule.name


def test_every_rule_has_a_name_of_its_own_and_says_how_long_it_is() -> None:
    assert len(BY_NAME) == len(RULES)
    assert all(rule.lines > 0 and rule.about for rule in RULES)


def test_a_function_is_replaced_wherever_it_was_imported() -> None:
    was = follow_ups.resolve
    undo = BY_NAME["follow_ups.all"].off()
    now, imported = follow_ups.resolve, vars(understanding)["resolve"]
    undo()
    assert now is imported is not was


def test_a_name_that_a_module_only_imports_is_replaced_there_alone() -> None:
    was = names.is_place
    undo = BY_NAME["slots.places"].off()
    now, imported = names.is_place, vars(slots)["is_place"]
    undo()
    assert now is was is not imported


def test_what_was_remembered_is_forgotten() -> None:
    assert len(token_forms("房租")) > 1
    undo = BY_NAME["thesaurus.all"].off()
    assert token_forms("房租") == ("房租",)
    undo()
    assert len(token_forms("房租")) > 1


@pytest.mark.parametrize(
    "gone",
    [
        replace(BY_NAME["follow_ups.all"], targets=("resolved",)),
        replace(BY_NAME["spelling.all"], targets=("Speller.mended",)),
        replace(BY_NAME["spelling.all"], targets=("Spelling.mend",)),
        replace(BY_NAME["relevance.best"], instead=naught("worst")),
    ],
)
def test_a_rule_whose_target_is_gone_raises(gone: Rule) -> None:
    before = held()
    with pytest.raises(LookupError):
        gone.off()
    assert not others(before, held())


def test_a_row_tells_the_difference() -> None:
    before = [Told("unseen", "right", "a", 100), Told("golden", "refused", "b", 0)]
    told = [Told("unseen", "other", "c", 150), Told("golden", "refused", "b", 0)]
    first, second = row(ALL_ON, before, before), row(PASSAGE_RULES[0], told, before)
    assert first.split("|")[3].split() == ["1", "0", "0", "0"]
    assert first.split("|")[5].split() == ["0", "0", "0", "1"]
    assert second.split("|")[3].split() == ["-1", "+1", "·", "·"]
    assert second.split("|")[6].split() == ["1", "+50.0%"]


def test_rules_are_chosen_by_name_or_module() -> None:
    assert [rule.name for rule in chosen_rules(["listed.all"], parts=False)] == ["listed.all"]
    assert len(chosen_rules(["listed"], parts=False)) == 3
    assert len(chosen_rules([], parts=False)) < len(chosen_rules([], parts=True)) == len(RULES)
    with pytest.raises(SystemExit, match="no rule unheard"):
        chosen_rules(["unheard"], parts=True)
