"""Hosts that misbehave: nothing hangs, is lost, is wrong, or asks a private address."""

from pathlib import Path

import pytest

from hyqa.parsing import Readers
from sources.cases import CASES
from sources.misbehaving import Case
from sources.proving import prove


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_host_that_misbehaves(case: Case, tmp_path: Path, readers: Readers) -> None:
    proof = prove(case, tmp_path, readers)
    assert proof.looked is not None
    assert proof.is_good, proof
    assert case.says in proof.looked.reason
    assert bool(proof.looked.reason) == (case.ends == "kept")
    outside = [path for path in tmp_path.iterdir() if path.name != "originals"]
    assert not outside


def test_there_are_as_many_kinds_as_are_promised() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 30


def test_a_request_to_a_private_address_would_be_seen(
    tmp_path: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyqa.maintenance.sources.net.guarding.is_public", lambda numeric: True)
    case = next(one for one in CASES if one.name.startswith("a name whose address changes"))
    assert prove(case, tmp_path, readers).private


def test_a_wrong_version_would_be_seen(
    tmp_path: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyqa.maintenance.sources.fetching.check_document", lambda *_: None)
    case = next(one for one in CASES if one.name == "an error's page with status 200")
    assert prove(case, tmp_path, readers).wrong
