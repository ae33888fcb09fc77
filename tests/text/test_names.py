from hyqa.text.names import Gazetteer, Names, is_place, names_in, places_in

NAMES = Names(["云岭经开区", "云岭", "Snail Isle", "青螺洲"])


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
    assert names_in("面积多大", NAMES) == names_in("云岭", Names()) == []


def test_places_are_those_that_the_tagger_knows() -> None:
    assert places_in("从北京到上海多远") == ["北京", "上海"]
    assert is_place("北京") and not is_place("北京到上海") and not is_place("面积")


REGION = Gazetteer(
    areas=("地区", "市"), cities=("市",), counties=("县", "county"), sites=("园", "park"),
    parts=("园区", "park"),
)  # fmt: skip


def test_names_end_as_the_glossary_says() -> None:
    assert REGION.without_area("云岭地区") == REGION.without_area("云岭") == "云岭"
    assert REGION.without_area("市") == "市" and REGION.without_area("小市") == "小市"
    assert REGION.is_site("青螺产业园") and REGION.is_site("Snail Park")
    assert not REGION.is_site("园林局") and not REGION.is_site("Carpark")
    assert REGION.names_part("云岭园区概况") and REGION.names_part("the park of yunling")
    assert not REGION.names_part("parking in yunling")


def test_a_county_may_be_called_after_its_city() -> None:
    assert REGION.names_city("云岭", "云岭县和云岭市") and not REGION.names_city("云岭", "云岭县")
    assert not REGION.names_city("yunling", "yunling county")
    assert REGION.without_cities("云岭市有多大", ["云岭"]) == " 有多大"


def test_without_a_glossary_no_name_ends_in_a_way() -> None:
    nothing = Gazetteer()
    assert nothing.without_area("云岭市") == "云岭市"
    assert not nothing.is_site("青螺产业园") and not nothing.names_part("云岭园区概况")
    assert nothing.names_city("云岭", "云岭县")
