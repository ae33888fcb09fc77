from dataclasses import replace
from datetime import date

from hyqa.index.inspection import Concern, Inspection, inspect
from hyqa.types import Document, Metadata, PageStart, Section

DAY = date(2026, 1, 1)
TEXT = "云岭市对新认定的企业给予奖励，标准为每家二十万元，由市财政局在认定后三个月内拨付到位。" * 3
META = Metadata("云岭市奖励办法", "policy", publisher="云岭市人民政府", number="云政发〔2025〕8号",
                issued="2025-03-01", effective="2025-04-01")  # fmt: skip


def document(text: str = TEXT, meta: Metadata = META, **more: object) -> Document:
    sections = (Section((), 0, len(text)),)
    made = Document("a.md", meta, text, sections, (), "0")
    return replace(made, **more)  # type: ignore[arg-type]


def concerns(*documents: Document) -> list[set[Concern]]:
    return [{one.concern for one in seen.warnings} for seen in inspect(documents, DAY)]


def sentences(one: Document) -> str:
    (seen,) = inspect([one], DAY)
    return "; ".join(warning.sentence for warning in seen.warnings)


def test_a_sound_document_has_no_warnings_and_its_chunks() -> None:
    (seen,) = inspect([document()], DAY)
    assert isinstance(seen, Inspection) and seen.warnings == ()
    assert "".join(chunk.text for chunk in seen.chunks) == TEXT
    assert seen.standing.force == "in_force"


def test_what_an_official_document_lacks_is_told() -> None:
    bare = document(meta=Metadata("云岭市奖励办法"))
    assert concerns(bare) == [{Concern.NO_DATE, Concern.NO_NUMBER, Concern.NO_PUBLISHER}]
    news = replace(META, title="企业落户云岭", kind="news", number="")
    assert concerns(document(meta=news)) == [set()]


def test_what_is_no_longer_or_not_yet_in_force_is_told() -> None:
    assert "in force until 2025-06-30" in sentences(
        document(meta=replace(META, expires="2025-06-30"))
    )
    later = replace(META, effective="2027-01-01")
    assert "not in force before 2027-01-01" in sentences(document(meta=later))


def test_a_repeal_by_another_document_is_told() -> None:
    newer = replace(META, title="新办法", number="云政发〔2025〕9号", repeals=("《云岭市奖励办法》（云政发〔2025〕8号）",),
                    issued="2025-06-01", effective="2025-06-01")  # fmt: skip
    old, _ = concerns(document(), document(TEXT[::-1], newer, id="b.md"))
    assert old == {Concern.NOT_IN_FORCE}


def test_the_same_words_in_another_file_are_a_duplicate() -> None:
    first, second = concerns(document(), document(TEXT.replace("，", ","), id="b.pdf"))
    assert (first, second) == (set(), {Concern.DUPLICATE})


def test_text_that_looks_broken_short_or_unheaded_is_told() -> None:
    assert concerns(document(TEXT + "\ufffd" * 5)) == [{Concern.BROKEN_TEXT}]
    assert concerns(document(TEXT + "锟斤拷" * 5)) == [{Concern.BROKEN_TEXT}]
    assert concerns(document("云岭市。")) == [{Concern.LITTLE_TEXT}]
    assert concerns(document(TEXT * 200)) == [{Concern.NO_OUTLINE}]
    assert concerns(document("Façade, naïve café and Ærø in English. " * 9)) == [set()]


def test_pages_without_text_are_told() -> None:
    pages = (PageStart(0, 1), PageStart(10, 2), PageStart(20, 5))
    made = document(TEXT * 3, page_starts=pages)
    assert sentences(made) == "no text was read from page 3, 4"
    assert concerns(document(page_starts=pages)) == [{Concern.MISSING_PAGES, Concern.LITTLE_TEXT}]


def test_remarks_of_the_parsers_are_told() -> None:
    assert sentences(document(remarks=("the date is doubtful.",))) == "the date is doubtful"
