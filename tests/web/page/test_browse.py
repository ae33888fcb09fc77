"""Looking around without typing, and what is new."""

from xml.etree import ElementTree

import pytest

from hyqa import Metadata
from page.conftest import Arrive
from page.serving import Visitor
from web.pages.browse import level_of


def test_each_document_is_under_its_subject(visitor: Visitor) -> None:
    subjects = {
        one.get("href"): one.text_content() for one in visitor.get("/documents").all("//main//li/a")
    }
    assert "/documents/parks" in subjects and "/documents/other" in subjects
    titles = visitor.get("/documents/parks").texts("//*[@class='entries']//a")
    assert "青螺洲工业园概况" in titles and "Snail Isle Industrial Park" in titles
    assert visitor.get("/documents/nothing").status == 404


def test_each_entry_opens_its_document(visitor: Visitor) -> None:
    for path in ("/documents/parks", "/documents/other", "/documents/news", "/new"):
        for one in visitor.get(path).all("//*[@class='entries']//li/a"):
            page = visitor.get(one.get("href"))
            assert page.status == 200 and page.texts("//h1") == [
                " ".join(one.text_content().split())
            ]


def test_incentives_are_by_level_and_talent_by_degree(arrive: Arrive) -> None:
    page = arrive().get("/incentives")
    assert page.texts("//section/h2")
    assert "云岭市鼓励外商投资办法" in page.texts("//*[@class='entries']//a")
    assert arrive().get("/talent").status == 200


@pytest.mark.parametrize(
    ("name", "title", "level"),
    [
        ("incentives/overview-loans.md", "在衡阳怎么融资", "overview"),
        ("incentives/a.md", "全国规定：契税", "national"),
        ("incentives/a.md", "National rules: deed tax", "national"),
        ("incentives/a.md", "湖南省招商引资政策", "province"),
        ("incentives/a.md", "Hunan's 20 measures", "province"),
        ("incentives/a.md", "衡山县招商引资若干规定", "county"),
        ("incentives/a.md", "Hengdong County award", "county"),
        ("incentives/a.md", "衡阳市利用外资奖励措施", "city"),
        ("incentives/a.md", "Hengyang's measures for foreign investment", "city"),
    ],
)
def test_the_level_of_an_incentive(name: str, title: str, level: str) -> None:
    assert level_of(name, Metadata(title)) == level


def test_the_newest_stand_first_and_what_ended_apart(visitor: Visitor) -> None:
    page = visitor.get("/new")
    headings = page.texts("//section/h2")
    assert headings == ["最新的文件", "最近失效"]
    newest, ended = page.all("//section")
    assert newest.xpath(".//li/a")[0].text_content() == "云岭市博士新政"
    assert [one.text_content() for one in ended.xpath(".//li/a")] == [
        "云岭市稻谷种植补贴办法",
        "云岭市引进人才暂行办法",
    ]


def test_the_feed_is_rss_of_the_same(visitor: Visitor) -> None:
    answer = visitor.client.get("/new.xml")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(answer.text).find("channel")
    assert channel is not None
    titles = [one.findtext("title") or "" for one in channel.findall("item")]
    assert titles[0] == "云岭市博士新政" and titles[-2:] == [
        "已失效：云岭市稻谷种植补贴办法",
        "已失效：云岭市引进人才暂行办法",
    ]
    assert any("<script>alert(1)</script>" in one for one in titles)  # as text
    links = [one.findtext("link") or "" for one in channel.findall("item")]
    assert all(link.startswith("http://127.0.0.1:") for link in links)
    assert visitor.client.get(links[0]).status_code == 200


def test_each_page_exists_in_each_language_and_keeps_to_it(visitor: Visitor) -> None:
    for path in (
        "/",
        "/parks",
        "/parks/snail-isle",
        "/parks/compare",
        "/chains",
        "/chains/clocks",
        "/documents",
        "/documents/parks",
        "/incentives",
        "/talent",
        "/new",
        "/help",
        "/privacy",
    ):
        for code in ("zh-Hans", "zh-Hant", "en"):
            page = visitor.get(f"{path}?lang={code}")
            assert page.status == 200 and page.one("/html").get("lang") == code
            inner = [one.get("href") for one in page.all("//header//nav//a | //footer//a")]
            assert all(one.endswith(f"lang={code}") for one in inner)
            assert [
                one.get("lang") for one in page.all("//*[@class='tongues']//a[@aria-current]")
            ] == [code]


def test_robots_are_kept_from_answers(visitor: Visitor) -> None:
    told = visitor.client.get("/robots.txt").text
    assert "Disallow: /*?" in told and told.startswith("User-agent: *")
