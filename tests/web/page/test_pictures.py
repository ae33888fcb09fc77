"""The pictures of parks and chains: SVG without script, of what the tables say."""

from xml.etree import ElementTree

import pytest

from page.serving import Visitor
from web.rendering.pictures import NARROW, WIDE, chain_picture, county_picture, wrapped

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("path", ["/parks", "/chains"])
def test_the_pictures_are_svg_of_what_the_table_says(
    visitor: Visitor, path: str, lang: str
) -> None:
    page = visitor.get(f"{path}?lang={lang}")
    addresses = page.all("//figure//img/@src | //figure//source/@srcset")
    assert len(addresses) == 4 and page.one("//figure//img").get("alt")
    sizes = set()
    for address in addresses:
        answer = visitor.client.get(address)
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        tree = ElementTree.fromstring(answer.text)
        assert {one.tag.removeprefix(SVG) for one in tree.iter()} <= {"svg", "path", "circle", "rect", "text"}  # fmt: skip
        sizes.add((tree.get("width"), tree.find(f"{SVG}rect").get("fill")))  # type: ignore[union-attr]
        said = "".join(one.text or "" for one in tree.iter(f"{SVG}text")).replace(" ", "")
        for name in page.texts("//tbody//th"):
            assert name.replace(" ", "") in said
    assert len(sizes) == 4  # narrow and wide, in the light and in the dark


def test_pictures_show_what_documents_state_and_no_more(visitor: Visitor) -> None:
    words = visitor.client.get("/parks.svg").text
    assert words.index("鹭鸣站") < words.index("青螺洲工业园") < words.index("时针谷")
    assert words.index("文件未写明县区") < words.index("东一路地块")
    chains = ElementTree.fromstring(visitor.client.get("/chains.svg").text)
    assert len(chains.findall(f"{SVG}path")) == 2
    said = [one.text for one in chains.iter(f"{SVG}text")]
    assert "产值 1203.4亿元（2024年）" in said and "云外园" not in said


def test_lines_of_a_picture_are_cut_between_words() -> None:
    assert wrapped("Hengyang High-tech Zone", 100) == ["Hengyang", "High-tech", "Zone"]
    assert wrapped("衡阳高新区", 43) == ["衡阳高", "新区"]
    assert wrapped("Xidu 高新区 park", 60) == ["Xidu 高", "新区", "park"]
    assert wrapped("产值（年）", 43) == ["产值", "（年）"]
    assert wrapped("", 10) == [] and wrapped("Incomprehensibilities", 10) == [
        "Incomprehensibilities"
    ]


@pytest.mark.parametrize("is_narrow", [True, False])
def test_nothing_of_a_picture_covers_anything_else(is_narrow: bool) -> None:
    names = [f"Park number {number}" for number in range(12)]
    chains = [(f"Chain {n}", ["Output 5"] * (n % 3), names[n : n + 1 + n % 4]) for n in range(9)]
    for drawn in (
        county_picture([("A county", names[:5]), ("B", names[5:6]), ("C", names[6:])] * 3, is_narrow=is_narrow),
        chain_picture(chains, {one: one for one in names}, is_narrow=is_narrow),
        chain_picture([], {}, is_narrow=is_narrow),
        county_picture([], is_narrow=is_narrow),
    ):  # fmt: skip
        assert drawn.width == (NARROW if is_narrow else WIDE) and drawn.height >= 0
        for number, one in enumerate(drawn.cards):
            assert one.x >= 0 and one.x + one.width <= drawn.width + 0.01
            assert one.y >= 0 and one.y + one.height <= drawn.height + 0.01
            for other in drawn.cards[:number]:
                beside = other.x + other.width <= one.x or one.x + one.width <= other.x
                below = other.y + other.height <= one.y or one.y + one.height <= other.y
                assert beside or below
