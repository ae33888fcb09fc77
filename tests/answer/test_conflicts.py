"""Documents whose figures differ, asked of a small corpus of alike reports."""

from datetime import date

import pytest

from hyqa import Engine, HashEncoder, build_index, open_index

TODAY = date(2026, 1, 2)


def _report(title: str, issued: str, text: str) -> str:
    return f'---\ntitle: {title}\nissued: "{issued}"\nlanguage: zh\n---\n\n{text}\n'


FILES = {
    "a.md": _report("云岭市概况", "2021-05", "2020年末云岭市常住人口为31.2万人。"),
    "b.md": _report("云岭市公报", "2024-05", "2023年末云岭市常住人口为28.9万人。"),
    "c.md": _report("白鹭县概况", "2025-05", "2024年末白鹭县常住人口为4.5万人。"),
    "d.md": _report("竹溪茶城开工", "2022-03", "竹溪茶城首期占地300亩。竹溪茶城计划总投资9亿元。"),
    "e.md": _report("竹溪茶城扩建", "2024-03", "竹溪茶城二期占地500亩。竹溪茶城总投资7亿元。"),
    "f.md": _report("博士行动", "2022-01", "博士购房补贴为15万元。"),
    "g.md": _report("博士行动问答", "2023-01", "博士购房补贴为15.1万元。"),
    "k.md": _report("技工行动", '2021-01"\nexpires: "2022-12-31', "技工购房补贴为2万元。"),
    "l.md": _report("技工新政", "2023-01", "技工购房补贴为5万元。"),
    "m.md": _report("云岭厂房租赁办法", "2023-03", "云岭标准厂房租金为每平方米每月10元。"),
    "n.md": _report(
        "云岭厂房租金公告",
        "2025-02",
        "云岭标准厂房租金调整为每平方米每月12元。物业费每平方米每月1.5元。",
    ),
    "h.md": _report("鹭鸣站货场", "2022-01", "鹭鸣站货场有集装箱线4条。"),
    "i.md": _report("鹭鸣站货场扩能", "2025-01", "鹭鸣站货场有集装箱线6条。"),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus, root = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(corpus, root, HashEncoder())
    return Engine(open_index(root), HashEncoder())


@pytest.mark.parametrize(
    ("question", "newer", "older"),
    [
        ("云岭市常住人口多少", "28.9万人", "31.2万人"),
        ("鹭鸣站货场有几条集装箱线", "6条", "4条"),
        ("云岭标准厂房租金多少", "12元", "10元"),
    ],
)
def test_both_figures_are_quoted_the_newer_first(
    question: str, newer: str, older: str, engine: Engine
) -> None:
    answer = engine.ask(question, as_of=TODAY)
    assert answer.differs
    first, second = answer.quotes[:2]
    assert newer in first.text
    assert older in second.text
    assert first.citation.document_id != second.citation.document_id
    for quote in answer.quotes:
        text = engine.document(quote.citation.document_id).text
        assert text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "question",
    [
        "白鹭县常住人口多少",  # another place's figure is no other figure
        "竹溪茶城首期占地多少亩",  # nor is another phase's
        "竹溪茶城总投资多少",  # nor what was planned
        "博士购房补贴多少",  # nor the same one, rounded
        "2020年末云岭市常住人口多少",  # nor another year's, where one is asked about
        "技工购房补贴多少",  # nor what is no longer in force
        "云岭市概况",
    ],
)
def test_figures_of_other_things_do_not_differ(question: str, engine: Engine) -> None:
    assert not engine.ask(question, as_of=TODAY).differs
