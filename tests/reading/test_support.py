from dataclasses import replace

import pytest

from hyqa.index.build import Index
from hyqa.question.analysis import analyse
from hyqa.question.query import make_query
from hyqa.question.sites import sites_among
from hyqa.reading.support import Passage, Support
from hyqa.text.names import Gazetteer, Names, names_in
from hyqa.types import Language

TEXT = "全日制博士到云岭市企业工作的，每月发放生活补贴3000元，最长不超过36个月。"


def _support(question: str, index: Index, text: str = TEXT, context: str = "") -> Support:
    passage = Passage(context, text, text, Language.CHINESE, index.gazetteer)
    return passage.support(analyse(make_query(question), index))


def test_a_passage_that_answers_holds_all_and_misses_nothing(index: Index) -> None:
    support = _support("博士每月生活补贴多少钱", index)
    assert support.words > 0.9
    assert (support.place, support.year, support.kind, support.focus) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("长沙博士的生活补贴", "place"),
        ("2031年博士的生活补贴", "year"),
        ("博士补贴咨询电话", "kind"),
        ("博士的子女入学", "focus"),
    ],
)
def test_what_is_missing_is_said_and_costs(question: str, missing: str, index: Index) -> None:
    support = _support(question, index)
    assert getattr(support, missing) == 1
    assert getattr(_support("博士每月生活补贴多少钱", index), missing) == 0


def test_a_synonym_counts_as_the_word(index: Index) -> None:
    text = "企业集团总部整体回迁的，最高奖励1000万元。"
    assert _support("把总部搬回来有什么奖", index, text).words > 0.9


def test_the_context_counts_for_words_but_not_for_the_kind(index: Index) -> None:
    support = _support("博士补贴多少钱", index, "申请人应当提交材料。", context="博士补贴3000元")
    assert support.words == 1
    assert support.kind == 1


def test_a_place_may_stand_anywhere_in_the_document(index: Index) -> None:
    asked = analyse(make_query("长沙的补贴"), index)
    passage = Passage("", "补贴3000元", "本办法适用于长沙市。", Language.CHINESE, Gazetteer())
    assert passage.support(asked).place == 0


def test_english_words_are_held_by_their_stems(index: Index) -> None:
    text = "A doctor receives a living allowance of 3,000 yuan a month."
    assert _support("What allowances do doctors receive?", index, text).words == 1


def test_a_question_without_words_is_supported_by_nothing(index: Index) -> None:
    assert _support("？", index).words == 0


def test_words_count_together_only_within_reach(index: Index) -> None:
    near, far = "火箭补贴3000元", "火箭升空。" + "风和日丽。" * 30 + "补贴3000元"
    question = "火箭补贴"
    assert _support(question, index, near).together > _support(question, index, far).together > 0
    assert _support(question, index, far).words == 1


def test_what_the_title_says_stands_together_with_everything(index: Index) -> None:
    text, context = "补贴3000元", "云岭市博士"
    titled = _support("博士补贴", index, text, context)
    assert titled.together > _support("博士补贴", index, text).together
    assert titled.words == 1


def test_a_question_without_tokens_has_nothing_together(index: Index) -> None:
    assert _support("？", index).together == 0


def test_places_that_the_tagger_takes_for_people_are_places(index: Index) -> None:
    for place in ("邵阳", "岳阳", "常宁"):
        asked = analyse(make_query(f"{place}跨境电商补贴"), index)
        assert asked.places == (place,)
        assert Passage("", TEXT, TEXT, Language.CHINESE, Gazetteer()).support(asked).place == 1


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("2020年云岭市产值多少", "2019年云岭市产值30亿元。", True),
        ("2020年云岭市产值多少", "2019年云岭市产值30亿元。2020年云岭市产值33亿元。", False),
        ("2020年云岭市产值多少", "云岭市产值30亿元。", False),
        ("2020年云岭市谁负责", "2019年云岭市由市商务局负责。", False),
    ],
)
def test_a_figure_of_another_year_is_told(
    question: str, text: str, other: bool, index: Index
) -> None:
    assert _support(question, index, text).other_year is other


