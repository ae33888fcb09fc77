"""A hub model's ONNX file, and the small files that say how to use it, by name."""

from pathlib import Path

from hyqa.models.model_files import choose_onnx_file
from hyqa.types.errors import EncoderError

_SMALL_FILES = ("*.json", "1_Pooling/*.json")


def local_folder(model: str) -> Path:
    """Find the folder of a model: itself where it is one, else what is downloaded from the hub.

    The hub is that of ``HF_ENDPOINT``, the folder the hub library's cache.

    Raises:
        EncoderError: when it cannot be downloaded, or has no ONNX file.
    """
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        chosen = choose_onnx_file(model, HfApi().list_repo_files(model))
        # Weights above 2 GB lie beside the ONNX file, under its name and an ending.
        wanted = [*_SMALL_FILES, f"{chosen}*"]
        return Path(snapshot_download(model, allow_patterns=wanted))
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        raise EncoderError(
            f"The ONNX model {model!r} cannot be downloaded: give the name of a hub model that"
            " carries an ONNX file and can be reached from here, or the path of a folder."
        ) from error
