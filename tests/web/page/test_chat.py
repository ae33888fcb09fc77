"""Questions and answers over HTTP, as a browser without script has them."""

import httpx
import pytest

from page.conftest import Arrive
from page.corpus import ENGLISH, NONSENSE, QUESTION, VAGUE
from page.serving import Running, Visitor


def test_the_first_page_asks_for_a_question_and_offers_some(visitor: Visitor) -> None:
    page = visitor.get("/")
    assert page.status == 200
    assert page.one("//label[@for='q']").text_content() == "您的问题"
    assert len(page.texts("//button[@name='pick']")) == 4
    assert page.one("/html").get("lang") == "zh-Hans"
    assert "noindex" not in page.source


def test_a_question_is_answered_by_quotes_with_their_sources(visitor: Visitor) -> None:
    page = visitor.ask(QUESTION)
    assert "每月发放生活补贴5000元" in page.quotes[0]
    assert page.all("//blockquote")[0].get("lang") == "zh-Hans"
    assert "5000元" in page.texts("//blockquote//b[contains(@class,'amount')]")
    assert "云岭市博士新政" in page.texts("//cite")[0]
    assert page.all("//cite//a")[0].get("href").startswith("/d/talent-2026.md?q=")
    assert page.all("//*[@class='asked']")[0].text_content() == QUESTION


def test_conditions_are_marked_in_a_quote(visitor: Visitor) -> None:
    page = visitor.ask("外商投资企业当年实际到资的给予奖励多少？")
    assert "但房地产项目除外。" in page.quotes[0]
    marked = page.texts("//blockquote//b[contains(@class,'condition')]")
    assert any("不超过" in one or "最高" in one for one in marked) and "除外" in "".join(marked)


def test_a_link_answers_the_same_and_is_kept_out_of_search_engines(visitor: Visitor) -> None:
    asked = visitor.ask(QUESTION)
    linked = visitor.get(asked.one("//a[@class='share']").get("href"))
    assert linked.quotes == asked.quotes
    assert linked.response.headers["X-Robots-Tag"] == "noindex"
    assert linked.all("//meta[@name='robots' and @content='noindex']")
    assert linked.response.headers["Cache-Control"].startswith("private")


def test_a_follow_up_is_understood_by_what_the_form_carries(visitor: Visitor) -> None:
    visitor.ask("青螺洲工业园的规划面积是多少？")
    page = visitor.ask("有多少家企业？")
    assert "86家" in page.quotes[0]
    (earlier,) = page.all("//details[@class='earlier']//a")
    assert "12.5平方公里" in visitor.get(earlier.get("href")).quotes[0]


def test_the_link_of_a_follow_up_holds_what_it_follows(visitor: Visitor, arrive: Arrive) -> None:
    visitor.ask("青螺洲工业园的规划面积是多少？")
    link = visitor.ask("有多少家企业？").one("//a[@class='share']").get("href")
    assert "86家" in arrive().get(link).quotes[0]


def test_a_vague_question_is_asked_back_and_a_choice_is_answered(visitor: Visitor) -> None:
    page = visitor.ask(VAGUE)
    choices = [one.get("value") for one in page.all("//article//button[@name='pick']")]
    assert 2 <= len(choices) <= 4
    chosen = visitor.pick(choices[0])
    assert chosen.quotes and chosen.texts("//*[@class='asked']") == [choices[0]]


def test_a_choice_may_be_typed_by_its_place(visitor: Visitor) -> None:
    choices = [
        one.get("value") for one in visitor.ask(VAGUE).all("//article//button[@name='pick']")
    ]
    typed = visitor.ask("第二个")
    assert typed.quotes == visitor.get(f"/?q={choices[1]}").quotes != []


def test_what_is_not_there_is_said_not_to_be(visitor: Visitor) -> None:
    page = visitor.ask(NONSENSE)
    assert not page.quotes
    assert page.texts("//*[@class='line']")


def test_english_is_answered_in_english(arrive: Arrive) -> None:
    page = arrive(language="en-GB,en;q=0.9").ask(ENGLISH)
    assert "3,000 yuan a month" in page.quotes[0]
    assert page.one("/html").get("lang") == "en"
    assert page.all("//blockquote")[0].get("lang") == "en"


def test_a_question_sets_the_language_unless_one_was_chosen(arrive: Arrive) -> None:
    assert arrive().get(f"/?q={ENGLISH}").one("/html").get("lang") == "en"
    assert arrive().get(f"/?q={ENGLISH}&lang=zh-Hant").one("/html").get("lang") == "zh-Hant"
    taiwanese = arrive(language="zh-TW")
    assert taiwanese.get("/").one("/html").get("lang") == "zh-Hant"
    assert taiwanese.ask(QUESTION).one("/html").get("lang") == "zh-Hant"


