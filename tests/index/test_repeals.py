from dataclasses import replace
from datetime import date
from pathlib import Path

from hyqa.index.build import build_index, open_index
from hyqa.index.repeals import link_repeals
from hyqa.index.validity import Force, status_on
from hyqa.models import HashEncoder
from hyqa.types import Document, Metadata

NEWER = Metadata(
    title="云岭市支持人才若干措施",
    issued="2025-07-11",
    effective="2025-08-01",
    number="云政发〔2025〕8号",
)
OLDER = Metadata(
    title="云岭市人民政府关于印发《云岭市引进人才办法》的通知",
    issued="2020-05-01",
    effective="2020-05-01",
    number="云政发〔2020〕21号",
)


def linked(newer: Metadata, *others: Metadata) -> list[Metadata]:
    """The metadata of the others, after the newer one has been linked with them."""
    metas = [newer, *others]
    documents = [Document(f"{at}.md", meta, "文", (), (), "") for at, meta in enumerate(metas)]
    return [document.meta for document in link_repeals(documents)][1:]


def test_a_number_links_the_two_whatever_brackets_it_is_written_with() -> None:
    newer = replace(NEWER, repeals=("《云岭市引进人才办法》（云政发[2020]21号）",))
    (ended,) = linked(newer, OLDER)
    assert (ended.repealed, ended.repealed_by) == ("2025-08-01", "0.md")
    assert ended.superseded_by == NEWER.title
    assert status_on(ended, date(2025, 8, 1)).force is Force.REPEALED


def test_a_title_links_the_two_where_no_number_is_named() -> None:
    (ended,) = linked(replace(NEWER, repeals=("《云岭市引进人才办法》",)), OLDER)
    assert ended.repealed_by == "0.md"


def test_another_number_or_title_links_nothing() -> None:
    newer = replace(NEWER, repeals=("《云岭市引进人才办法》（云政发〔2020〕2号）", "《办法》"))
    assert linked(newer, OLDER, replace(OLDER, number="人社发〔2020〕21号")) == [
        OLDER,
        replace(OLDER, number="人社发〔2020〕21号"),
    ]


def test_a_new_version_of_the_same_title_does_not_end_itself_or_a_later_one() -> None:
    new = Metadata(title="云岭市燃气条例", issued="2023-01-01", repeals=("《云岭市燃气条例》",))
    old, later = replace(new, issued="2009-01-01"), replace(new, issued="2024-01-01")
    bare = [replace(meta, repeals=()) for meta in (old, later)]
    ended, kept = linked(new, *bare)
    assert (ended.repealed, kept.repealed) == ("2023-01-01", "")
    assert linked(new) == []


def test_what_somebody_declared_stays() -> None:
    newer = replace(NEWER, repeals=(OLDER.number,))
    (ended,) = linked(newer, replace(OLDER, superseded_by="丙", repealed="2025-09-01"))
    assert (ended.superseded_by, ended.repealed) == ("丙", "2025-09-01")


def test_an_index_answers_which_document_ended_which(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "new.txt").write_text(
        "云岭市支持人才若干措施\n云政发〔2025〕8号\n各单位：\n本措施自2025年8月1日起施行，有效期三年。"
        "《云岭市引进人才办法》（云政发〔2020〕21号）同时废止。\n云岭市人民政府\n2025年7月11日\n",
        encoding="utf-8",
    )
    (corpus / "old.txt").write_text(
        "云岭市引进人才办法\n云政发〔2020〕21号\n第一条　为了引进人才，制定本办法。\n"
        "第二条　本办法自2020年6月1日起施行。\n云岭市人民政府\n2020年5月1日\n",
        encoding="utf-8",
    )
    build_index(corpus, tmp_path / "index", HashEncoder())
    store = open_index(tmp_path / "index").store
    assert store.metadata("old.txt").repealed_by == "new.txt"
    assert store.metadata("new.txt").expires == "2028-07-31"
    assert sorted(set(store.validity().expires.tolist())) == ["2025-07-31", "2028-07-31"]
    (evidence,) = [e for e in store.document("new.txt").evidence if e.field == "expires"]
    assert store.document("new.txt").text[evidence.start : evidence.end] == "有效期三年"
