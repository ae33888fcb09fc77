"""An answer that was nearly another one stands where hardly anything has changed, and nowhere else."""

from pathlib import Path

import msgspec
import numpy as np

from benchmarks.reindexing import make_corpus
from hyqa.index.build import build_index
from hyqa.maintenance.release import golden_questions
from hyqa.maintenance.release.asking import Asked
from hyqa.maintenance.release.replaying import Reply, replay
from hyqa.maintenance.release.standing import DOUBT, SHARE, Seen, seen_of, standing
from hyqa.maintenance.release.wording import words_between
from hyqa.models import HashEncoder
from hyqa.types import Trace
from release.making import DAY, side

NEAR = DOUBT / 2


def test_a_near_thing_stands_only_where_little_has_changed(tmp_path: Path) -> None:
    corpus, root = tmp_path / "corpus", tmp_path / "index"
    make_corpus(corpus, 30, 10)
    build_index(corpus, root, HashEncoder())
    made = side(root)
    assert made.engine
    golden, _ = golden_questions(corpus)
    seen: dict[str, Seen] = {}

    def note(one: Asked, reply: Reply, trace: Trace) -> None:
        seen[one.key] = msgspec.structs.replace(seen_of(reply, trace), margin=NEAR)

    replay(made.engine, golden, DAY, note=note)
    most = int(SHARE * made.index.store.chunk_count)
    words, no_rows = words_between(made.index, made.index), np.arange(0)
    for changed, stand in ((0, seen.keys()), (most, set())):
        before = {key: msgspec.structs.replace(one, changed=changed) for key, one in seen.items()}
        gone: frozenset[str] = frozenset()
        found = standing(made.engine, HashEncoder(), golden, before, no_rows, gone, words, DAY)
        assert found.keys() == stand
