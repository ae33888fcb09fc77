import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.text.sentences import LONG_IN_ENGLISH, LONG_SENTENCE, sentence_spans, trim

ALPHABET = "云岭甲乙aB1 .。！？；;，\n\u3000”）》（“No\t"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(st.one_of(st.text(), st.text(alphabet=ALPHABET, max_size=400)))
def test_spans_cover_the_text_in_order_without_gaps(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    borders = [0, *(end for _, end in spans)]
    assert [start for start, _ in spans] == borders[:-1]


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_trimming_takes_white_space_from_both_ends_and_nothing_else(text: str) -> None:
    start, end = trim(text, (0, len(text)))
    assert text[start:end] == text.strip()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("补贴1.5万元。共3.25亿元！另行通知", ["补贴1.5万元。", "共3.25亿元！", "另行通知"]),
        ("他说：“可以。”随后离开。", ["他说：“可以。”", "随后离开。"]),
        ("（见附件。）另行通知。", ["（见附件。）", "另行通知。"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("第一行\n第二行", ["第一行\n", "第二行"]),
        ("园区概况 青螺洲位于河东 （一）面积", ["园区概况 ", "青螺洲位于河东 ", "（一）面积"]),
        ("按此办理。第三条 企业应当备案。", ["按此办理。", "第三条 企业应当备案。"]),
        ("第十二章　附则", ["第十二章　附则"]),
        ("第三条\n企业应当备案。", ["第三条\n企业应当备案。"]),
        ("由市政府解释.自印发之日起施行", ["由市政府解释.", "自印发之日起施行"]),
        ("甲；乙；丙。", ["甲；乙；丙。"]),
    ],
)
def test_chinese_text_is_cut_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It grew 3.5 per cent. It fell.", ["It grew 3.5 per cent. ", "It fell."]),
        ("See No. 38 of 2020. It applies.", ["See No. 38 of 2020. ", "It applies."]),
        ("The U.S. Market grew. It did.", ["The U.S. Market grew. ", "It did."]),
        (
            "Mr. Li of Acme Co. Ltd. Came. Then left.",
            ["Mr. Li of Acme Co. Ltd. Came. ", "Then left."],
        ),
        ("He said “Yes.” Then he left.", ["He said “Yes.” ", "Then he left."]),
        ("It is in the south. 云岭市。", ["It is in the south. ", "云岭市。"]),
        ("e.g. the park is open", ["e.g. the park is open"]),
    ],
)
def test_english_text_is_cut_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_figures_between_spaces_stay_in_their_sentence() -> None:
    text = "据报道，2017 年 6 月共有 300 家企业，面积约 12.5 平方公里。"
    assert cut(text) == [text]


def test_semicolons_part_only_long_sentences() -> None:
    clause = "甲" * (LONG_SENTENCE // 2)
    assert cut(f"{clause}；{clause}。") == [f"{clause}；", f"{clause}。"]
    assert len(cut(f"{clause[:-9]}；{clause[:-9]}。")) == 1


@pytest.mark.parametrize("piece", ["No. ", "。", "”", " ", "\n", "；", '." ', "衡 ", "A. "])
def test_a_long_text_of_one_thing_is_cut_too(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert "".join(cut(text)) == text


def test_an_english_sentence_is_cut_at_semicolons_only_where_it_is_longer() -> None:
    clause = "a " * (LONG_SENTENCE // 2)
    assert len(sentence_spans(f"{clause}; {clause}.")) == 1
    long = "a " * (LONG_IN_ENGLISH // 2)
    assert len(sentence_spans(f"{long}; {long}.")) == 2
