import pytest

from hyqa.narrowing import ends_whole, narrowed, paragraphs_of
from hyqa.sentences import sentence_spans


def _kept(text: str, *sought: str) -> str:
    """What is kept of a text, where some words are sought and weigh alike."""
    sentences = sentence_spans(text)
    held = [frozenset(word for word in sought if word in text[a:b]) for a, b in sentences]
    paragraphs = paragraphs_of(text, sentences, held, (0, len(sentences) - 1))
    kept = narrowed(paragraphs, lambda some: len(some) / len(sought))
    return text[sentences[kept[0].first][0] : sentences[kept[-1].last][1]].strip()


def test_paragraphs_of_nothing_sought_go_at_both_ends() -> None:
    text = "会议听取了汇报。\n港口有泊位3个。\n会议要求抓好落实。"
    assert _kept(text, "港口", "泊位") == "港口有泊位3个。"


def test_a_paragraph_between_two_that_answer_stays() -> None:
    text = "港口位于城南。\n城南风景秀丽。\n泊位共有3个。"
    assert _kept(text, "港口", "泊位") == text


def test_several_answers_of_their_own_stay() -> None:
    text = "港口东区有泊位3个。\n港口西区有泊位5个。"
    assert _kept(text, "港口", "泊位") == text


@pytest.mark.parametrize(
    "limit", ["但临时泊位除外。", "除临时泊位外。", "其中2个在建。", "However, one is closed."]
)
def test_what_limits_the_answer_stays(limit: str) -> None:
    text = f"港口有泊位3个。\n{limit}\n会议要求抓好落实。"
    assert _kept(text, "港口") == f"港口有泊位3个。\n{limit}"


def test_items_stay_under_the_sentence_that_introduces_them() -> None:
    text = "港口收费如下：\n停泊费按日收取。\n过磅费按车收取。"
    assert _kept(text, "港口", "过磅费") == text


def test_rows_of_a_table_stay_together() -> None:
    text = "区域 | 泊位\n东区 | 3\n西区 | 5"
    assert _kept(text, "西区") == text


def test_a_byline_above_prose_goes() -> None:
    assert _kept("记者 某某\n港口有泊位3个。", "港口") == "港口有泊位3个。"


def test_one_paragraph_is_kept_whatever_it_holds() -> None:
    assert (
        _kept("会议听取了汇报。会议要求抓好落实。", "港口") == "会议听取了汇报。会议要求抓好落实。"
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("完。", True),
        ("完。”  ", True),
        ("Done.", True),
        ("东区 | 3", False),
        ("如下：", False),
        ("", False),
    ],
)
def test_whether_a_sentence_ends(text: str, whole: bool) -> None:
    assert ends_whole(text, len(text)) is whole
