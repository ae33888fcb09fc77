import pytest

from hyqa.text.lists import (
    ITEM_MARK,
    LINE_ITEM_MARK,
    LISTED_LINE_MARK,
    PARTING,
    PARTING_MEANS,
    Rank,
    read_mark,
)


@pytest.mark.parametrize(
    ("text", "rank", "path", "words"),
    [
        ("第二章 总则", Rank.CHAPTER, (2,), "第二章"),
        ("第一百零五条 本法", Rank.ARTICLE, (105,), "第一百零五条"),
        ("第3编", Rank.PART, (3,), "第3编"),
        ("附件2：名单", Rank.ANNEX, (2,), "附件2"),
        ("附件：名单", Rank.ANNEX, (1,), "附件"),
        ("一、总体要求", Rank.ITEM, (1,), "一、"),
        ("（十二）落实", Rank.SUBITEM, (12,), "（十二）"),
        ("3. 建设", Rank.POINT, (3,), "3."),
        ("1.2 范围", Rank.POINT + 0.1, (1, 2), "1.2"),
        ("（4）条件", Rank.SUBPOINT, (4,), "（4）"),
        ("⑫其他", Rank.CIRCLED, (12,), "⑫"),
        ("Chapter IV. Awards", Rank.CHAPTER, (4,), "Chapter IV"),
        ("Article 12 The", Rank.ARTICLE, (12,), "Article 12"),
    ],
)
def test_marks_are_read_with_their_rank_and_figures(
    text: str, rank: float, path: tuple[int, ...], words: str
) -> None:
    mark = read_mark(text, 0)
    assert mark is not None
    assert mark.rank == pytest.approx(rank)
    assert (mark.path, mark.words) == (path, words)
    assert mark.value == path[-1]


@pytest.mark.parametrize(
    "text",
    [
        "第五条规定的",
        "（二）项所称",
        "三、四季度",
        "2.5%",
        "Article 5 of the law",
        "第十十章",
        "十十、甲",
        "",
    ],
)
def test_references_and_figures_are_no_marks(text: str) -> None:
    mark = read_mark(text, 0)
    assert mark is None or mark.rank != pytest.approx(Rank.ITEM)
    assert text == "第十十章" or mark is None


def test_a_figure_before_a_space_is_a_mark_only_in_standards() -> None:
    assert read_mark("3 范围", 0) is None
    mark = read_mark("3 范围", 0, bare=True)
    assert mark is not None and mark.value == 3
    assert read_mark("3 个", 0, bare=True) is None


@pytest.mark.parametrize("text", ["一、甲", "（1）甲", "2.甲", "①甲", "一是甲", "● 甲", "- 甲"])
def test_items_begin_with_a_number_or_a_bullet(text: str) -> None:
    assert ITEM_MARK.match(text)


@pytest.mark.parametrize("text", ["2.5亿元", "甲、乙", "2024年"])
def test_figures_and_words_begin_no_item(text: str) -> None:
    assert not ITEM_MARK.match(text)


def test_chinese_numbers_head_lines_rather_than_list_them() -> None:
    assert not LINE_ITEM_MARK.match("（一）甲") and LISTED_LINE_MARK.match("（一）甲")
    for text in ("* 甲", "a) 甲", "3）甲", "②甲"):
        assert LINE_ITEM_MARK.match(text) and LISTED_LINE_MARK.match(text)
    assert not LISTED_LINE_MARK.match("一、甲")


def test_what_is_one_means_is_not_parted() -> None:
    assert PARTING_MEANS.split("健康与安全计划、培训") == ["健康与安全计划", "培训"]
    assert PARTING.split("甲与乙、丙 and 丁") == ["甲", "乙", "丙 ", " 丁"]
