"""The pictures and values of docs/architecture.md: ``python scripts/architecture.py``.

The page follows questions and a file through hyqa. This asks the questions of the shipped corpus
with the bundled encoder, reads the file, and writes what it sees between the page's marks
``<!-- made: NAME -->`` and ``<!-- end of NAME -->``; what stands around them is written by hand.

With ``--check`` it only says what it would change, and exits with 1 if that is anything. Two numbers
are the same if they differ by no more than one in their last digit: processors and encoders round
differently.
"""

import argparse
import configparser
import difflib
import re
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from lives import (
    chunks_of_file,
    evidence_of,
    files_of_index,
    life_of_file,
    life_of_question,
    life_of_several,
    metadata_of_file,
    rows_of_chunk,
    texts_of_chunk,
)

from hyqa import Conversation, Engine, build_index, load_encoder
from hyqa.index.chunking import chunk_document
from hyqa.parsing.corpus.sources import read_sources
from hyqa.parsing.formats import FORMATS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
CORPUS = ROOT / "docs_corpus"
DAY = date(2026, 1, 31)
"""The day as of which the questions are asked, so that the page is the same tomorrow."""
ANSWERED, FOLLOW_UP = "时间古总投资多少？", "那首期呢"
REFUSED = "长沙人才购房补贴多少？"
SEVERAL = "时间谷总投资多少？外资到资奖励多少？"
FILE, CHUNK = "parks/cross-border-ecommerce-zone.pdf", 1
"""The file that is followed, and the place of that one of its chunks that is."""
NOTICE = """\
云岭市人民政府文件
云政发〔2025〕8号
云岭市人民政府关于印发《云岭市支持博士创业就业若干措施》的通知
各县市区人民政府：
现将《云岭市支持博士创业就业若干措施》印发给你们，请认真贯彻执行。
云岭市人民政府
2025年3月1日
本措施自2025年4月1日起施行，有效期三年。"""
"""An official text: the shipped documents are digests, whose text speaks of other documents."""
LAYERS = {
    "cli": "the command; all that prints",
    "maintenance": "brings documents, judges a snapshot before its release, measures answers",
    "engine": "understand → search → read → quote → decide",
    "answer": "quotes, refusals, questions back",
    "reading": "how likely does a passage answer?",
    "question": "what is asked, of what?",
    "index": "chunks, keywords, vectors; search",
    "parsing | models": "files to documents | texts to vectors",
    "text · config · types": "words, settings, and the values that are passed on",
}
"""The layers, the highest first, as the picture names them; the lowest ones are drawn as one."""
_NUMBER = re.compile(r"-?\d+\.(\d+)")


def layers() -> str:
    """Draw the layers, which must be those of ``.importlinter``."""
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter")
    ruled = rules["importlinter:contract:layers"]["layers"].split()
    drawn = re.split(r"[ ·]+", " ".join(LAYERS))
    assert drawn == ruled, f".importlinter has the layers {ruled}: name them in LAYERS"
    boxes = [f'    {_box(name)}["<b>{name}</b><br>{told}"]' for name, told in LAYERS.items()]
    bot = '    bot["<b>bot</b><br>the Telegram bot"] -- "only what hyqa exports" --> engine'
    return "\n".join(["```mermaid", "flowchart TB", *boxes, f"    {_arrows()}", bot, "```"])


def _arrows() -> str:
    return " --> ".join(map(_box, LAYERS))


def _box(layer: str) -> str:
    return re.split(r"\W+", layer)[0]


def of_questions(engine: Engine) -> dict[str, str]:
    """The blocks that follow questions."""
    first, answer = engine.explained(ANSWERED, as_of=DAY)
    talk = Conversation().add(ANSWERED, answer)
    return {
        "answered": life_of_question(first),
        "follow-up": life_of_question(engine.trace(FOLLOW_UP, conversation=talk, as_of=DAY)),
        "refused": life_of_question(engine.trace(REFUSED, as_of=DAY)),
        "several": life_of_several(engine.trace(SEVERAL, as_of=DAY)),
    }


def of_file(engine: Engine, root: Path) -> dict[str, str]:
    """The blocks that follow a file."""
    data, document = (CORPUS / FILE).read_bytes(), engine.document(FILE)
    parse = FORMATS[Path(FILE).suffix].parse
    assert parse
    parsed, chunks = parse(data), chunk_document(document)
    return {
        "file": life_of_file(document, data, parsed),
        "metadata": metadata_of_file(document, parsed, read_sources(CORPUS)[FILE]),
        "evidence": evidence_of(NOTICE),
        "chunks": chunks_of_file(chunks),
        "texts": texts_of_chunk(document, chunks[CHUNK]),
        "rows": rows_of_chunk(engine, document, chunks[CHUNK]),
        "index": files_of_index(root),
    }


def fill(page: str, blocks: Mapping[str, str]) -> str:
    """Put blocks between their marks in a page."""
    marked = re.findall(r"<!-- made: (.*?) -->", page)
    assert marked == [*blocks], f"the page has marks of {marked}, and there are {[*blocks]}"
    for name, block in blocks.items():
        start, end = f"<!-- made: {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = page.partition(start)
        page = f"{before}{start}{block}\n{end}{rest.partition(end)[2]}"
    return page


def made(root: Path, page: str) -> str:
    """The page as an index of the shipped corpus makes it."""
    engine = Engine.open(root)
    return fill(page, {"layers": layers()} | of_questions(engine) | of_file(engine, root))


def differences(old: str, new: str) -> list[str]:
    """The lines that differ, but for the last digits of numbers."""
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    kept = [before if _alike(before, after) else after for before, after in pairs]
    kept += new.splitlines()[len(kept) :]
    return list(difflib.unified_diff(old.splitlines(), kept, "written", "made", lineterm="", n=0))


def _alike(one: str, other: str) -> bool:
    """Whether two lines say the same, apart from one in the last digit of numbers."""
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    pairs = zip(_NUMBER.finditer(one), _NUMBER.finditer(other), strict=True)
    return all(abs(float(a[0]) - float(b[0])) < 1.5 * 10 ** -len(a[1]) for a, b in pairs)


def main() -> int:
    """Write the page's blocks anew, or check them; 1 where they are not what they should be."""
    parser = argparse.ArgumentParser(description="Write the values of docs/architecture.md anew.")
    parser.add_argument("--index", type=Path, help="an index of docs_corpus; one is made otherwise")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page, docs/architecture.md")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    options = parser.parse_args()
    with ExitStack() as stack:
        root = options.index or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if not options.index:
            build_index(CORPUS, root, load_encoder())
        old = options.page.read_text("utf-8")
        new = made(root, old)
    if not options.check:
        options.page.write_text(new, "utf-8")
        return 0
    changed = differences(old, new)
    print("\n".join(changed))
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
