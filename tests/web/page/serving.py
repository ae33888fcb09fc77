"""The page in a process of its own, and visitors who read its HTML as a browser without script."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from forking import Forked, run
from lxml import html

ROOT = Path(__file__).parents[3]
_LISTENS = re.compile(r"Answering on (http://[0-9.:]+)")
MAIN = "import sys; from web.__main__ import main; sys.exit(main())"
PATIENCE = 60


@dataclass
class Running:
    """A page that answers at an address, the folder of its state, and what it has logged."""

    url: str
    state: Path
    process: "Forked | subprocess.Popen[bytes]"
    lines: list[str] = field(default_factory=list)

    @property
    def log(self) -> str:
        return "".join(self.lines)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def serve(index: Path, state: Path, **settings: str) -> AbstractContextManager[Running]:
    """Run what ``python -m web`` does; what it logged is shown where a test fails."""
    return _served(index, state, settings, as_command=False)


def serve_command(index: Path, state: Path, **settings: str) -> AbstractContextManager[Running]:
    """Run ``python -m web`` itself, as :func:`serve` does."""
    return _served(index, state, settings, as_command=True)


@contextmanager
def _served(
    index: Path, state: Path, settings: Mapping[str, str], *, as_command: bool
) -> Iterator[Running]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HYQA_", "TELEGRAM_"))
    }
    environment = {
        **inherited,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "HYQA_INDEX": str(index),
        "HYQA_ENCODER": "hash",
        "HYQA_STATE": str(state),
        "HYQA_WEB_LISTEN": "127.0.0.1:0",
        **settings,
    }
    said, written = os.pipe()
    process: Forked | subprocess.Popen[bytes]
    if as_command:
        command = [sys.executable, "-m", "web"]
        process = subprocess.Popen(command, env=environment, stderr=written, cwd=ROOT)
    else:
        process = run("web.__main__", MAIN, environment=environment, stderr=written)
    os.close(written)
    running = Running("", state, process)
    listening = threading.Event()

    def read() -> None:
        with os.fdopen(said, encoding="utf-8") as stream:
            for line in stream:
                running.lines.append(line)
                if found := _LISTENS.search(line):
                    running.url = found[1]
                    listening.set()
        listening.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        assert listening.wait(PATIENCE) and running.url, running.log
        yield running
    finally:
        code = running.stop()
        reader.join(PATIENCE)
        sys.stderr.write(running.log)
    assert code == 0, running.log


class Page:
    """What came back, as a reader sees it."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.source = response.text
        self.tree = html.fromstring(self.source) if self.source.strip() else html.Element("html")

    def all(self, path: str) -> list[Any]:
        return list(self.tree.xpath(path))

    def texts(self, path: str) -> list[str]:
        return [" ".join(one.text_content().split()) for one in self.all(path)]

    def one(self, path: str) -> Any:
        (found,) = self.all(path)
        return found

    @property
    def text(self) -> str:
        return " ".join(self.tree.text_content().split())

    @property
    def quotes(self) -> list[str]:
        return [one.text_content() for one in self.all("//blockquote")]

    def fields(self, form: str) -> list[tuple[str, str]]:
        """The fields of a form as a browser would send them."""
        return [
            (one.get("name"), one.get("value", ""))
            for one in self.all(f"//form[{form}]//input[@name]")
        ]


class Visitor:
    """Somebody with a browser that keeps cookies and runs no script."""

    def __init__(self, url: str, language: str = "zh-CN,zh;q=0.9", **headers: str) -> None:
        given = {"Accept-Language": language, **headers}
        # There is nothing to verify; to read who vouches for others takes longer than some tests.
        self.client = httpx.Client(base_url=url, headers=given, timeout=PATIENCE, verify=False)
        self.page: Page | None = None

    def close(self) -> None:
        self.client.close()

    def get(self, path: str, **headers: str) -> Page:
        self.page = Page(self.client.get(path, headers=headers))
        return self.page

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Page:
        body = urlencode(fields)
        self.page = Page(
            self.client.post(
                path,
                content=body,
                headers={"Content-Type": "application/x-www-form-urlencoded", **headers},
            )
        )
        return self.page

    def ask(self, question: str, **headers: str) -> Page:
        """Type into the form of the page that is open, and send it."""
        page = self.page if self.page and self.page.all("//form[@id='ask']") else self.get("/")
        fields = [(name, value) for name, value in page.fields("@id='ask'") if name != "q"]
        return self.post("/", [*fields, ("q", question)], **headers)

    def pick(self, words: str) -> Page:
        """Press a button that offers a question."""
        assert self.page
        (button,) = [
            one for one in self.page.all("//button[@name='pick']") if one.get("value") == words
        ]
        assert button.get("form") == "ask"
        return self.post("/", [*self.page.fields("@id='ask'"), ("pick", words)])


def wait_until(true: Any, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)
