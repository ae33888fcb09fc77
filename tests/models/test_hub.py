"""Models taken from a hub by name."""

import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hyqa.models import load_encoder
from hyqa.types.errors import EncoderError
from models.making import save_onnx_model


class Hub(http.server.BaseHTTPRequestHandler):
    """Serves one model as the hub does: its list of files, and each of them."""

    folder: Path

    def do_GET(self) -> None:
        """Answer in JSON, or with a file."""
        path = self.path.split("?")[0]
        if path.startswith("/api/models/city/tiny"):
            body = self.tree() if "/tree/" in path else self.model()
            self.answer(json.dumps(body).encode(), "application/json")
        elif path.startswith("/city/tiny/resolve/"):
            name = path.split("/", 5)[5]
            self.answer((self.folder / name).read_bytes(), "binary/octet-stream")
        else:
            self.send_error(404)

    do_HEAD = do_GET

    def names(self) -> list[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [path.relative_to(self.folder).as_posix() for path in files]

    def model(self) -> object:
        siblings = [{"rfilename": name} for name in self.names()]
        return {"id": "city/tiny", "sha": "0" * 40, "siblings": siblings}

    def tree(self) -> object:
        sizes = {name: (self.folder / name).stat().st_size for name in self.names()}
        entry = {"type": "file", "oid": "0" * 40}
        return [{**entry, "path": name, "size": size} for name, size in sizes.items()]

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Repo-Commit", "0" * 40)
        self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:40]}"')
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    """The address of a hub on loopback that serves one model."""
    folder = save_onnx_model(tmp_path / "served")
    (folder / "pytorch_model.bin").write_bytes(b"large")
    handler = type("Serving", (Hub,), {"folder": folder})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


DOWNLOAD = """
import sys
from hyqa import load_encoder
encoder = load_encoder("onnx:city/tiny")
print(encoder.name, encoder.encode_passages(["park grant"]).shape)
assert not {"torch", "transformers"} & set(sys.modules)
"""


@pytest.mark.model
def test_a_hub_model_is_taken_by_name_without_its_other_weights(hub: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DOWNLOAD],
        capture_output=True,
        text=True,
        env={
            **{name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"},
            "HF_ENDPOINT": hub,
            "HF_HOME": str(tmp_path / "home"),
            "HF_HUB_DISABLE_XET": "1",
        },
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("(1, 4)\n")
    assert "city/tiny" in done.stdout
    assert not list((tmp_path / "home").rglob("pytorch_model.bin"))


def test_a_hub_model_that_cannot_be_reached_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="'no/such' cannot be downloaded"):
        load_encoder("onnx:no/such")
