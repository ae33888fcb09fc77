"""The PDF that a document was read from, beside its text: that one, and nothing else of the disk."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from hyqa import Document, HashEncoder, build_index
from page.browsing import check_axe, check_room, needs_browser
from page.corpus import HARBOUR
from page.serving import Running, Visitor, serve
from web.library import Library
from web.originals import pdf_of

ID = "originals/province/harbour.pdf"
DIGEST = hashlib.sha256(HARBOUR).hexdigest()
SIDECAR = 'file = ".versions/one.pdf"\nsha256 = "{sha256}"\nfetched = "2026-11-30"\n'


def write_originals(folder: Path) -> None:
    (folder / ".versions").mkdir(parents=True)
    (folder / "province").mkdir()
    (folder / ".versions" / "one.pdf").write_bytes(HARBOUR)
    (folder / "province" / "harbour.toml").write_text(SIDECAR.format(sha256=DIGEST), "utf-8")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    held = folder / ID
    held.parent.mkdir(parents=True)
    held.write_bytes(HARBOUR)
    (folder / "note.md").write_text("# 说明\n\n云岭市港口说明。\n", "utf-8")
    build_index(folder, folder / "index", HashEncoder())
    return folder / "index"


def document_of(index: Path) -> Document:
    return Library(str(index), "hash", lambda: 0.0).shelf.engine.document(ID)


@pytest.fixture(scope="module")
def holding(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("held")
    write_originals(root / "originals")
    (root / "secret.pdf").write_bytes(b"%PDF-secret")
    with serve(index, root / "state", HYQA_ORIGINALS=str(root / "originals")) as running:
        yield running


@pytest.fixture
def reader(holding: Running) -> Iterator[Visitor]:
    one = Visitor(holding.url)
    yield one
    one.close()


def test_the_pdf_is_sent_as_it_came_and_only_the_page_may_frame_it(reader: Visitor) -> None:
    answer = reader.client.get(f"/o/{ID}")
    assert answer.content == HARBOUR and answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    part = reader.client.get(f"/o/{ID}", headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.content) == (206, HARBOUR[:5])
    assert reader.client.head(f"/o/{ID}").content == b""


def test_the_source_page_shows_it_at_the_page_of_the_quote(reader: Visitor, index: Path) -> None:
    held = document_of(index)
    second = held.page_starts[1].offset
    for start, page in ((0, 1), (second + 2, 2)):
        shown = reader.get(f"/d/{ID}?q={start}-{start + 9}")
        assert shown.one("//iframe").get("src") == f"/o/{ID}#page={page}&navpanes=0"
        assert shown.one("//iframe").get("title")
        assert "frame-src 'self'" in shown.response.headers["content-security-policy"]
    other = reader.get("/d/note.md")
    assert not other.all("//iframe")
    assert "frame-src" not in other.response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["note.md", "originals/province/other.pdf", "originals/../secret.pdf", "secret.pdf",
     "originals/province/harbour.toml", "originals/.versions/one.pdf", "..%2fsecret.pdf", "%00.pdf"],
)  # fmt: skip
def test_nothing_else_is_sent(reader: Visitor, path: str) -> None:
    answer = reader.client.get(f"/o/{path}")
    assert answer.status_code == 404 and b"%PDF" not in answer.content


@pytest.mark.parametrize(
    "sidecar",
    [
        SIDECAR.format(sha256="0" * 64),  # another version than the one that was read
        SIDECAR.format(sha256=DIGEST).replace(".versions/one.pdf", "../secret.pdf"),
        SIDECAR.format(sha256=DIGEST).replace(".versions/one.pdf", "/etc/passwd"),
        SIDECAR.format(sha256=DIGEST).replace(".versions/one.pdf", "gone.pdf"),
        SIDECAR.format(sha256=DIGEST).replace(".versions/one.pdf", "province/page.pdf"),
        SIDECAR.format(sha256=DIGEST).replace(".versions/one.pdf", "province/harbour.toml"),
        "file = [1]\nsha256 = 3\n", "file = '\0'", "=", "[" * 5000, "\ufffe",
    ],
)  # fmt: skip
def test_only_the_file_that_was_read_is_held(index: Path, tmp_path: Path, sidecar: str) -> None:
    held = document_of(index)
    folder = tmp_path / "originals"
    assert pdf_of(held, folder) is None
    write_originals(folder)
    (tmp_path / "secret.pdf").write_bytes(HARBOUR)
    (folder / "province" / "page.pdf").write_bytes(b"<html>")
    assert pdf_of(held, folder) == folder.resolve() / ".versions" / "one.pdf"
    (folder / "province" / "harbour.toml").write_text(sidecar, "utf-8")
    assert pdf_of(held, folder) is None


@needs_browser
@pytest.mark.parametrize("width", [360, 1280])
def test_it_stands_beside_the_text_where_there_is_room(
    windows: Any, holding: Running, width: int
) -> None:
    page = windows(holding.url, width=width).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/d/{ID}?q=5-20#q")
    expect(page.locator("mark#q")).to_be_in_viewport()
    expect(page.locator(".paper a")).to_be_visible()
    expect(page.locator("iframe")).to_be_visible(visible=width > 1000)
    check_room(page)
    if width < 1000:
        assert not any("/o/" in one for one in asked)
        check_axe(page)
