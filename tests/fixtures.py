"""A small corpus about a city that does not exist, an index over it, and a clean environment."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import onnxruntime
import pytest

from hyqa.engine import Engine
from hyqa.index.build import Index, build_index, open_index
from hyqa.models import CachingEncoder, Encoder, HashEncoder, load_encoder
from hyqa.parsing import read_corpus
from hyqa.types import Document

ROOT = Path(__file__).parents[1]
GLOSSARY = """\
[regions]
places = "云岭 长沙 北京 邵阳 岳阳 常宁 yunling changsha"

[kinds]
areas = "省 市 区 县"
cities = "市"
counties = "县 county"
shortened = "区 县"
sites = "区 园 park zone"
parts = "高新区 园区 park"
scopes = "园区"
"""
FILES = {
    "talent.md": """\
---
title: 云岭市支持博士创业就业若干措施
kind: policy
publisher: 云岭市人民政府
number: 云政发〔2025〕8号
issued: "2025-03-01"
language: zh
---

## 生活补贴

全日制博士到云岭市企业工作的，每月发放生活补贴3000元，最长不超过36个月。已享受其他同类补贴的除外。

## 购房补贴

博士在云岭市首次购房的，给予一次性购房补贴15万元；购房后5年内不得转让。
""",
    "talent-en.md": """\
---
title: Yunling measures for doctors who work in companies
issued: "2025-03-01"
language: en
---

## Living allowance

A doctor who works for a company in Yunling receives a living allowance of 3,000 yuan a month.
It is paid for at most 36 months. See No. 8 of 2025.
""",
    "talent-2020.md": """\
---
title: 云岭市引进博士暂行办法
kind: policy
number: 云政办发〔2020〕21号
issued: "2020-05"
expires: "2023"
language: zh
---

全日制博士到云岭市企业工作的，每月发放生活补贴1000元，最长不超过12个月。
""",
    "talent-2026.md": """\
---
title: 云岭市博士新政
kind: policy
issued: "2026-02"
language: zh
---

全日制博士到云岭市企业工作的，每月发放生活补贴5000元，最长不超过60个月。
""",
    "parks/snail-isle.md": """\
---
title: 青螺洲工业园概况
kind: profile
issued: "2025"
language: zh
---

## 规划面积

青螺洲工业园规划面积12.5平方公里，分三期建设。首期已经建成标准厂房30万平方米。

## 入驻企业

园区现有规模以上企业86家，主导产业为纺织和船用电缆。
""",
    "parks/snail-isle-en.md": """\
---
title: Snail Isle Industrial Park
issued: "2025"
language: en
---

The park covers 12.5 square kilometres and is built in three phases. The first phase is complete.
Warehousing beside the railway is let by the month.
""",
    "parks/bonded.md": """\
---
title: 云岭综合保税区
kind: profile
language: zh
---

云岭综合保税区于2019年封关运行，围网面积1.2平方公里。区内货物进口免征关税。
""",
    "parks/clock-valley.html": """\
<html lang="zh"><head><title>时针谷产业园</title></head><body><h1>时针谷产业园</h1>
<p>时针谷产业园聚集钟表企业21家，年产机芯400万只。</p></body></html>
""",
    "news.txt": """\
云岭市召开招商大会

会议提出，到2027年引进重大项目50个。会议由云岭市商务局主办。
""",
    "statistics.jsonl": (
        '{"id": "gdp", "title": "云岭市统计公报", "text": "2024年云岭市地区生产总值1203.4亿元，'
        '比上年增长5.6%。", "issued": "2025-03"}\n'
        '{"id": "trade", "title": "云岭市外贸", "text": "2024年云岭市进出口总额88亿元。"}\n'
    ),
    "railway.md": """\
---
title: 鹭鸣站货场
language: zh
---

鹭鸣站货场年吞吐量600万吨，设集装箱线4条，距青螺洲工业园3公里。
""",
    "court.md": """\
---
title: 云岭市涉外商事法庭
language: zh
---

