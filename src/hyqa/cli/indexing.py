"""``hyqa index``: building the index, with a progress bar."""

from argparse import Namespace
from pathlib import Path

from hyqa.cli.output import complain, progress, say
from hyqa.index.build import BuildResult, build_index, is_stale
from hyqa.models import CachingEncoder, load_encoder
from hyqa.parsing import corpus_fingerprint

VECTORS_FILE = "vectors.sqlite"
"""In the cache folder: passages that were encoded before."""


def index(options: Namespace) -> int:
    """Build the index; files that cannot be read are named, and make the exit code 1."""
    corpus_fingerprint(options.corpus)  # a wrong path is told before the encoder takes its time
    encoder = load_encoder(options.encoder)
    glossary: Path | None = options.glossary
    if options.if_stale and not is_stale(
        options.corpus, options.index, encoder.name, glossary=glossary
    ):
        say(f"The index in {options.index} is up to date.")
        return 0
    with progress("Indexing", " passages") as report:
        cached = CachingEncoder(encoder, options.cache / VECTORS_FILE)
        result = build_index(
            options.corpus,
            options.index,
            cached,
            report=report,
            limits=options.limits,
            glossary=glossary,
        )
    say(_summary(result, options))
    return _report_failures(result)


def _summary(result: BuildResult, options: Namespace) -> str:
    manifest = result.manifest
    return (
        f"Indexed {manifest.documents} documents in {manifest.chunks} passages"
        f" with {manifest.encoder}: {options.index}"
    )


def _report_failures(result: BuildResult) -> int:
    for twin in result.twins:
        complain(f"{twin.left_out.id}: left out, as {twin.kept} is the same document")
    for failure in result.failures:
        complain(f"{failure.source}: {failure.reason}")
    if result.failures:
        complain(
            f"The index was built, but without {len(result.failures)} that could not be read:"
            " see the names above."
        )
    return 1 if result.failures else 0
