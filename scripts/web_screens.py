"""Pictures of the page: ``python scripts/web_screens.py --index index``.

The page runs over the shipped corpus, and Chromium (of the distribution's packages ``chromium`` and
``fonts-noto-cjk``) photographs what it shows. Nothing in them is made up.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
COLOURS = 96
WIDE, NARROW, BROAD = (1000, 800), (360, 720), (1280, 900)


def window(browser: Browser, url: str, size: tuple[int, int], scheme: str, locale: str) -> Page:
    """A window of a size, in light or dark, of a browser of a language."""
    width, height = size
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        reduced_motion="reduce",
    )
    return context.new_page()


def ask(page: Page, question: str) -> None:
    """Ask and wait for the answer."""
    before = page.locator("article.exchange").count()
    page.fill("#q", question)
    page.press("#q", "Enter")
    page.locator("article.exchange").nth(before).wait_for()


def save(page: Page, name: str) -> None:
    """Keep a picture with few colours, which takes a third of the bytes."""
    image = Image.open(io.BytesIO(page.screenshot()))
    image.convert("RGB").quantize(COLOURS).save(
        ROOT / "docs" / "screens" / f"{name}.png", optimize=True
    )


def photograph(browser: Browser, url: str) -> None:
    """All pictures."""
    page = window(browser, url, WIDE, "light", "zh-CN")
    page.goto("/")
    ask(page, "外资到资奖励多少？")
    save(page, "web-answer")
    page.locator(".acts a").first.click()
    page.locator("mark#q").wait_for()
    save(page, "web-source")
    page = window(browser, url, NARROW, "dark", "en-GB")
    page.goto("/")
    ask(page, "What subsidies are there for PhDs?")
    save(page, "web-phone")
    page = window(browser, url, WIDE, "light", "zh-TW")
    page.goto("/incentives")
    save(page, "web-incentives")
    for path, name, size in (
        ("/parks", "web-parks", BROAD),
        ("/parks/compare?park=hengyang-high-tech-zone&park=songmu", "web-compare", BROAD),
        ("/chains", "web-chains", BROAD),
    ):
        page = window(browser, url, size, "light", "zh-CN")
        page.goto(path)
        page.evaluate("document.querySelectorAll('img').forEach(one => { one.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        save(page, name)


def main() -> None:
    """Run the page, photograph it, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default="index")
    index = str(Path(parser.parse_args().index).resolve())
    with tempfile.TemporaryDirectory() as state:
        settings = {"HYQA_INDEX": index, "HYQA_STATE": state, "HYQA_WEB_LISTEN": "127.0.0.1:0"}
        process = subprocess.Popen(
            [sys.executable, "-m", "web"], cwd=ROOT, env={**os.environ, **settings},
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr
        try:
            told = (re.search(r"http://[\d.:]+", line) for line in process.stderr)
            url = next(found[0] for found in told if found)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                photograph(browser, url)
                browser.close()
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    main()
