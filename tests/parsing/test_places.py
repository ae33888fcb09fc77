import pytest

from hyqa.index.chunking import chunk_document, embedded_text, searched_text, text_width
from hyqa.index.leads import find_lead
from hyqa.parsing.outline.outline import find_outline
from hyqa.parsing.outline.places import Places, heading_path
from hyqa.types import Document, Metadata, Section

BODY = "办事窗口负责受理项目，五个工作日内答复，逾期的说明理由。"


def document(text: str) -> Document:
    sections = (Section((), 0, len(text)),)
    outline = find_outline(text, sections)
    return Document("d", Metadata("办法"), text, sections, (), "0", outline=outline)


PLAN = document(
    f"一、总则\n{BODY}\n二、措施\n（一）补贴。{BODY}\n（二）奖励。{BODY}\n1.甲类项目奖励十万元，乙类减半。\n2.丙类项目不奖励，另有规定的除外。"
)
LIST = document(
    f"第一条　申请时提交下列材料：\n（一）营业执照；\n（二）备案文件；\n（三）{BODY * 20}\n第二条　{BODY}"
)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("二、措施", ("二、措施",)),
        ("（一）补贴", ("二、措施", "（一）补贴")),
        ("丙类", ("二、措施", "（二）奖励", "2.")),
        (PLAN.text, ()),
        (f"（一）补贴。{BODY}\n（二）奖励", ("二、措施",)),
    ],
)
def test_a_span_stands_under_the_headings_that_hold_all_of_it(
    words: str, path: tuple[str, ...]
) -> None:
    start = PLAN.text.index(words)
    assert heading_path(PLAN, (start, start + len(words))) == path


def test_a_document_without_an_outline_has_no_places() -> None:
    bare = Document("d", Metadata("甲"), "文。", (Section((), 0, 2),), (), "0")
    assert heading_path(bare, (0, 2)) == ()


def test_a_list_item_knows_the_sentence_that_introduces_it() -> None:
    start = LIST.text.index("（三）")
    lead = find_lead(LIST, LIST.sections[0], start, Places(LIST))
    assert lead is not None
    assert LIST.text[slice(*lead)] == "第一条　申请时提交下列材料："


@pytest.mark.parametrize("place", ["第二条", "（一）营业", "申请时"])
def test_what_is_no_later_item_of_a_list_has_no_lead_of_its_own(place: str) -> None:
    start = LIST.text.index(place)
    lead = find_lead(LIST, LIST.sections[0], start, Places(LIST))
    assert lead is None or lead[1] <= start


def test_bullets_have_a_lead_as_numbers_do() -> None:
    made = document("需要下列材料：\n- 身份证\n- 学历证书\n说明。")
    start = made.text.index("- 学历")
    lead = find_lead(made, made.sections[0], start, Places(made))
    assert lead is not None and made.text[slice(*lead)] == "需要下列材料："


def test_a_chunk_inside_a_list_is_searched_and_encoded_with_its_lead() -> None:
    chunks = chunk_document(LIST)
    led = [chunk for chunk in chunks if chunk.lead]
    for chunk in led:
        assert chunk.text == LIST.text[chunk.start : chunk.end]
        assert "提交下列材料：" in embedded_text(LIST, chunk)
        assert "提交下列材料：" in searched_text(LIST, chunk)


def test_chunks_begin_at_headings_where_one_is_near() -> None:
    parts = [f"（{n}）第{n}项。{BODY * 5}" for n in "一二三四五六"]
    made = document("\n".join(["一、措施", *parts]))
    chunks = chunk_document(made)
    assert len(chunks) > 1
    assert all(chunk.text.startswith("（") for chunk in chunks[1:])
    assert max(text_width(chunk.text) for chunk in chunks) <= 500


def test_a_condition_stays_with_what_it_limits() -> None:
    made = document(BODY * 12 + "每人补贴三千元。" + "但已享受同类补贴的除外。" + BODY * 11)
    chunks = chunk_document(made)
    assert len(chunks) > 1
    assert not any(chunk.text.startswith("但") for chunk in chunks)


def test_a_heading_with_which_a_chunk_begins_is_not_encoded_twice() -> None:
    made = document(f"一、总则\n（一）目标。{BODY * 30}")
    first, second = chunk_document(made)[:2]
    assert embedded_text(made, first).count("一、总则") == 1
    assert embedded_text(made, second).startswith("办法\n一、总则\n（一）目标\n")