def test_how_far_the_kind_stands_from_the_words_is_told(index: Index) -> None:
    text = "技工补贴由街道受理。停车场每天收费10元。"
    assert _support("技工补贴多少钱", index, text).kind_far > 0.5
    assert _support("技工补贴多少钱", index, "技工补贴每月500元。").kind_far == 0


@pytest.mark.parametrize(
    ("question", "text", "bare"),
    [
        ("云岭招商黄金十二条的每条内容", "云岭市出台了招商“黄金十二条”（2023年）。", True),
        ("云岭有没有招商黄金十二条", "云岭市出台了招商“黄金十二条”（2023年）。", False),
        (
            "招商黄金十二条的每条内容",
            "招商黄金十二条规定，落户满三年的制造企业，租金按年减半。",
            False,
        ),
    ],
)
def test_a_passage_that_repeats_the_question_only_confirms(
    question: str, text: str, bare: bool, index: Index
) -> None:
    assert _support(question, index, text).bare is bare


@pytest.mark.parametrize(
    ("question", "context", "text", "other"),
    [
        (
            "白鹭高新区有多大",
            "",
            "竹溪高新区在白鹭高新区以东。它建成已久。竹溪高新区面积7平方公里。",
            True,
        ),
        ("白鹭高新区有多大", "", "白鹭高新区在城东。规划面积18平方公里。", False),
        ("白鹭高新区有多大", "白鹭高新区概况", "规划面积18平方公里。", False),
        ("白鹭高新区有多大", "", "白鹭高新技术产业开发区面积18平方公里。", False),
        ("竹溪经开区有多大", "", "竹溪经济开发区面积7平方公里。", False),
        ("白鹭高新区有哪些企业", "", "竹溪高新区有7家企业。", False),
        ("那里有多大", "", "竹溪高新区面积7平方公里。", False),
        ("How large is Heron Park?", "", "Bamboo Park covers 7 square kilometres.", True),
        ("How large is Heron Park?", "", "Heron Park covers 18 square kilometres.", False),
    ],
)
def test_a_figure_of_another_park_is_told(
    question: str, context: str, text: str, other: bool, index: Index
) -> None:
    terms = {
        "白鹭高新区": "Heron Park",
        "白鹭高新技术产业开发区": "Heron Park",
        "竹溪经开区": "Bamboo Zone",
    }
    asked = analyse(make_query(question), index)
    named = names_in(question, Names([*terms, *terms.values()]))
    asked = replace(asked, sites=sites_among(named, terms, index.gazetteer))
    passage = Passage(context, text, text, Language.CHINESE, index.gazetteer)
    assert passage.support(asked).other_site is other


@pytest.mark.parametrize(
    ("question", "title", "other"),
    [
        ("云岭gdp多少", "云岭县2025年经济", True),
        ("云岭gdp多少", "云岭高新区概况", True),
        ("云岭gdp多少", "长沙2025年经济", True),
        ("云岭gdp多少", "长沙与云岭2025年经济", True),
        ("云岭gdp多少", "云岭与长沙2025年经济", False),
        ("云岭gdp多少", "云岭市2025年经济", False),
        ("云岭gdp多少", "统计公报", False),
        ("云岭县gdp多少", "云岭县2025年经济", False),
        ("云岭陶瓷产值多少", "云岭县2025年经济", False),
        ("gdp多少", "云岭县2025年经济", False),
        ("云岭有哪些规划", "云岭县2025年经济", False),
    ],
)
def test_a_figure_of_the_city_is_not_one_of_a_part_of_it(
    question: str, title: str, other: bool, index: Index
) -> None:
    text = "2025年地区生产总值（GDP）为62亿元。"
    asked = analyse(make_query(question), index)
    support = Passage(title, text, text, Language.CHINESE, index.gazetteer).support(asked)
    assert support.other_site is other
