"""Which words two snapshots do not know alike, and whether a question may be heard otherwise for them."""

import filecmp
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hyqa.index.build import Index
from hyqa.index.dictionary import english_stems
from hyqa.index.snapshots.files import side_by_side
from hyqa.index.sparse import SparseIndex
from hyqa.index.translation import FILE, NAME
from hyqa.maintenance.release.asking import Asked
from hyqa.text.scripts import simplify
from hyqa.text.tokens import chinese_share, content_tokens, normalize

_OTHERS = " UNION ALL ".join(
    f"SELECT english, chinese FROM (SELECT * FROM {one}.renderings EXCEPT SELECT * FROM {other}.renderings)"
    for one, other in (("old", "new"), ("new", "old"))
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that only one of two snapshots knows.

    Attributes:
        spelled: tokens and names by which spelling is mended.
        rendered: words and phrases of either language that are rendered otherwise in the other one.
    """

    spelled: frozenset[str]
    rendered: frozenset[str]

    def leave(self, asked: Asked, known: SparseIndex) -> bool:
        """Whether a question is understood as it was whatever of these is known, as all its words are.

        Nothing of it is mended then. Of one that follows others, or mixes scripts, nobody knows so fast.

        Args:
            asked: the question.
            known: the words of the new snapshot.
        """
        if not self.spelled:
            return True
        text = simplify(asked.question.request.words)
        latin = any(one.isascii() and one.isalpha() for one in text)
        if asked.question.request.history or (latin and chinese_share(text)):
            return False
        told = filter(_spells, content_tokens(text))
        return all(one in known and one not in self.spelled for one in told)

    def render(self, texts: Iterable[str]) -> bool:
        """Whether a word of some texts is rendered otherwise, or may be."""
        if not self.rendered:
            return False
        for text in texts:
            folded = normalize(text)
            stems = f" {' '.join(english_stems(folded))} "
            names = {NAME + word for word in re.findall("[a-z]+", folded)}
            if any(
                one in names or (f" {one} " in stems if one.isascii() else one in folded)
                for one in self.rendered
            ):
                return True
        return False


def words_between(old: Index, new: Index) -> Words:
    """Find the words that only one of two snapshots knows."""
    tokens = set(old.sparse.tokens()) ^ set(new.sparse.tokens())
    names = set(old.lexicon.names) ^ set(new.lexicon.names)
    files = (index.store.file.with_name(FILE) for index in (old, new))
    return Words(frozenset((*filter(_spells, tokens), *names)), _rendered_otherwise(*files))


def _rendered_otherwise(old: Path, new: Path) -> frozenset[str]:
    """Both sides of the renderings that only one of two files holds; most builds copy the old file."""
    if filecmp.cmp(old, new, shallow=False):
        return frozenset()
    with side_by_side(old, new) as both:
        return frozenset(side for row in both.execute(_OTHERS) for side in row)


def _spells(token: str) -> bool:
    """Whether a token is one that spelling goes by: a pair of characters, or a Latin word."""
    return (len(token) == 3 and token[0] == "_") or (token.isascii() and token.isalpha())
