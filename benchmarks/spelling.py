"""Measure how many misspelt names reach the name that was meant, over the shipped corpus.

    python -m benchmarks.spelling INDEX [--names 60]

Names are the proper ones of the index's lexicon: terms of the glossary, short forms of texts. Each is misspelt by rule, put into a question, and counts
as reached where the mended question holds the name, or another way to write it that sounds the
same. The golden questions, which are spelt right, must come back as they are.
"""

import argparse
import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from hyqa import open_index
from hyqa.index.lexicon import Lexicon
from hyqa.question.spelling import Speller
from hyqa.text.sounds import characters, sounds

ROOT = Path(__file__).parents[1]
QUESTIONS = ("{}有什么政策？", "介绍一下{}", "{}在哪里")
ACCENTS = {"a": "ā", "o": "ǒ", "e": "è", "i": "í", "u": "ù"}
NEAR = {"zh": "z", "ch": "c", "sh": "s", "z": "zh", "c": "ch", "s": "sh", "l": "n"}


def variants(name: str, frequent: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Ways to misspell a name, each with the rule that it comes by."""
    place = chance.randrange(len(name))
    sound = sounds(name[place])[0]
    if same := _others(sound, name[place], frequent):
        yield "homophone", name[:place] + chance.choice(same) + name[place + 1 :]
    for start, other in NEAR.items():
        near = other + sound.removeprefix(start)
        if sound.startswith(start) and (found := _others(near, name[place], frequent)):
            yield "near homophone", name[:place] + chance.choice(found) + name[place + 1 :]
            break
    if len(name) > 3:
        inner = chance.randrange(1, len(name) - 1)  # without its first or last it is a part of it
        yield "lacking one inside", name[:inner] + name[inner + 1 :]
        yield "another character", name[:place] + chance.choice(frequent) + name[place + 1 :]
    pinyin = [sounds(character)[0] for character in name]
    yield "pinyin, spaced", " ".join(pinyin)
    yield "pinyin, joined", "".join(pinyin)
    yield "pinyin, in two", f"{''.join(pinyin[:2])} {''.join(pinyin[2:])}"
    toned = "".join(ACCENTS.get(letter, letter) for letter in "".join(pinyin))
    yield "pinyin, toned", unicodedata.normalize("NFC", toned)
    yield "initials", "".join(syllable[0] for syllable in pinyin)


def _others(sound: str, character: str, frequent: str) -> list[str]:
    return [one for one in characters().get(sound, "") if one in frequent and one != character]


def same_sound(left: str, right: str) -> bool:
    """Whether two names sound the same, tones aside."""
    return [sounds(one) for one in left] == [sounds(one) for one in right]


def reached(name: str, question: str, speller: Speller, lexicon: Lexicon) -> bool:
    """Whether a misspelt question is mended to the name, or asked back about it."""
    mended = speller.mend(question)
    if name in mended:
        return True
    windows = (mended[i : i + len(name)] for i in range(len(mended) - len(name) + 1))
    if any(window in lexicon and same_sound(window, name) for window in windows):
        return True
    return any(name in one.names for one in speller.ambiguities(question))


def main() -> None:
    """Print the share of misspelt names that are reached, by rule, and what became of right ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("index", type=Path)
    parser.add_argument("--names", type=int, default=60)
    options = parser.parse_args()
    index = open_index(options.index)
    speller, chance = Speller(index), random.Random(0)
    pool = sorted(name for name in index.lexicon.proper if 3 <= len(name) <= 8)
    names = chance.sample(pool, min(options.names, len(pool)))
    frequent = "".join(sorted({character for name in pool for character in name}))
    counts: dict[str, list[bool]] = {}
    for name in names:
        for rule, misspelt in variants(name, frequent, chance):
            if misspelt not in index.lexicon:
                question = chance.choice(QUESTIONS).format(misspelt)
                done = reached(name, question, speller, index.lexicon)
                counts.setdefault(rule, []).append(done)
    for rule, found in counts.items():
        print(f"{rule:20} {sum(found):4} of {len(found):4}  {sum(found) / len(found):.2f}")
    all_found = [one for found in counts.values() for one in found]
    print(
        f"{'all':20} {sum(all_found):4} of {len(all_found):4}  {sum(all_found) / len(all_found):.2f}"
    )
    golden = ROOT / "tests" / "golden" / "questions.jsonl"
    lines = [json.loads(line) for line in golden.read_text("utf-8").splitlines()]
    asked = [
        question for line in lines for question in [line["question"], *line.get("history", [])]
    ]
    changed = [question for question in asked if speller.mend(question) != question]
    print(f"golden questions changed: {len(changed)} of {len(asked)} {changed}")


if __name__ == "__main__":
    main()
