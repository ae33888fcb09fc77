"""``hyqa foresee`` as a maintainer uses it: a draft is made, read, mended and accepted."""

import json
from pathlib import Path

from answer.writer import Server, saying

from cli.conftest import Run
from cli.foresee.conftest import DAYS, KEY, MISS, NAME, TEXT, YEARS, array, lines, own
from hyqa import HashEncoder, build_index, open_index


def foreseen(docs: Path, root: Path) -> set[str]:
    """The questions of an index of the corpus."""
    assert build_index(docs, root, HashEncoder()).failures == ()
    return {text for text, _ in open_index(root).foreseen.all_texts().values()}


def test_a_draft_is_asked_for_read_by_no_index_and_accepted(
    run: Run, docs: Path, draft: Path, accepted: Path, writer: Server, tmp_path: Path
) -> None:
    drafted = run("foresee", NAME)
    assert drafted.code == 0
    assert "Drafted 2 questions and 1 near miss on parks/guide.md" in drafted.out
    assert len(writer.asked) == 3 and set(writer.keys) == {f"Bearer {KEY}"}
    assert KEY not in drafted.out + drafted.err
    assert lines(draft) == [
        {"question": DAYS["question"], "answers": {NAME: DAYS["words"]}},
        {"question": YEARS["question"], "answers": {NAME: YEARS["words"]}},
        {"question": MISS["question"], "documents": [NAME], "lacks": MISS["lacks"]},
    ]
    assert DAYS["question"] not in foreseen(docs, tmp_path / "before")
    taken = run("foresee", NAME, "--accept")
    assert taken.code == 0 and "Accepted 2 questions and 1 near miss" in taken.out
    assert not draft.exists() and len(lines(accepted)) == 3
    assert {DAYS["question"], YEARS["question"], MISS["question"]} <= foreseen(
        docs, tmp_path / "after"
    )


def test_what_a_person_edited_is_never_written_over(
    run: Run, draft: Path, accepted: Path, writer: Server
) -> None:
    run("foresee", NAME)
    edited = [one for one in lines(draft) if "answers" in one]
    edited[0]["question"] = "公司几天能开起来"
    draft.write_text("".join(f"{json.dumps(one)}\n" for one in edited), encoding="utf-8")
    again = run("foresee", NAME)
    assert again.code == 2 and "There is a draft already" in again.err
    assert lines(draft) == edited and len(writer.asked) == 3
    assert run("foresee", NAME, "--accept").code == 0
    assert lines(accepted) == edited
    run("foresee", NAME)
    more = run("foresee", NAME, "--accept", "--json")
    assert lines(accepted)[:2] == edited
    assert json.loads(more.out)["accepted"].endswith("guide.jsonl")
    repeated = run("foresee", NAME)
    assert repeated.code == 1 and not draft.exists()
    assert "it is foreseen already: questions/parks/guide.jsonl:" in repeated.err


def test_what_does_not_hold_stays_in_the_draft_to_be_mended(
    run: Run, draft: Path, accepted: Path, writer: Server
) -> None:
    run("foresee", NAME)
    with draft.open("a", encoding="utf-8") as file:
        wrong = {"question": "要交多少钱", "answers": {NAME: "不收 费用"}}
        file.write(json.dumps(wrong, ensure_ascii=False) + "\r\nno json")
    taken = run("foresee", NAME, "--accept")
    assert taken.code == 1 and "Accepted 2 questions and 1 near miss" in taken.out
    assert "guide.md.jsonl:4: the words that answer it do not stand in parks/guide.md" in taken.err
    assert "guide.md.jsonl:5: it is no foreseen question" in taken.err
    assert taken.err.endswith("2 could not be taken: see above.\n")
    assert len(lines(accepted)) == 3
    assert draft.read_text("utf-8").splitlines()[1:] == ["no json"]
    mended = draft.read_text("utf-8").replace("不收 费用", "不收费用").replace("no json\n", "")
    draft.write_text(mended, encoding="utf-8")
    assert run("foresee", NAME, "--accept").code == 0
    assert len(lines(accepted)) == 4 and not draft.exists()


def test_a_person_brings_a_file_for_both_languages(
    run: Run, docs: Path, draft: Path, accepted: Path
) -> None:
    both = {
        "question": "开公司要钱吗",
        "answers": {NAME: "不收费用", "parks/guide-en.md": "free of charge"},
    }
    partly = {"question": "开公司顺不顺", "answers": {NAME: "0.5个工作日"}, "lacks": "只讲时间"}
    file = own(docs, both, partly)
    accepted.parent.mkdir(parents=True)
    accepted.write_text('{"question": "旧的", "documents": ["parks/guide.md"], "lacks": "无"}')
    assert run("foresee", NAME, "--from", file).code == 0
    assert lines(draft) == [both, partly]
    assert run("foresee", NAME, "--accept").code == 0
    assert lines(accepted)[1:] == [both, partly]
    english = {"question": "is it free", "answers": {"parks/guide-en.md": "free of charge"}}
    direct = run("foresee", "parks/guide-en.md", "--from", own(docs, english), "--accept")
    assert direct.code == 0 and lines(accepted)[3:] == [english]


def test_what_holds_of_a_broken_reply_is_kept(run: Run, draft: Path, writer: Server) -> None:
    many = [{"question": f"第{n}条要几天", "words": "0.5个工作日"} for n in range(40)]
    fenced = f"```json\n{array('x', *many)}\n```"
    writer.reply = saying(fenced)
    result = run("foresee", NAME, "--json")
    told = json.loads(result.out)
    assert (result.code, told["questions"], told["near_misses"]) == (1, 23, 0)
    reasons = {one["place"]: one["reason"] for one in told["refused"]}
    assert reasons["passage 1, question 1"].startswith("it is no question with its words")
    assert reasons["passage 1"] == "only 24 of its questions were looked at"
    assert len(lines(draft)) == 23


def test_words_that_stand_before_the_passage_would_lead_there(
    run: Run, docs: Path, draft: Path, writer: Server
) -> None:
    writer.reply = saying(array({"question": "什么用地", "words": "工业用地"}))
    (docs / NAME).write_text(TEXT.replace("不收费用", "工业用地另办"), encoding="utf-8")
    result = run("foresee", NAME)
    assert (
        "passage 2, question 1: the words that answer it do not stand in the passage" in result.err
    )
    assert lines(draft) == [{"question": "什么用地", "answers": {NAME: "工业用地"}}]
