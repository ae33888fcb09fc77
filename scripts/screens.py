"""Pictures of the bot's main dialogues: ``python scripts/screens.py --index index``.

The bot runs against the stand-in for Telegram that the tests use, over the shipped corpus; what
it sends is laid out like a chat, in the font of the bot's posters, and photographed with Chromium
(of the distribution's packages ``chromium`` and ``fonts-noto-color-emoji``). Nothing in them is
made up.
"""

import argparse
import asyncio
import html
import io
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "bot"))

from people import Person  # noqa: E402 - the tests' modules are no package
from running import run_bot  # noqa: E402
from standin.calls import Sent  # noqa: E402
from standin.server import TelegramServer  # noqa: E402

from bot.languages import Tongue  # noqa: E402
from bot.library import Library  # noqa: E402
from bot.rendering.fonts import font_file  # noqa: E402
from bot.texts import TEXTS  # noqa: E402
from hyqa import DEFAULT_ENCODER  # noqa: E402

DESK = -1001234567890
WIDTH, HEIGHT, COLOURS = 460, 4000, 128
MOST = 1000
"""Lines of a picture; a park's card goes on for two screens."""
STYLE = """
body{margin:0;background:#d6e4d0;font:15px/1.45 poster,sans-serif}
.chat{padding:14px;width:432px}.m{max-width:86%;padding:8px 11px;border-radius:12px;margin:6px 0;
white-space:pre-wrap;overflow-wrap:anywhere}.bot{background:#fff}.me{background:#e3fdd1;margin-left:auto;
width:fit-content}blockquote{margin:3px 0;padding:3px 8px;border-left:3px solid #3a8ad0;background:#eef5fb;
border-radius:4px}a{color:#2678b6;text-decoration:none}.row{display:flex;gap:4px;margin:3px 0;width:86%}
.b{flex:1;background:#64805c;color:#fff;text-align:center;border-radius:8px;padding:5px 6px;font-size:13px;
min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
"""

Talk = Callable[[TelegramServer, Person], Awaitable[list[str]]]


def said(text: str) -> str:
    """What a person wrote."""
    return f'<div class="m me">{html.escape(text)}</div>'


def shown(sent: Sent) -> str:
    """A message of the bot, with its buttons."""
    rows = sent.parameters.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = "".join(
        '<div class="row">'
        + "".join(f'<div class="b">{html.escape(one["text"])}</div>' for one in row)
        + "</div>"
        for row in rows
    )
    text = sent.source.replace("</blockquote>\n", "</blockquote>")
    return f'<div class="m bot">{text}</div>{buttons}'


async def answer_in_chinese(server: TelegramServer, person: Person) -> list[str]:
    """A question and its answer."""
    return [said("五制一平台是哪五制？"), shown(await person.ask("五制一平台是哪五制？"))]


async def answer_in_english(server: TelegramServer, person: Person) -> list[str]:
    """The same in English."""
    question = "How much have German firms invested in Hunan?"
    return [said(question), shown(await person.ask(question))]


async def nothing_found(server: TelegramServer, person: Person) -> list[str]:
    """A question that the documents do not answer."""
    question = "长沙人才购房补贴多少？"
    sent = await person.ask(question)
    pressed = await person.pressing(sent, TEXTS[Tongue.SIMPLIFIED].tell_me)
    return [said(question), shown(sent), shown(pressed)]


async def asked_back(server: TelegramServer, person: Person) -> list[str]:
    """A question that may mean several things, and the answer to a choice."""
    sent = await person.ask("经开区规划面积多大？")
    choice = next(iter(sent.buttons))
    answer = await person.pressing(sent, choice)
    return [said("经开区规划面积多大？"), shown(sent), shown(answer)]


async def differing(server: TelegramServer, person: Person) -> list[str]:
    """Two documents with different figures."""
    question = "衡阳常住人口多少"
    return [said(question), shown(await person.ask(question))]


async def browsing(server: TelegramServer, person: Person) -> list[str]:
    """From the list of parks to one of them."""
    parks = await person.ask("/parks")
    park = await person.turning(parks, next(iter(parks.buttons)))
    return [said("/parks"), shown(parks), shown(park)]


async def asking_a_person(server: TelegramServer, person: Person) -> list[str]:
    """The desk, as the staff see it."""
    sent = await person.ask("时间谷首期投资多少？")
    await person.press(sent, TEXTS[Tongue.SIMPLIFIED].ask_person)
    async with asyncio.timeout(20):
        while not (cards := [one for one in server.sent if one.chat_id == DESK]):
            await asyncio.sleep(0.1)
    return [shown(cards[0])]


TALKS: dict[str, tuple[str, Talk]] = {
    "answer": ("zh-hans", answer_in_chinese),
    "answer-en": ("en", answer_in_english),
    "not-found": ("zh-hans", nothing_found),
    "clarify": ("zh-hans", asked_back),
    "differs": ("zh-hans", differing),
    "parks": ("zh-hans", browsing),
    "desk": ("zh-hans", asking_a_person),
}


async def talk(index: Path, name: str, state: Path) -> str:
    """Have one dialogue, as a page of HTML."""
    code, dialogue = TALKS[name]
    server = TelegramServer()
    await server.start()
    library = Library.open(str(index), DEFAULT_ENCODER)
    url = f"sqlite:///{state}/{name}.sqlite"
    async with run_bot(
        server, shelf=library.shelf, database_url=url, library=library, desk_chat=DESK
    ):
        lines = await dialogue(server, Person(server, 11, code))
    await server.stop()
    page = "".join(lines)
    font = f"@font-face{{font-family:poster;src:url({Path(font_file()).as_uri()})}}"
    return f'<meta charset="utf-8"><style>{font}{STYLE}</style><div class="chat">{page}</div>'


def photograph(page: str, folder: Path, target: Path) -> None:
    """Make a picture of a page, cut to what is on it."""
    source, raw = folder / "page.html", folder / "page.png"
    source.write_text(page, encoding="utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--allow-file-access-from-files", f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={raw}", source.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    picture = Image.open(io.BytesIO(raw.read_bytes())).convert("RGB")
    background = Image.new("RGB", picture.size, picture.getpixel((WIDTH - 1, HEIGHT - 1)))
    lowest = _lowest_difference(picture, background)
    cut = picture.crop((0, 0, WIDTH, min(MOST, lowest + 14)))
    cut.quantize(COLOURS).save(target, optimize=True)


def _lowest_difference(picture: Image.Image, background: Image.Image) -> int:
    box = ImageChops.difference(picture, background).getbbox()
    return box[3] if box else HEIGHT


def main() -> None:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "screens")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in TALKS:
            page = asyncio.run(talk(options.index, name, Path(folder)))
            photograph(page, Path(folder), options.into / f"{name}.png")
            print(name)


if __name__ == "__main__":
    main()
