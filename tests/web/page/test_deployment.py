"""The deployment files and the page of documentation name what there is."""

import re

import yaml

from page.serving import ROOT
from web.routes import ROUTES

SETTING = re.compile(r"\bHYQA_[A-Z_]+\b")


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


KNOWN = set(SETTING.findall(read("web/settings.py")))


def test_each_setting_is_documented_and_each_documented_one_is_read() -> None:
    of_the_deployment = {"HYQA_WEB_HOST"}
    assert KNOWN <= set(SETTING.findall(read("docs/web.md"))) <= KNOWN | of_the_deployment


def test_the_files_set_only_settings_that_are_read() -> None:
    for path in ("deploy/web.compose.yaml", "deploy/hyqa-web.service"):
        assert set(SETTING.findall(read(path))) <= KNOWN | {"HYQA_WEB_HOST"}, path


def test_the_page_is_reached_through_the_proxy_alone() -> None:
    services = yaml.safe_load(read("deploy/web.compose.yaml"))["services"]
    assert "ports" not in services["web"]
    assert services["proxy"]["depends_on"]["web"]["condition"] == "service_healthy"
    assert "web:8080" in services["proxy"]["command"]
    assert services["web"]["environment"]["HYQA_WEB_LISTEN"].endswith(":8080")
    assert "TELEGRAM_TOKEN" not in read("deploy/web.compose.yaml")
    assert "env_file" not in services["web"]


def test_both_know_each_other() -> None:
    services = yaml.safe_load(read("deploy/web.compose.yaml"))["services"]
    web, bot = (services[name]["environment"] for name in ("web", "bot"))
    assert bot == {"HYQA_WEB_URL": web["HYQA_WEB_URL"]}
    for name in ("HYQA_WEB_TELEGRAM", "HYQA_WEB_FRAMES", "HYQA_DESK_CHAT"):
        assert web[name] == f"${{{name}:-}}"  # from deploy/.env, and none where it names none


def test_each_address_is_documented() -> None:
    told = read("docs/web.md") + "/robots.txt /favicon.ico /static/ /feedback /forget"
    for route in ROUTES:
        assert re.split(r"\{", route.path)[0] in told, route.path


def test_what_templates_and_files_need_is_packaged() -> None:
    packaged = re.search(r"^web = \[(.*)\]$", read("pyproject.toml"), re.MULTILINE)
    assert packaged and packaged[1] == '"templates/*", "static/*"'
    for folder in ("web/templates", "web/static"):
        assert all(path.is_file() for path in (ROOT / folder).iterdir())
