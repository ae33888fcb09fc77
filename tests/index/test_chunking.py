from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa.index.chunking import CHUNK_SIZE, chunk_document, embedded_text, pages_of, text_width
from hyqa.types import Chunk, Document, Metadata, PageStart, Section

SENTENCE = "办事窗口负责受理项目，五个工作日内答复。"
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet="云岭甲，。；\n a.B", max_size=40),
        st.sampled_from([SENTENCE * 9, "云" * 900, "a" * 2000, "Ab, " * 500, " " * 50]),
    ),
    min_size=1,
    max_size=5,
)


def document(*sections: str, title: str = "", pages: tuple[PageStart, ...] = ()) -> Document:
    """A document of sections, each under a heading of its own."""
    text, made = "", []
    for number, content in enumerate(sections):
        text += f"标题{number}\n"
        made.append(Section((f"标题{number}",), len(text), len(text) + len(content)))
        text += f"{content}\n"
    return Document("d.md", Metadata(title), text, tuple(made), pages, "0")


def inside(chunks: tuple[Chunk, ...], section: Section) -> list[Chunk]:
    return [chunk for chunk in chunks if chunk.heading_path == section.heading_path]


@given(TEXTS)
def test_a_chunk_is_the_text_at_its_place_inside_one_section(texts: list[str]) -> None:
    made = document(*texts)
    chunks = chunk_document(made)
    for chunk in chunks:
        (section,) = [s for s in made.sections if s.heading_path == chunk.heading_path]
        assert section.start <= chunk.start < chunk.end <= section.end
        assert chunk.text == made.text[chunk.start : chunk.end] == chunk.text.strip()
    assert len({chunk.id for chunk in chunks}) == len(chunks)


@given(TEXTS)
def test_the_chunks_of_a_section_hold_all_of_it_once_and_in_order(texts: list[str]) -> None:
    made = document(*texts)
    chunks = chunk_document(made)
    for section in made.sections:
        own = inside(chunks, section)
        assert all(left.end <= right.start for left, right in pairwise(own))
        whole = made.text[section.start : section.end]
        assert "".join("".join(chunk.text for chunk in own).split()) == "".join(whole.split())


@given(TEXTS)
def test_no_chunk_is_wider_than_an_encoder_can_see(texts: list[str]) -> None:
    assert all(text_width(c.text) <= 2 * CHUNK_SIZE for c in chunk_document(document(*texts)))


def test_the_chunks_of_a_long_section_are_about_equally_wide() -> None:
    chunks = chunk_document(document(SENTENCE * 50))
    widths = [text_width(chunk.text) for chunk in chunks]
    assert len(chunks) == 3
    assert max(widths) - min(widths) <= 2 * len(SENTENCE)
    assert all(chunk.text.endswith("。") for chunk in chunks)


def test_a_sentence_too_wide_for_a_chunk_is_cut_at_its_commas() -> None:
    listed = "，".join(["规模以上企业"] * 100)
    chunks = chunk_document(document(listed))
    assert len(chunks) > 1
    assert all(chunk.text.endswith("，") for chunk in chunks[:-1])
    assert all(chunk.text.startswith("规模") for chunk in chunks)


@pytest.mark.parametrize("letter", ["云", "a", "a,"])
def test_a_text_without_pauses_is_cut_nevertheless(letter: str) -> None:
    text = letter * 50_000
    chunks = chunk_document(document(text))
    assert "".join(chunk.text for chunk in chunks) == text
    assert all(text_width(chunk.text) <= 2 * CHUNK_SIZE for chunk in chunks)


def test_english_fills_a_chunk_with_more_letters_than_chinese() -> None:
    assert text_width("云岭") == 2
    assert text_width("ab 12") == pytest.approx(2)
    assert len(chunk_document(document("It is so. " * 80))) == 1


def test_a_section_of_white_space_gives_no_chunk() -> None:
    assert chunk_document(document("", " \n\u3000")) == ()


def test_an_unchanged_document_has_unchanged_ids() -> None:
    first, again = (chunk_document(document(SENTENCE * 30, SENTENCE)) for _ in range(2))
    assert first == again


def test_a_changed_section_leaves_the_ids_before_it() -> None:
    before = chunk_document(document(SENTENCE, SENTENCE))
    after = chunk_document(document(SENTENCE, SENTENCE + "另行通知。"))
    assert before[0].id == after[0].id
    assert before[1].id != after[1].id


def test_what_is_encoded_stands_under_its_title_and_headings() -> None:
    made = document("补贴三千元。", title="博士措施")
    (chunk,) = chunk_document(made)
    assert embedded_text(made, chunk) == "博士措施\n标题0\n补贴三千元。"


def test_what_is_encoded_repeats_neither_title_nor_heading() -> None:
    made = document("补贴三千元。", title="标题0")
    (chunk,) = chunk_document(made)
    assert embedded_text(made, chunk) == "标题0\n补贴三千元。"
    text = "博士措施。补贴三千元。"
    opening = Document("d", Metadata("博士措施"), text, (Section((), 0, len(text)),), (), "0")
    assert embedded_text(opening, chunk_document(opening)[0]) == text


@pytest.mark.parametrize(
    ("span", "pages"),
    [((0, 5), (1, 1)), ((5, 10), (1, 1)), ((5, 11), (1, 2)), ((10, 12), (2, 2)), ((3, 40), (1, 4))],
)
def test_pages_are_the_first_and_last_that_a_span_touches(
    span: tuple[int, int], pages: tuple[int, int]
) -> None:
    starts = (PageStart(0, 1), PageStart(10, 2), PageStart(20, 4))
    assert pages_of(starts, span) == pages


def test_text_before_the_first_known_page_stands_on_it() -> None:
    assert pages_of((PageStart(10, 3),), (0, 5)) == (3, 3)
    assert pages_of((PageStart(10, 3), PageStart(20, 4)), (0, 25)) == (3, 4)


def test_formats_without_pages_have_none() -> None:
    assert pages_of((), (0, 5)) is None
    assert chunk_document(document(SENTENCE))[0].pages is None


def with_preamble(preamble: str) -> Document:
    """A document of two headings, before which something stands."""
    text = f"{preamble}\n园区概况\n{SENTENCE}\n联系方式\n电话 1234。"
    borders = [0, text.index("园区概况") + 5, text.index("联系方式") + 5]
    made = (
        Section((), 0, len(preamble) + 1),
        Section(("园区概况",), borders[1], borders[2] - 5),
        Section(("联系方式",), borders[2], len(text)),
    )
    return Document("d.md", Metadata("云岭园区"), text, made, (), "0")


def test_a_short_preamble_is_no_chunk_of_its_own_and_is_not_lost() -> None:
    made = with_preamble("摘要，不是原文")
    first, second = chunk_document(made)
    assert first.start == 0
    assert first.text.startswith("摘要，不是原文") and first.text.endswith(SENTENCE)
    assert (first.heading_path, second.heading_path) == (("园区概况",), ("联系方式",))


def test_a_preamble_that_says_something_is_a_chunk_of_its_own() -> None:
    first, *others = chunk_document(with_preamble(SENTENCE * 3))
    assert first.text == SENTENCE * 3
    assert [chunk.heading_path for chunk in others] == [("园区概况",), ("联系方式",)]
