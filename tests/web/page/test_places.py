"""Parks and chains: lists, cards, parks side by side, pictures; each cell words of a document."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest

from hyqa import HashEncoder, Language, build_index
from page.conftest import Arrive
from page.directories import HOSTILE_WORDS
from page.serving import Page, Visitor, serve
from page.test_hostile import PAYLOADS, is_quiet
from storage.database import Database
from storage.schema import Switch
from web.library import Shelf
from web.pages.parks import MOST

PAGES = ["/parks", "/parks/snail-isle", "/parks/clock-valley", "/parks/hostile", "/parks/empty",
         "/parks/compare?park=snail-isle&park=land&park=hostile", "/chains", "/chains/clocks",
         "/chains/hostile"]  # fmt: skip
SWITCHED = "这些内容正在核对。"


def row(page: Page, number: int) -> list[str]:
    return page.texts(f"//tbody/tr[{number}]/*")


def test_the_list_has_a_row_for_each_park_and_a_cell_for_each_attribute(visitor: Visitor) -> None:
    page = visitor.get("/parks")
    assert page.texts("//thead//th") == ["园区", "级别", "所在地", "面积", "最新情况"]
    assert page.texts("//tbody/tr/th") == [
        "青螺洲工业园", "时针谷产业园", '<b>"码头"</b>', "东一路地块", "云外园",
    ]  # fmt: skip
    see = "在文件中查看"
    assert row(page, 1) == [
        "青螺洲工业园", f"工业园 2025年 {see}", f"鹭鸣站 日期未注明 {see}",
        f"青螺洲工业园规划面积12.5平方公里，分三期建设。 2025年 {see} 另有 1 条", "未找到",
    ]  # fmt: skip
    assert row(page, 4)[3] == f"东一路地块 | 45亩 日期未注明 {see}"
    assert row(page, 5)[1:] == ["未找到"] * 4
    assert page.texts("//tbody//b[@class='value']") == ["12.5平方公里", "45亩"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_each_cell_leads_to_its_words_marked_in_their_document(
    visitor: Visitor, shelf: Shelf, path: str, lang: str
) -> None:
    page = visitor.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.status == 200
    quotes = page.all("//main//q | //main//blockquote")
    assert quotes or path in ("/parks/empty",)
    for one in quotes:
        words = one.text_content()
        paragraph = one.getparent() if one.tag == "q" else one.getnext()
        (link,) = paragraph.xpath(".//a/@href")
        assert parse_qs(urlsplit(link).query)["lang"] == [lang]
        source = visitor.get(link)
        marked = "".join("".join(source.texts("//mark")).split())
        assert "".join(words.replace("|", "").split()) in marked
        assert one.get("lang") == source.one("//div[@class='text']").get("lang")
    assert len(quotes) >= (len(shelf.parks[Language.CHINESE]) - 1 if path == "/parks" else 0)


def test_a_card_holds_all_that_is_stated_and_says_what_is_not(visitor: Visitor) -> None:
    page = visitor.get("/parks/snail-isle")
    assert page.texts("//h1") == ["青螺洲工业园"]
    assert page.texts("//section[@id='area']/blockquote") == [
        "青螺洲工业园规划面积12.5平方公里，分三期建设。", "首期已经建成标准厂房30万平方米。",
    ]  # fmt: skip
    assert "《青螺洲工业园概况》" in page.texts("//section[@id='area']//cite")[0]
    assert page.texts("//span[@class='empty']") == ["概况 · 最新情况"]
    assert "又称： 青螺洲 · Snail Isle" in page.text
    assert [one.get("href") for one in page.all("//a[.='钟表']")] == ["/chains/clocks"]
    assert visitor.get("/parks/empty").all("//main//blockquote") == []


def test_a_list_leads_to_the_rest_on_the_card(visitor: Visitor) -> None:
    page = visitor.get("/parks?lang=zh-Hant")
    (more,) = [one for one in page.all("//tbody//a") if one.text_content() == "另有 1 條"]
    address, _, anchor = more.get("href").partition("#")
    assert len(visitor.get(address).all(f"//section[@id='{anchor}']/blockquote")) == 2


@pytest.mark.parametrize("key", ["nowhere", "snail-isle%2f", "SNAIL-ISLE", "%00", "compare.svg"])
def test_what_is_no_park_has_no_card(visitor: Visitor, key: str) -> None:
    assert visitor.get(f"/parks/{key}").status == visitor.get(f"/chains/{key}").status == 404


def chosen(*keys: str) -> str:
    return "/parks/compare?" + "&".join(f"park={quote(key)}" for key in keys)


def test_parks_stand_side_by_side(visitor: Visitor) -> None:
    page = visitor.get(chosen("snail-isle", "clock-valley"))
    assert page.texts("//thead//th")[1:] == ["青螺洲工业园", "时针谷产业园"]
    assert page.texts("//tbody/tr/th") == ["级别", "所在地", "面积", "企业"]
    assert "86家" in row(page, 4)[1] and "21家" in row(page, 4)[2]
    assert "12.5平方公里" in row(page, 3)[1] and "30万平方米" in row(page, 3)[1]
    assert row(page, 3)[2] == "未找到"
    assert page.texts("//main/p/span[@class='empty']") == ["概况 · 最新情况"]
    selected = [one.get("value") for one in page.all("//select/option[@selected]")]
    assert selected == ["snail-isle", "clock-valley"]
    assert page.one("//meta[@name='robots']").get("content") == "noindex"


def test_the_forms_choose_parks_without_script(visitor: Visitor) -> None:
    page = visitor.get("/parks?lang=en")
    form = page.one("//form[@id='compare']")
    assert form.get("action") == "/parks/compare" and form.get("method", "get") == "get"
    boxes = [one.get("value") for one in page.all("//input[@form='compare'][@type='checkbox']")]
    assert len(boxes) == 5 and page.all("//button[@form='compare']")
    page = visitor.get(chosen(*boxes[:2]) + "&lang=" + dict(page.fields("@id='compare'"))["lang"])
    assert page.texts("//thead//th")[1:] == ["Snail Isle Industrial Park", "Clock Valley"]
    page = visitor.get("/parks/snail-isle")
    assert page.fields("contains(@action, 'compare')") == [("park", "snail-isle")]
    assert len(page.all("//select[@name='park']/option")) == 4


@pytest.mark.parametrize(
    ("keys", "shown", "notes"),
    [
        ([], 0, []),
        (["", "", "", ""], 0, []),
        (["snail-isle"], 0, ["请至少选两个园区。"]),
        (["snail-isle", "snail-isle"], 0, ["请至少选两个园区。"]),
        (["nowhere", "../x"], 0, ["所选的园区中，有的不在名录里，已经略去。", "请至少选两个园区。"]),
        (["snail-isle", "nowhere", "land"], 2, ["所选的园区中，有的不在名录里，已经略去。"]),
        (["snail-isle", "land", "hostile", "empty", "clock-valley"], MOST,
         ["一次最多比较四个园区，这里只列出前四个。"]),
        (["land"] * 35 + ["empty"], 2, []),
    ],
)  # fmt: skip
def test_a_choice_that_is_not_two_to_four_parks(
    visitor: Visitor, keys: list[str], shown: int, notes: list[str]
) -> None:
    page = visitor.get(chosen(*keys))
    assert page.status == 200 and len(page.all("//select")) == MOST
    assert page.texts("//p[@class='warning']") == notes
    assert len(page.texts("//thead//th")[1:]) == shown


def test_the_table_of_chains_names_their_parks_and_dated_figures(visitor: Visitor) -> None:
    page = visitor.get("/chains")
    assert page.texts("//thead//th") == ["产业", "所在园区", "产值", "企业"]
    assert [one.get("href") for one in page.all("//tbody/tr[1]/td[1]//a")] == [
        "/parks/clock-valley", "/parks/snail-isle",
    ]  # fmt: skip
    assert row(page, 1)[2] == "2024年云岭市地区生产总值1203.4亿元 2024年 在文件中查看"
    assert row(page, 2)[1] == "未找到" and "5.6%" in row(page, 2)[3]
    assert "青螺洲工业园" in visitor.get("/chains/clocks").texts("//ul[@class='links']//a")


def test_what_is_switched_off_is_withheld_everywhere(
    web_index: Path, tmp_path: Path, arrive: Arrive
) -> None:
    with serve(web_index, tmp_path) as running:
        visitor = arrive(running.url)
        assert "青螺洲工业园规划" in visitor.get("/parks").text
        switch(tmp_path, Switch(subject="statistics", text="", at=0.0))
        assert "45亩" not in visitor.get("/parks").source
        assert row(visitor.page, 4)[3] == "这个主题暂停自动答复。"  # type: ignore[arg-type]
        assert "45亩" not in visitor.get("/parks/land").source
        switch(tmp_path, Switch(subject="parks", text=SWITCHED, at=0.0))
        for path in ("/parks", "/parks/snail-isle", chosen("land", "snail-isle")):
            page = visitor.get(path)
            assert SWITCHED in page.text and "平方公里" not in page.text
        assert visitor.client.get("/parks.svg").status_code == 404
        chains = visitor.get("/chains")
        assert chains.all("//a[@href='/parks/snail-isle']") == [] and "1203.4" in chains.source
        switch(tmp_path, Switch(subject="industry", text=SWITCHED, at=0.0))
        assert (
            SWITCHED in visitor.get("/chains").text
            and SWITCHED in visitor.get("/chains/clocks").text
        )
        assert visitor.client.get("/chains.svg").status_code == 404


def switch(state: Path, row: Switch) -> None:
    database = Database(f"sqlite:///{state / 'bot.sqlite'}")
    with database.session() as session:
        session.merge(row)
    database.close()


def test_a_corpus_without_parks_says_so(tmp_path: Path, arrive: Arrive, bare: Path) -> None:
    with serve(bare, tmp_path) as running:
        visitor = arrive(running.url)
        for path in ("/parks", "/chains", "/parks/compare", "/parks/compare?park=a&park=b"):
            page = visitor.get(path)
            assert page.status == 200 and not page.all("//table | //figure")
        assert "这一类还没有收录文件。" in visitor.get("/parks").text
        assert visitor.client.get("/parks.svg").status_code == 200
        assert visitor.client.get("/chains.svg").status_code == 200
        assert visitor.get("/parks/snail-isle").status == 404


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, index = tmp_path_factory.mktemp("bare"), tmp_path_factory.mktemp("bare_index")
    (folder / "railway.md").write_text(
        "# 鹭鸣站\n\n鹭鸣站货场年吞吐量600万吨。\n", encoding="utf-8"
    )
    assert build_index(folder, index, HashEncoder()).failures == ()
    return index


def test_names_and_words_never_become_markup(visitor: Visitor) -> None:
    for path in (*PAGES, "/parks?lang=en", "/parks/hostile?lang=en", "/chains?lang=en"):
        page = visitor.get(path)
        assert not page.all("//main//script | //main//i | //svg | //main//th//b | //main//h1//b")
        assert not page.all("//img[not(starts-with(@src, '/'))] | //*[@onerror]")
    page = visitor.get("/parks/hostile")
    assert page.texts("//h1") == ['<b>"码头"</b>'] and page.quotes == [HOSTILE_WORDS]
    assert "<script" not in visitor.client.get("/parks.svg?lang=en").text
    assert "&lt;script&gt;alert(7)" in visitor.client.get("/parks.svg?lang=en").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_parameter_is_reflected_or_breaks_a_page(visitor: Visitor, payload: str) -> None:
    sent = quote(payload.encode("utf-8", "surrogatepass"), safe="")
    for path in (f"/parks/{sent}", f"/chains/{sent}", f"/parks/compare?park={sent}&park=land&park=empty",
                 f"/parks?{sent}={sent}&lang={sent}", f"/chains?lang={sent}"):  # fmt: skip
        page = visitor.get(path)
        assert page.status in (200, 404, 414)
        assert is_quiet_but_for_pictures(page)
        assert "<" not in payload or payload not in page.source
    for path in ("/parks.svg", "/chains.svg"):
        answer = visitor.client.get(f"{path}?narrow={sent}&dark={sent}&lang={sent}")
        assert answer.status_code in (200, 414) and "<script" not in answer.text
        assert answer.status_code == 414 or ElementTree.fromstring(answer.text) is not None


def is_quiet_but_for_pictures(page: Page) -> bool:
    for one in page.all("//figure//img[starts-with(@src, '/parks.svg?') or starts-with(@src, '/chains.svg?')]"):  # fmt: skip
        one.getparent().remove(one)
    return is_quiet(page)
