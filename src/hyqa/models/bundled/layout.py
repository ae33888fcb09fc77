"""The files of the bundled model as it is cast, in its folder."""

from hyqa.models.unigram import SCORES_FILE, TREE_FILE

ONNX_FILE = "onnx/model_int8.onnx"
"""The lower layers, which take the vectors of a text's pieces."""
WORDS_FILE = "onnx/words.npy"
"""These vectors, of all pieces."""
MEANING_FILE = "onnx/meaning_int8.onnx"
"""The model's own upper layers, which take what the lower ones give."""
MATCHING_FILE, PAIR_FILE = "onnx/matching_int8.onnx", "onnx/pairs_int8.onnx"
"""Those of the question matcher and of the pair reader."""
PAIR_HEAD_FILE = "onnx/pairs_head.npy"
"""What the pair reader multiplies its first token's vector by, the constant last."""
WEIGHTS = ".weights"
"""What ends the name of the file of a graph's weights, beside it."""
_GRAPHS = (ONNX_FILE, MEANING_FILE, MATCHING_FILE, PAIR_FILE)
READ_AT_START = (
    *_GRAPHS,
    *(name.removesuffix(".onnx") + WEIGHTS for name in _GRAPHS),
    WORDS_FILE,
    PAIR_HEAD_FILE,
    TREE_FILE,
    SCORES_FILE,
)
"""The files whose checksums are compared whenever the model is loaded."""
