"""``hyqa index``: building the index, with a progress bar."""

from argparse import Namespace
from pathlib import Path

from hyqa.cli.arguments import Commands, Parser, add_originals
from hyqa.cli.output import complain, progress, say
from hyqa.index.build import BuildResult, build_index, is_stale
from hyqa.models import CachingEncoder, load_encoder
from hyqa.parsing import corpus_fingerprint

VECTORS_FILE = "vectors.sqlite"
"""In the cache folder: passages that were encoded before."""


def add_options(commands: Commands) -> None:
    """Add ``hyqa index``."""
    parser = commands.add("index", index, "read the documents and build the index")
    add_index_options(parser, commands)
    parser.add_argument(
        "--if-stale",
        action="store_true",
        help="only where the index is missing, or documents, encoder or readers have changed",
    )


def add_index_options(parser: Parser, commands: Commands) -> None:
    """Add the options that say what is indexed."""
    corpus = commands.settings.corpus
    parser.add_argument(
        "--corpus",
        metavar="PATH",
        type=Path,
        default=corpus,
        help=f"folder of documents, or one file ({corpus})",
    )
    add_originals(parser, commands)
    parser.add_argument(
        "--glossary",
        metavar="FILE",
        type=Path,
        help="a glossary in the place of the corpus's own glossary.toml",
    )


def index(options: Namespace) -> int:
    """Build the index; files that cannot be read are named, and make the exit code 1."""
    corpus_fingerprint(options.corpus)  # a wrong path is told before the encoder takes its time
    encoder = load_encoder(options.encoder)
    glossary: Path | None = options.glossary
    if options.if_stale and not is_stale(
        options.corpus,
        options.index,
        encoder.name,
        glossary=glossary,
        originals=options.originals,
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
            originals=options.originals,
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
