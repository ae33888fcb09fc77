"""What readers are told of a new snapshot: which words are new, changed, ended."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from hyqa import (
    Change,
    ChangeKind,
    HashEncoder,
    Reason,
    SnapshotError,
    build_index,
    changes_between,
    open_index,
    snapshot_changes,
    snapshot_name,
)
from hyqa.index.store import Store

HEAD = """\
---
title: {title}
publisher: 云岭市人民政府
issued: "2025-03-01"
effective: "2025-03-01"
language: zh
{more}---

"""
BODY = """\
## 补贴标准

博士每月补贴5000元。硕士每月补贴3000元。

## 申报

每年三月底前申报，逾期不予受理。

由人社局审核。
"""
OTHER = HEAD.format(title="云岭市公交办法", more="") + "## 票价\n\n公交普通车票价1元。\n"
DAY = date(2026, 5, 4)

Compare = Callable[..., tuple[Change, ...]]


def text(body: str = BODY, *, title: str = "云岭市人才办法", more: str = "") -> str:
    return HEAD.format(title=title, more=more) + body


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Index one corpus after the other in one folder, and say what changed."""

    made = count()

    def run(before: dict[str, str], after: dict[str, str], **days: date) -> tuple[Change, ...]:
        names = []
        for files in (before, after):
            corpus = tmp_path / f"corpus{next(made)}"
            for name, content in {"bus.md": OTHER, **files}.items():
                if content:
                    (corpus / name).parent.mkdir(parents=True, exist_ok=True)
                    (corpus / name).write_text(content, encoding="utf-8")
            build_index(corpus, tmp_path / "index", HashEncoder())
            names.append(snapshot_name(tmp_path / "index"))
        since, until = days.get("since", DAY), days.get("until", DAY)
        return snapshot_changes(tmp_path / "index", *names, since=since, until=until)

    return run


def test_a_sentence_that_changed_is_told_before_and_after_and_alone(compare: Compare) -> None:
    after = BODY.replace("5000元", "6000元")
    (change,) = compare({"a.md": text()}, {"a.md": text(after)})
    assert (change.kind, change.document_id) == (ChangeKind.CHANGED, "a.md")
    assert (change.old, change.new) == ("博士每月补贴5000元。", "博士每月补贴6000元。")
    assert change.heading_path == ("补贴标准",)
    assert change.day == "2026-05-04" and change.title == "云岭市人才办法" and not change.whole


def test_the_span_is_where_the_new_words_stand(compare: Compare, tmp_path: Path) -> None:
    (change,) = compare({"a.md": text()}, {"a.md": text(BODY.replace("3000元", "3500元"))})
    held = open_index(tmp_path / "index").store.document("a.md")
    assert held.text[slice(*change.span)] == change.new == "硕士每月补贴3500元。"


def test_a_sentence_that_was_put_in_is_told_beside_one_that_stayed(compare: Compare) -> None:
    after = BODY.replace("3000元。", "3000元。本科每月补贴1000元。")
    (change,) = compare({"a.md": text()}, {"a.md": text(after)})
    assert change.old == "硕士每月补贴3000元。"
    assert change.new == "硕士每月补贴3000元。本科每月补贴1000元。"
    (back,) = compare({"a.md": text(after)}, {"a.md": text()})
    assert (back.old, back.new) == (change.new, change.old)


def test_paragraphs_that_come_and_go_are_new_and_ended(compare: Compare) -> None:
    after = BODY.replace(
        "由人社局审核。\n", "咨询电话见市人民政府网站的公告栏目，工作日可以拨打。\n"
    )
    new, ended = compare({"a.md": text()}, {"a.md": text(after)})
    assert new.kind is ChangeKind.NEW and new.new.startswith("咨询电话") and new.old == ""
    assert (ended.kind, ended.old, ended.new) == (ChangeKind.ENDED, "由人社局审核。", "")
    assert ended.reason is Reason.REMOVED and not ended.whole


def test_what_only_moved_or_got_other_blanks_has_not_changed(compare: Compare) -> None:
    first, _, second = BODY.partition("## 申报")
    assert compare({"a.md": text()}, {"a.md": text(f"## 申报{second}\n{first}")}) == ()
    assert compare({"a.md": text()}, {"a.md": text(BODY + "\n\n")}) == ()


