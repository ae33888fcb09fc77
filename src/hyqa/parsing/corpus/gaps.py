"""What a corpus does not hold though people ask for it: ``gaps.toml``.

Each entry is a topic with the wordings in which it is asked, what is said instead of an answer in
each language (that it is not held, who publishes it, whom to ask), the nearest documents, and the
words of some that are shown below it, letter for letter::

    [industrial-water-price]
    questions = ["工业用水多少钱一吨", "water price for factories"]
    zh = "收录的文件里没有工业水价。…"
    en = "The documents do not hold the price of water for industry. …"
    nearest = ["business-environment/…"]

    [industrial-water-price.words]
    "business-environment/….md" = "2023 年…"
"""

import tomllib
from pathlib import Path

import msgspec

from hyqa.parsing.corpus.remembering import Memory, decoded, key_of
from hyqa.parsing.corpus.sources import GAPS
from hyqa.types import Language, Topic, TopicKind
from hyqa.types.errors import ConfigError

_KIND = "gaps"


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    questions: list[str]
    zh: str
    en: str
    nearest: list[str] = []
    words: dict[str, str] = {}


def read_gaps(corpus: Path, memory: Memory | None = None) -> tuple[Topic, ...]:
    """Read the topics that a corpus is known not to hold; none where it names none.

    Args:
        corpus: a folder of documents, or one file.
        memory: holds what was read of the file before: TOML is parsed slowly.

    Raises:
        ConfigError: when the file is there and cannot be read.
    """
    path = corpus / GAPS
    if not path.is_file():
        return ()
    try:
        entries = _entries(path.read_bytes(), memory or Memory())
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise ConfigError(
            f"{path} cannot be read: each table needs `questions`, a list, and the texts `zh` and"
            " `en`; it may have `nearest`, a list of documents, and `words`, a table of words by document."
        ) from error
    return tuple(
        Topic(
            name,
            TopicKind.GAP,
            tuple(entry.questions),
            {Language.CHINESE: entry.zh.strip(), Language.ENGLISH: entry.en.strip()},
            entry.words | {name: entry.words.get(name, "") for name in entry.nearest},
        )
        for name, entry in entries.items()
    )


def _entries(content: bytes, memory: Memory) -> dict[str, _Entry]:
    key, decoder = key_of(content), msgspec.msgpack.Decoder(dict[str, _Entry])
    entries = decoded(decoder, memory.fetch(_KIND, [key]).get(key))
    if entries is None:
        entries = msgspec.convert(tomllib.loads(content.decode("utf-8")), dict[str, _Entry])
        memory.keep(_KIND, key, msgspec.msgpack.encode(entries))
    return entries
