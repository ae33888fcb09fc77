"""The deployment files name what there is."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SETTING = re.compile(r"\b(?:HYQA|TELEGRAM)_[A-Z_]+\b")


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def test_each_setting_is_documented_and_each_documented_one_is_read() -> None:
    known = set(SETTING.findall(read("bot/settings.py"))) - {"TELEGRAM_API"}
    of_the_library = set(SETTING.findall(read("src/hyqa/config.py")))
    documented = set(SETTING.findall(read("docs/deployment.md")))
    assert known <= documented <= known | of_the_library


def test_the_files_set_only_settings_that_are_read() -> None:
    known = set(SETTING.findall(read("bot/settings.py")))
    for path in ("deploy/Containerfile", "deploy/compose.yaml", "deploy/hyqa-bot.service"):
        assert set(SETTING.findall(read(path))) <= known, path


def test_the_compose_file_waits_for_its_database() -> None:
    services = yaml.safe_load(read("deploy/compose.yaml"))["services"]
    assert services["bot"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert (ROOT / "deploy" / services["bot"]["build"]["context"] / "bot").is_dir()


def test_what_the_container_copies_is_there() -> None:
    for line in re.findall(r"^COPY (.+) \S+$", read("deploy/Containerfile"), re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
