"""The ONNX encoder on tiny models that the tests make."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest

from hyqa.models import load_encoder
from hyqa.models.onnx import OnnxEncoder
from hyqa.types.errors import EncoderError
from models.making import TABLE, WORDS, save_onnx_model


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