法庭依云院发〔2024〕17号设立，受理外商投资纠纷，可以使用英语提交证据目录。
""",
    "rules.md": "# 云岭市招商办事规则\n\n"
    + "".join(
        f"## 第{number}条\n\n办事窗口{number}号负责第{number}类项目，"
        f"受理后{number}个工作日内答复。{'逾期未答复的，投资人可以向督查室反映。' * 12}\n\n"
        for number in range(1, 9)
    ),
}


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder of the tests' own, so that the bundled model is cast here and once a run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # one of several processes, each with a folder in that
        folder = folder.parent
    folder /= "cache"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it, or asks a network for a model."""
    for name in os.environ:
        if name.startswith(("HYQA_", "TELEGRAM_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index_root(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the corpus, made by the encoder without a model."""
    root = tmp_path_factory.mktemp("index")
    build_index(corpus, root, HashEncoder())
    return root


@pytest.fixture(scope="session")
def index(index_root: Path) -> Index:
    return open_index(index_root)


@pytest.fixture(scope="session")
def documents(corpus: Path) -> tuple[Document, ...]:
    return tuple(item for item in read_corpus(corpus) if isinstance(item, Document))


@pytest.fixture(scope="session")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Index]:
    """Makes an index of a few texts among twenty documents that are about nothing of theirs."""

    def make(*texts: str, glossary: str = "") -> Index:
        folder = tmp_path_factory.mktemp("texts")
        others = [f"会议强调安全生产，第{number}次。" for number in range(20)]
        for number, text in enumerate([*texts, *others]):
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        if glossary:
            (folder / "glossary.toml").write_text(glossary, encoding="utf-8")
        root = tmp_path_factory.mktemp("index_of_texts")
        build_index(folder, root, HashEncoder())
        return open_index(root)

    return make


@pytest.fixture
def index_foreseen(tmp_path: Path) -> Callable[..., Index]:
    """Makes an index of texts by their files' names, with foreseen questions as in lines of JSON."""

    def make(texts: Mapping[str, str], questions: Iterable[Mapping[str, object]]) -> Index:
        corpus = tmp_path / "corpus"
        (corpus / "questions").mkdir(parents=True)
        for name, text in texts.items():
            (corpus / name).write_text(text, encoding="utf-8")
        lines = "\n".join(map(json.dumps, questions))
        (corpus / "questions" / "foreseen.jsonl").write_text(lines, encoding="utf-8")
        build_index(corpus, tmp_path / "index", HashEncoder())
        return open_index(tmp_path / "index")

    return make


@pytest.fixture(scope="session")
def shipped_encoder(request: pytest.FixtureRequest) -> Encoder:
    """The bundled encoder; it keeps the vectors of the shipped corpus in pytest's cache.

    Encoding them costs some 100 s of a processor, and from run to run few texts change. A change to
    what encodes begins anew.
    """
    if not hasattr(request.config, "cache"):  # -p no:cacheprovider
        return load_encoder()
    encoding = sha256(onnxruntime.__version__.encode())
    for path in sorted((ROOT / "src" / "hyqa" / "models").rglob("*.py")):
        encoding.update(path.read_bytes())
    kept = request.config.cache.mkdir("hyqa") / f"vectors-{encoding.hexdigest()[:16]}.sqlite"
    for other in kept.parent.glob("vectors-*"):
        if not other.name.startswith(kept.name):
            other.unlink(missing_ok=True)
    return CachingEncoder(load_encoder(), kept, keeps_questions=True)


@pytest.fixture(scope="session")
def shipped_root(shipped_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the shipped corpus, made by the bundled encoder."""
    root = tmp_path_factory.mktemp("shipped")
    assert build_index(ROOT / "docs_corpus", root, shipped_encoder).failures == ()
    return root


@pytest.fixture(scope="session")
def shipped_documents() -> tuple[Document, ...]:
    """The shipped documents, every one of which can be read."""
    items = tuple(read_corpus(ROOT / "docs_corpus"))
    assert all(isinstance(item, Document) for item in items), items
    return tuple(item for item in items if isinstance(item, Document))


@pytest.fixture(scope="session")
def shipped(shipped_root: Path) -> Engine:
    return Engine.open(shipped_root)
