"""Find what a question leaves open about its subject: which of several names, which thing of a kind, or all.

A conversation may tell it; where none does, it is asked back rather than guessed at, see
:mod:`hyqa.answer.clarification`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import rjieba

from hyqa.index.chunking import text_width
from hyqa.index.lexicon import Lexicon
from hyqa.index.sparse import SparseIndex
from hyqa.question.follow_ups import SHORT_QUESTION, refers_back
from hyqa.question.subjects import any_kind, bare_kind, kinds_of, names_subject
from hyqa.text.tokens import chinese_share, normalize, stem, tokenize, without_question_words

SHORT = 10
"""Width, in Chinese characters, up to which a question that names nothing leans on what was said
before; longer ones are mostly about things in general."""
_NOUNS = ("n", "j", "b", "vn", "l", "m", "q", "r", "a")
_MAY_NAME = ("n", "j", "a", "b", "l", "eng")
_POINTER = re.compile(r"\b(?P<how>this|that|these|those|the)\s+", re.IGNORECASE)
_ENGLISH_WORD = re.compile(r"[A-Za-z][\w-]*|[^\s\w]")
_MODIFIERS = 3
"""Words that may stand between "this" and the kind, as in "this outpatient clinic"."""
_JOINTS = frozenset(
    "and or in at of for to is are was were does do did can could will would has have had can i you"
    " we they it he she not that which who there the a an my your our their its".split()
)
"""Words that end what "the" may begin."""
_CHOOSERS = frozenset(
    "first second third last other same next following most best largest biggest oldest only new"
    " two three four".split()
)
"""Modifiers that tell a thing from others of its kind."""
_TOLD_AFTER = re.compile(
    r"\s+(?:of|that|which|who|whose|for|to|where|when|named|called|between|with|about|listed"
    r"|mentioned|on|near|by|from)\b|\s+[A-Z0-9]"
)
"""What follows a thing that a question itself tells from others."""
_CHINESE_POINTER = "(?:这|那|该|此|本)(?:[一个家座所项份种类次场条])?"
_PREFACE = re.compile(r"^(?:关于.{2,40}[，,]|About .{2,80}:)")
"""How a question says what it is about, before what it asks."""


class OpenPart(StrEnum):
    """Which part of a question's subject is open."""

    NAME = "name"
    """It has a short name that several things share."""
    KIND = "kind"
    """It is called by its kind alone."""
    NOTHING = "nothing"
    """Nothing names it."""
    WORD = "word"
    """One word, and no question."""


@dataclass(frozen=True, slots=True)
class AmbiguousSubject:
    """A subject that a question does not tell in full.

    ``words`` are the question's own for it, '' where it has none; ``kind`` the stem or word of its
    kind; ``names`` what it may mean, as far as the corpus's names tell.
    """

    openness: OpenPart
    words: str = ""
    kind: str = ""
    names: tuple[str, ...] = ()


def ambiguous_subject(
    question: str, lexicon: Lexicon, sparse: SparseIndex
) -> AmbiguousSubject | None:
    """Find what a question, read by itself, leaves open; None where it names its subject."""
    if _PREFACE.match(question):
        return None
    name = next(_names(question, lexicon), None)
    if word := _only_word(question, lexicon):
        stemmed = word if chinese_share(word) else stem(word)
        meant = [one.names for one in lexicon.ambiguities(word) if one.words == word]
        return AmbiguousSubject(OpenPart.WORD, word, stemmed, meant[0] if meant else ())
    if kind := next(_kinds(question, sparse), None):
        return replace(kind, names=name.names) if name and name.words in kind.words else kind
    if name:
        return name
    most = SHORT_QUESTION if refers_back(question) else SHORT
    bare = text_width(question) <= most and not names_subject(question, sparse)
    return AmbiguousSubject(OpenPart.NOTHING) if bare else None


def may_be_new_subject(vague: AmbiguousSubject, *, resolved: bool) -> bool:
    """Say whether the open subject may be another one than what the conversation is about.

    ``resolved`` says that the conversation gave the question a subject: only where it points at
    a thing of a kind (this clinic) may that be the wrong one.
    """
    pointing = vague.openness is OpenPart.KIND and not chinese_share(vague.kind)
    return pointing or (not resolved and vague.openness is OpenPart.NAME)


def is_mentioned(vague: AmbiguousSubject, texts: Sequence[str]) -> bool:
    """Say whether any of some texts mentions a thing of the open kind, or one of the possible names."""
    if any(name in text for name in vague.names for text in texts):
        return True
    return bool(vague.kind) and any(vague.kind in tokenize(text) for text in texts)


def _names(question: str, lexicon: Lexicon) -> Iterator[AmbiguousSubject]:
    """The short names in it that several things share, where no noun beside them says which."""
    tagged = [("", ""), *rjieba.tag(question), ("", "")]
    for one in lexicon.ambiguities(question):
        for before, (word, tag), after in zip(tagged, tagged[1:], tagged[2:], strict=False):
            alone = not before[1].startswith(_NOUNS) and not after[1].startswith(("n", "vn"))
            if word == one.words and alone and tag.startswith(_MAY_NAME):
                yield AmbiguousSubject(OpenPart.NAME, one.words, names=one.names)


def _kinds(question: str, sparse: SparseIndex) -> Iterator[AmbiguousSubject]:
    yield from _english_kinds(question)
    yield from _pointed_at(question)
    if kind := bare_kind(question, sparse):
        yield AmbiguousSubject(OpenPart.KIND, kind, kind)


def _english_kinds(question: str) -> Iterator[AmbiguousSubject]:
    for pointer in _POINTER.finditer(question):
        how = pointer["how"].lower()
        modifiers: list[str] = []
        for word in _ENGLISH_WORD.finditer(question, pointer.end()):
            text = word.group().lower()
            if text in _JOINTS or not text[0].isalpha() or len(modifiers) > _MODIFIERS:
                break
            if stem(text) in kinds_of("english") and not text.endswith("ed"):  # a bonded zone
                if _is_open(question, pointer.start(), word.end(), how, modifiers, text):
                    words = question[pointer.start() : word.end()]
                    yield AmbiguousSubject(OpenPart.KIND, words, stem(text))
                break
            modifiers.append(text)


def _is_open(
    question: str, start: int, end: int, how: str, modifiers: list[str], kind: str
) -> bool:
    """Whether a question itself does not tell which thing of a kind it points at."""
    if re.search(rf"\b{re.escape(kind.removesuffix('s'))}", question[:start], re.IGNORECASE):
        return False
    name = any(word[0].isupper() for word in question[start:end].split()[1:])
    if how != "the":
        return True
    chosen = not _CHOOSERS.isdisjoint(modifiers)
    return not name and not chosen and not _TOLD_AFTER.match(question[end:])


def _pointed_at(question: str) -> Iterator[AmbiguousSubject]:
    """The kinds that a Chinese question points at (这个项目) without having named one."""
    for match in re.finditer(f"{_CHINESE_POINTER}(?P<kind>{any_kind('chinese')})", question):
        before = question[: match.start()]
        if not any(tag.startswith("n") for _, tag in rjieba.tag(before)):
            yield AmbiguousSubject(OpenPart.KIND, match.group(), match["kind"])


def _only_word(question: str, lexicon: Lexicon) -> str:
    """The one word that a question is, '' where it is more, or a name."""
    folded = normalize(question).strip(" ?？。.!！")
    if not folded or without_question_words(folded).strip() != folded or folded in lexicon.proper:
        return ""
    words = rjieba.cut(folded) if chinese_share(folded) else folded.split()
    return folded if len(words) == 1 and len(folded) > 1 else ""
