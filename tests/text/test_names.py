from hyqa.text.names import is_place, names_in, places_in

NAMES = ("云岭经开区", "云岭", "Snail Isle", "青螺洲")


def test_names_are_found_in_the_order_of_the_text_and_as_it_writes_them() -> None:
    assert names_in("snail isle 和云岭经开区，比青螺洲", NAMES) == [
        "snail isle",
        "云岭经开区",
        "青螺洲",
    ]


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    assert names_in("云岭经开区的面积", NAMES) == ["云岭经开区"]
    assert names_in("云岭市的云岭经开区", NAMES) == ["云岭", "云岭经开区"]


def test_a_text_without_names_has_none() -> None:
    assert names_in("面积多大", NAMES) == names_in("云岭", ()) == []


def test_places_are_those_that_the_tagger_knows() -> None:
    assert places_in("从北京到上海多远") == ["北京", "上海"]
    assert is_place("北京") and not is_place("北京到上海") and not is_place("面积")
