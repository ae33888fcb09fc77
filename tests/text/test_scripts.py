import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa import Engine, HashEncoder, Status
from hyqa.index.build import Index, build_index, open_index
from hyqa.text.scripts import simplify
from hyqa.text.tokens import normalize, tokenize

CONVERTER = opencc.OpenCC("t2s")
OPENCC_DATA = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
OPENCC_DICT = OPENCC_DATA.parent.parent / "bin" / "opencc_dict"
TODAY = date(2025, 11, 1)
QUESTIONS = [
    ("博士每月生活補貼多少錢？", "博士每月生活补贴多少钱？"),
    ("青螺洲工業園規劃面積多大", "青螺洲工业园规划面积多大"),
    ("時針谷產業園有多少家鐘錶企業？", "时针谷产业园有多少家钟表企业？"),
]
TRADITIONAL = """\
---
title: 雲嶺市倉儲補貼辦法
issued: "2025-03"
---

## 倉儲補貼

企業租用鷺鳴倉庫的，每平方米給予倉儲補貼八元，全年不超過二十萬元。
"""


@pytest.mark.parametrize(
    ("written", "simplified"),
    [
        ("衡陽高新區的獎勵", "衡阳高新区的奖励"),
        ("乾隆年間，乾燥的乾糧", "乾隆年间，干燥的干粮"),
        ("著名的皇后於里面碎片", "著名的皇后于里面碎片"),
        ("Ｈｅｎｇ ABC 於１２３", "Ｈｅｎｇ ABC 于１２３"),
        ("李頔", "李頔"),
        ("a\0\ud800陽", "a\0?阳"),
        ("", ""),
    ],
)
def test_characters_are_simplified_by_their_words(written: str, simplified: str) -> None:
    assert simplify(written) == simplified


def converted(text: str) -> str:
    """What OpenCC makes of a text, without the characters that ``simplify`` does not want."""
    readable = text.encode("utf-8", "replace").decode("utf-8")
    pairs = zip(readable, CONVERTER.convert(readable), strict=True)
    return "".join(old if new > "\uffff" else new for old, new in pairs)


def test_all_characters_are_converted_as_opencc_does() -> None:
    every = list(map(chr, range(0x34000)))  # no Chinese ones are beyond
    assert "".join(map(simplify, every)) == converted("\n".join(every))[::2]


@pytest.mark.skipif(not OPENCC_DICT.exists(), reason="OpenCC came without its dictionary tool")
def test_all_phrases_are_converted_as_opencc_does(tmp_path: Path) -> None:
    # What changes in a text is a key, so where all keys change as they should, all texts do.
    plain, keys = tmp_path / "plain.txt", set()
    for name in re.findall(r'"file": "(.+?)"', (OPENCC_DATA / "t2s.json").read_text("utf-8")):
        command = [OPENCC_DICT, "-i", OPENCC_DATA / name, "-o", plain, "-f", "ocd2", "-t", "text"]
        subprocess.run(command, check=True)
        keys |= {line.split("\t")[0] for line in plain.read_text("utf-8").splitlines()}
    assert {"覆信", "衹見樹木", "陽"} <= keys
    for key in keys:
        assert simplify(key) == converted(key)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_a_text_is_converted_as_opencc_does(text: str) -> None:
    assert simplify(text) == converted(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_text_keeps_its_length_and_all_that_is_not_chinese(text: str) -> None:
    simplified = simplify(text)
    assert len(simplified) == len(text)
    assert all(a == b for a, b in zip(text, simplified, strict=True) if a < "\u2e80")


def test_both_scripts_have_the_same_tokens() -> None:
    assert tokenize("企業租用倉庫〔２０２５〕３號") == tokenize("企业租用仓库〔2025〕3号")
    assert normalize("雲嶺") == "云岭"


def test_threads_may_simplify_at_once() -> None:
    texts = ["雲嶺市高新區" * 50, "倉儲補貼辦法" * 50] * 200
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(simplify, texts)) == list(map(simplify, texts))


@pytest.mark.parametrize(("traditional", "simplified"), QUESTIONS)
def test_a_question_in_either_script_gets_the_same_answer(
    index: Index, traditional: str, simplified: str
) -> None:
    engine = Engine(index, HashEncoder())
    answer = engine.ask(traditional, as_of=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.question == traditional
    assert answer.quotes == engine.ask(simplified, as_of=TODAY).quotes
    assert answer.confidence == engine.ask(simplified, as_of=TODAY).confidence


@pytest.mark.parametrize("question", ["鹭鸣仓库的仓储补贴多少钱？", "鷺鳴倉庫的倉儲補貼多少錢？"])
def test_a_traditional_text_is_found_and_quoted_as_written(tmp_path: Path, question: str) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text(TRADITIONAL, encoding="utf-8")
    (tmp_path / "corpus" / "b.md").write_text("云岭市召开会议，研究工作。", encoding="utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", HashEncoder())
    answer = Engine(open_index(tmp_path / "index"), HashEncoder()).ask(question, as_of=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].text.startswith("企業租用鷺鳴倉庫的")
