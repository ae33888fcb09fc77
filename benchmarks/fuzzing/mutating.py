"""Mutations that keep an input near its format: tokens rather than bytes, parts of zips in place."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

from benchmarks.fuzzing.trees import mutate_tree

Mutate = Callable[[bytes, int], bytes]
"""Byte-level mutation by the fuzzer: the input and the most bytes of the output."""

_MAIN_PARTS = (
    "document.xml", "numbering.xml", "footnotes.xml", "styles.xml", "sheet1.xml", "sheet2.xml",
    "sharedStrings.xml", "workbook.xml",
)  # fmt: skip
MAX_PART = 200_000
"""Bytes of a zip's part that is mutated."""

_TOKENS = re.compile(rb"<[^<>]{0,200}>|\w+|\s+|[^\w\s]")
_WORDS: dict[str, Sequence[str]] = {
    "text": (
        "第一章 总则", "第一条", "一、", "（一）", "1.", "附件1", "附件：", "〔2025〕8号", "2025年3月1日",
        "自2025年1月1日起施行", "有效期3年", "同时废止", "《", "》", "“", "”", "各区县人民政府：", "\n\n", "\r\n",
        "\u2028", "\u200b", "\ue000", "\u00a0", "\ufeff", "\x85", "\x0c", "字" * 60 + "\n", "-\n", " | ",
        "\U0001f600", "\u0301", "１２．３％", "……", "。", "；", "Article 1", "e.g. ", "|", "- 1 -", "第 1 页",
    ),
    "markdown": (
        "# ", "## ", "---\n", "```\n", "| a | b |\n|---|---|\n", "> ", "- ", "1. ", "[", "](", "![", "<!--",
        "-->", "&#x0;", "<b>", "\\", "*", "**", "`", "~~~", "title: x\n", "form: digest\n", "&a ", "*a ",
        "issued: 2025-1\n", "\t", "<br>",
    ),
    "html": (
        "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td colspan=99999>", "<td rowspan=0>", "</table>",
        "<h1>", "</h1>", "<li>", "<ul>", "<br/>", "<script>", "<!--", "]]>", "<![CDATA[", "<meta charset=gbk>",
        "<title>", "&nbsp;", "&#0;", "&#xd800;", "&#x110000;", "<form>", "<pre>", "<svg>", "<math>",
        '<div id="zoom">', "<body>", "<html lang=zh>", "<template>", "<article>", "<main>", "<frameset>",
    ),
    "xml": (
        "<w:p>", "</w:p>", "<w:r><w:t>字</w:t></w:r>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
        "</w:tc>", '<w:gridSpan w:val="-1"/>', '<w:vMerge/>', '<w:vMerge w:val="restart"/>', "<w:sdt>",
        '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="nowhere"/>', '<w:numPr>', '<w:ilvl w:val="99"/>',
        "<w:br/>", "<w:tab/>", "<w:del>", "<w:ins>", 'r="A1"', 'r="XFD1048576"', 't="s"', "<v>-1</v>", "<v>9e999</v>",
        '<mergeCell ref="A1:XFD1048576"/>', "&lt;", "&#x1;", '""', '"-1"', '"99999999999999999999"',
    ),
    "pdf": (
        "1 0 R", "3 0 R", "-1", "0", "99999999999", "<<", ">>", "[", "]", "/Kids", "/Parent", "/Resources", "/Font",
        "/Type/Page", "BT", "ET", "Tj", "TJ", "Tm", "1e38", "0 0 0 0 0 0 cm", "q", "Q", "Do", "Tr 3", "re f",
        "/MediaBox[0 0 0 0]", "/Rotate 90", "/Encoding", "/ToUnicode", "/XObject", "(", ")", "<FEFF>", "endobj",
        "stream", "endstream", "/Filter/FlateDecode", "/Length", "/Encrypt", "/Prev 0", "xref", "trailer",
    ),
    "json": (
        '"id": "a"', '"text": "字。"', '"title": ', '"issued": "2025"', '"date": 2001', '"form": "digest"', "{", "}",
        "[", "]", ",", "null", "true", "1e999", "NaN", '"\\ud800"', '"\\u0000"', "-0", "1" * 400, '"reprint": true',
    ),
    "toml": (
        '["a.pdf"]\n', 'title = "x"\n', "issued = 2025-03-01\n", "issued = 2025-03-01T10:00:00Z\n", "a = inf\n",
        "reprint = true\n", "[[a]]\n", "{ a = 1 }", "'''", '"""', "kind = 'law'\n", "x = 99999999999999999999\n",
    ),
}  # fmt: skip
_KINDS = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".docx": "xml", ".xlsx": "xml", ".pdf": "pdf",
    ".jsonl": "json", ".toml": "toml",
}  # fmt: skip


def mutate(suffix: str, data: bytes, longest: int, seed: int, by_bytes: Mutate) -> bytes:
    """Returns a neighbour of an input: of a zip, with one of its parts changed."""
    chance = random.Random(seed)
    zipped = suffix in (".docx", ".xlsx")
    if chance.random() < (0.02 if zipped else 0.1):
        return by_bytes(data, longest)
    if zipped:
        return _mutate_zip(data, longest, chance, by_bytes)
    return _mutate_tokens(_KINDS[suffix], data, longest, chance, by_bytes)


def _mutate_zip(data: bytes, longest: int, chance: random.Random, by_bytes: Mutate) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: archive.read(part) for part in archive.infolist()[:60]}
    except Exception:
        return by_bytes(data, longest)
    names = [name for name, part in parts.items() if 0 < len(part) <= MAX_PART] or [*parts]
    if not names:
        return by_bytes(data, longest)
    main = [name for name in names if name.endswith(_MAIN_PARTS)]
    name = chance.choice(main if main and chance.random() < 0.9 else names)
    whole = mutate_tree(parts[name], chance) if chance.random() < 0.9 else None
    parts[name] = whole or _mutate_tokens("xml", parts[name], MAX_PART, chance, by_bytes)
    if chance.random() < 0.02:
        del parts[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue() if len(out.getvalue()) <= longest else data


def _mutate_tokens(
    kind: str, data: bytes, longest: int, chance: random.Random, by_bytes: Mutate
) -> bytes:
    tokens = _TOKENS.findall(data) or [b""]
    words = _words(kind)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(tokens))
        to = min(len(tokens), at + chance.choice((1, 1, 2, 5, 20, 100)))
        tokens[at:to] = _changed(tokens[at:to], tokens, words, chance, by_bytes)
        tokens = tokens or [b""]
    return b"".join(tokens)[:longest]


def _words(kind: str) -> list[bytes]:
    own = _WORDS[kind]
    more = _WORDS["text"] if kind in ("markdown", "html", "xml", "json") else ()
    return [word.encode("utf-8", "surrogatepass") for word in (*own, *more)]


def _changed(
    span: list[bytes],
    tokens: list[bytes],
    words: Sequence[bytes],
    chance: random.Random,
    by_bytes: Mutate,
) -> list[bytes]:
    """Returns what comes in the place of some tokens."""
    way = chance.randrange(8)
    if way == 0:
        return []
    if way == 1:
        return [*span, *span]
    if way == 2:
        return span * chance.choice((3, 10, 100, 1000))
    if way == 3:
        start = chance.randrange(len(tokens))
        return [*span, *tokens[start : start + chance.choice((1, 5, 50))]]
    if way == 4:
        return [by_bytes(b"".join(span), 4 * len(b"".join(span)) + 8)]
    if way == 5:
        return span[::-1]
    word = chance.choice(words)
    return [word] if way == 6 else [*span, word, *([word] * chance.choice((0, 0, 1, 200)))]