def test_a_document_that_comes_or_goes_is_told_once(compare: Compare) -> None:
    (new,) = compare({}, {"talent/a.md": text()})
    assert (new.kind, new.whole, new.document_id) == (ChangeKind.NEW, True, "talent/a.md")
    assert new.new == "博士每月补贴5000元。硕士每月补贴3000元。"
    (gone,) = compare({"talent/a.md": text()}, {"talent/a.md": ""})
    assert (gone.kind, gone.whole, gone.reason) == (ChangeKind.ENDED, True, Reason.REMOVED)
    assert gone.old == new.new


def test_a_file_of_another_name_is_no_news_and_one_in_other_words_has_changed(
    compare: Compare,
) -> None:
    assert compare({"a.md": text()}, {"a.md": "", "b.md": text()}) == ()
    changed = text(BODY.replace("5000元", "6000元"))
    (change,) = compare({"a.md": text()}, {"a.md": "", "c.md": changed})
    assert (change.kind, change.document_id) == (ChangeKind.CHANGED, "c.md")


def test_a_document_ends_by_its_day_without_a_new_snapshot(compare: Compare) -> None:
    held = {"a.md": text(more='expires: "2026-05-31"\n')}
    assert compare(held, held, since=DAY, until=date(2026, 5, 31)) == ()
    (ended,) = compare(held, held, since=DAY, until=date(2026, 6, 1))
    assert (ended.kind, ended.whole, ended.reason) == (ChangeKind.ENDED, True, Reason.EXPIRED)
    assert ended.day == "2026-05-31" and ended.old.startswith("博士每月")
    assert compare(held, held, since=date(2026, 6, 1), until=date(2026, 6, 2)) == ()


def test_a_document_that_another_ends_is_told_with_the_name_of_that_one(compare: Compare) -> None:
    later = text(more="superseded_by: 云岭市人才新办法\n")
    (ended,) = compare({"a.md": text()}, {"a.md": later})
    assert (ended.kind, ended.reason) == (ChangeKind.ENDED, Reason.REPEALED)
    assert (ended.document_id, ended.by) == ("a.md", "云岭市人才新办法")


def test_what_has_ended_long_ago_is_no_news(compare: Compare) -> None:
    over = {"a.md": text(more='expires: "2025-12-31"\n')}
    assert compare({}, over) == ()
    assert compare(over, {"a.md": ""}) == ()


def test_a_rewritten_document_of_thousands_of_lines_is_compared_in_time(compare: Compare) -> None:
    lines = {
        word: "\n\n".join(f"{word}第{number}条规定了第{number}项。" for number in range(400))
        for word in ("甲", "乙")
    }
    before, after = (text(f"## 条文\n\n{lines[word]}\n") for word in lines)
    changes = compare({"a.md": before}, {"a.md": after})
    kinds = [one.kind for one in changes]
    assert kinds == [ChangeKind.NEW, ChangeKind.ENDED]  # too many pairs: one run each
    assert changes[0].new.count("\n") == changes[1].old.count("\n") == 399


def test_opened_indexes_are_compared_too(compare: Compare, tmp_path: Path) -> None:
    compare({"a.md": text()}, {"a.md": text()})
    store = open_index(tmp_path / "index").store
    assert changes_between(store, store, since=DAY, until=DAY) == ()


@pytest.mark.parametrize("name", ["", "..", "../index", "0" * 16, "CURRENT"])
def test_a_snapshot_that_is_not_there_is_said_to_be_damaged(
    compare: Compare, tmp_path: Path, name: str
) -> None:
    compare({}, {})
    current = snapshot_name(tmp_path / "index")
    with pytest.raises(SnapshotError):
        snapshot_changes(tmp_path / "index", name, current, since=DAY, until=DAY)


def test_only_documents_that_differ_are_read(compare: Compare, tmp_path: Path) -> None:
    changed = {f"{n}.md": text(BODY + f"第{n}号。\n", title=f"办法{n}") for n in range(9)}
    compare(changed, changed | {"3.md": text(BODY, title="办法3")})
    names = sorted(one.name for one in (tmp_path / "index").iterdir() if one.is_dir())
    stores = [Store(tmp_path / "index" / name) for name in names]
    changes_between(*stores, since=DAY, until=DAY)
    assert [list(store._documents) for store in stores] == [["3.md"], ["3.md"]]
    for store in stores:
        store.close()