def test_another_language_shows_the_same_answer(visitor: Visitor) -> None:
    visitor.ask("青螺洲工业园的规划面积是多少？")
    page = visitor.ask("有多少家企业？")
    (link,) = [one.get("href") for one in page.all("//*[@class='tongues']//a[@lang='en']")]
    english = visitor.get(link)
    assert english.one("/html").get("lang") == "en" and english.quotes == page.quotes


def test_links_keep_the_language_of_a_question(arrive: Arrive) -> None:
    page = arrive(language="en").get(f"/?q={QUESTION}")
    links = [one.get("href") for one in page.all("//cite/a | //header//nav//a")]
    assert all("lang=zh-Hans" in link for link in links)
    assert not page.all("//form[@id='ask']//input[@name='lang']")


def test_another_day_is_answered_as_of_it(visitor: Visitor) -> None:
    page = visitor.get("/?q=稻谷种植每亩补贴多少？&as_of=2024-06-30")
    assert page.texts("//article//span[contains(@class,'in_force')]")
    assert "2024-06-30" in page.text
    later = visitor.get("/?q=稻谷种植每亩补贴多少？&as_of=2026-02")
    assert later.texts("//article//span[contains(@class,'expired')]") == [
        "已到期（2025年12月31日）"
    ]
    assert later.one("//input[@name='as_of']").get("value") == "2026-02-28"


def test_a_day_that_cannot_be_read_is_told(visitor: Visitor) -> None:
    page = visitor.get("/?q=稻谷&as_of=yesterday")
    assert page.status == 200 and "看不懂这个日期" in page.text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("你好", "您好"),
        ("菜单", "请选择"),
        ("帮助", "逐字引用"),
        ("人工", "该找谁"),
        ("谢谢", "不客气"),
    ],
)
def test_small_talk_leads_where_a_person_expects(
    visitor: Visitor, said: str, expected: str
) -> None:
    page = visitor.ask(said)
    assert expected in page.text and not page.quotes
    assert not page.fields("@id='ask' and .//input[@name='after']")
    if said in ("菜单", "帮助"):
        assert {one.get("href") for one in page.all("//*[@class='links']//a")} >= {"/documents"}


def test_small_talk_does_not_end_a_conversation(visitor: Visitor) -> None:
    visitor.ask("青螺洲工业园的规划面积是多少？")
    visitor.ask("谢谢")
    assert "86家" in visitor.ask("有多少家企业？").quotes[0]


def test_no_question_and_too_long_a_question_are_told(visitor: Visitor) -> None:
    assert "没有看到问题" in visitor.ask("？！").text
    assert "没有看到问题" in visitor.ask("").text
    assert "不超过 500 个字符" in visitor.ask("长" * 501).text


def test_related_questions_and_examples_can_be_pressed(visitor: Visitor) -> None:
    page = visitor.get("/")
    example = page.texts("//button[@name='pick']")[0]
    assert visitor.pick(example).texts("//*[@class='asked']") == [example]


def test_the_script_gets_the_answer_alone(visitor: Visitor) -> None:
    page = visitor.ask(QUESTION, **{"X-Fragment": "1"})
    assert page.source.lstrip().startswith("<article")
    assert page.one("//article").get("data-question") == QUESTION
    assert page.one("//article").get("data-said") == f"有答复，引文 {len(page.quotes)} 段"


def test_first_page_and_answer_are_light_and_ask_nobody_else(visitor: Visitor) -> None:
    page = visitor.get("/")
    parts = [one.get("href") for one in page.all("//link[@rel='stylesheet' or @rel='icon']")]
    parts += [one.get("src") for one in page.all("//script | //img")]
    assert all(part.startswith("/static/") for part in parts)
    fetched = [visitor.client.get(part) for part in set(parts)]
    assert all(one.headers["Cache-Control"].endswith("immutable") for one in fetched)
    assert len(page.response.content) + sum(len(one.content) for one in fetched) <= 30_000


def test_the_script_is_short(visitor: Visitor) -> None:
    (script,) = [one.get("src") for one in visitor.get("/").all("//script")]
    assert len(visitor.client.get(script).text.splitlines()) < 200


def test_head_is_answered_without_a_body(site: Running) -> None:
    answer = httpx.head(f"{site.url}/")
    assert answer.status_code == 200 and answer.content == b""
