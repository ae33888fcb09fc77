from hypothesis import given
from hypothesis import strategies as st

from hyqa.reading.listings import announces, block_end, is_label, listings_in
from hyqa.reading.sentences import sentences_of
from hyqa.types import Document, Metadata, Section, Sentence


def _sentences(text: str) -> tuple[list[Sentence], list[str]]:
    document = Document("a", Metadata("云岭"), text, (Section((), 0, len(text)),), (), "")
    sentences = sentences_of(document, [(0, len(text))], 0)
    return sentences, [text[one.start : one.end] for one in sentences]


def _lists(text: str) -> list[tuple[str, list[str]]]:
    sentences, texts = _sentences(text)
    return [
        (texts[one.introduction], [texts[place] for place in one.items])
        for one in listings_in(sentences, texts)
    ]


def test_items_are_listed_with_what_introduces_them() -> None:
    text = "云岭港通知如下。\n申请材料包括：\n1.申请表。\n2.船舶证书。其他不限。\n3.航次记录。\n请遵照执行。"
    assert _lists(text) == [("申请材料包括：", ["1.申请表。", "2.船舶证书。", "3.航次记录。"])]


def test_a_list_may_begin_in_the_sentence_that_introduces_it() -> None:
    text = "措施有三个方面：一是疏浚航道。全年两次。二是扩建泊位。三是减免费用。"
    [(introduction, items)] = _lists(text)
    assert introduction == items[0] == "措施有三个方面：一是疏浚航道。"
    assert items[1:] == ["二是扩建泊位。", "三是减免费用。"]


def test_lists_within_items_are_lists_of_their_own() -> None:
    text = "（一）船舶。\n1.客船。\n2.货船。\n（二）码头。\n1.客运码头。\n2.货运码头。\n"
    kinds = [len(items) for _, items in _lists(text)]
    assert kinds == [2, 2, 2]
    assert ("（一）船舶。", ["1.客船。", "2.货船。"]) in _lists(text)


def test_sentences_that_begin_with_months_are_a_list() -> None:
    text = (
        "大事如下。\n2024年3月，航道疏浚。\n随后，在2024年5月，泊位扩建。\n2024年9月，港口验收。\n"
    )
    [(introduction, items)] = _lists(text)
    assert introduction == "大事如下。"
    assert len(items) == 3


def test_figures_that_count_nothing_are_no_list() -> None:
    assert _lists("全长3.5公里。\n2.5米宽。\n1.8米深。\n") == []
    assert _lists("5.泊位。\n9.航道。\n") == []


def test_what_stands_under_a_heading_ends_at_the_next_one() -> None:
    sentences, texts = _sentences("## 收费\n每吨3元。\n逾期加倍。\n## 罚则\n处以罚款。")
    assert texts[block_end(0, sentences, texts)] == "## 罚则"
    assert block_end(3, sentences, texts) == len(texts)


def test_lower_headings_stand_under_a_higher_one() -> None:
    sentences, texts = _sentences(
        "## 收费\n### 停泊\n每吨3元。\n### 过磅\n每车20元。\n## 罚则\n罚款。"
    )
    assert texts[block_end(0, sentences, texts)] == "## 罚则"
    assert texts[block_end(1, sentences, texts)] == "### 过磅"


def test_what_stands_under_a_label_ends_at_the_next_label() -> None:
    sentences, texts = _sentences("检查项目：\n船体完好。\n证书齐全。\n结论：\n准予靠泊。")
    assert is_label(texts[0])
    assert texts[block_end(0, sentences, texts)] == "结论："


def test_a_heading_announces_and_a_statement_does_not() -> None:
    assert announces("### 收费标准")
    assert announces("（一）收费标准")
    assert announces("具体标准如下：")
    assert not announces("一、每吨3元，每车20元。")


@given(st.text("一二十1①。：:、.（）()- \n#*年月2024在是第", max_size=80))
def test_lists_lie_within_the_text(text: str) -> None:
    sentences, texts = _sentences(text)
    for one in listings_in(sentences, texts):
        assert len(one.items) > 1
        assert 0 <= one.introduction <= one.items[0]
        assert list(one.items) == sorted(set(one.items))
        assert one.items[-1] < one.end <= len(texts)
    for place in range(len(texts)):
        assert place < block_end(place, sentences, texts) <= len(texts)
