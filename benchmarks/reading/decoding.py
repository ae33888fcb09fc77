"""How often short texts of unknown encoding are read right, beside charset-normalizer.

``python -m benchmarks.reading.decoding SETS``: strings cut from the documents of public question
sets, in GB18030 and, in traditional characters, in Big5. charset-normalizer is told to choose
between the two.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes
from opencc import OpenCC

from hyqa.parsing.plain.decoding import decode
from hyqa.types.errors import ParseError

LENGTHS = (4, 8, 20, 100, 400)
"""Characters of the strings."""
STRINGS = 160
"""Strings of each length, each in both encodings."""
SETS = ("ncp_policy", "dragonball_zh", "domainrag")


def _strings(sets: Path, length: int, chance: random.Random) -> Iterator[str]:
    lines = [
        line
        for name in SETS
        for line in (sets / name / "docs.jsonl").read_text("utf-8").splitlines()
    ]
    while True:
        text = re.sub(r"\s", "", json.loads(chance.choice(lines))["text"])
        if len(text) > length:
            start = chance.randrange(len(text) - length)
            cut = text[start : start + length]
            if len(re.findall("[\u4e00-\u9fff]", cut)) >= length / 2:
                yield cut


def _ours(data: bytes) -> str:
    try:
        return decode(data)
    except ParseError:
        return ""


def main() -> None:
    """Print the share read right of each length."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", type=Path)
    sets = parser.parse_args().sets
    traditional = OpenCC("s2t")
    for length in LENGTHS:
        right, count = [0, 0], 0
        strings = _strings(sets, length, random.Random(length))
        while count < 2 * STRINGS:
            text = next(strings)
            for words, encoding in ((text, "gb18030"), (traditional.convert(text), "big5")):
                data = words.encode(encoding, "ignore")
                words = data.decode(encoding)
                best = from_bytes(data, cp_isolation=["gb18030", "big5"]).best()
                count += 1
                right[0] += _ours(data) == words
                right[1] += best is not None and str(best) == words
        shares = [f"{one / count:.3f}" for one in right]
        print(f"{length} characters: {shares[0]}, charset-normalizer {shares[1]}, of {count}")


if __name__ == "__main__":
    main()
