"""A chart of bars as a picture."""

import io
from collections.abc import Sequence

from bot.rendering.fonts import font_file

WIDTH, ROW, MARGIN, LABELS = 900, 54, 40, 300
_INK, _BAR, _PAPER = "#1f2933", "#2f6fab", "#ffffff"


def bars(title: str, rows: Sequence[tuple[str, int | None, str]], font: str = "") -> bytes:
    """Draw a bar a row, as a PNG.

    Args:
        title: above the chart.
        rows: of each a label, its value (None for one that is not shown), and what is written.
        font: file of a font with Chinese; '' for the one that comes with the bot.
    """
    from PIL import Image, ImageDraw, ImageFont  # 4 MB, and few charts are drawn

    large, small = (ImageFont.truetype(font_file(font), size) for size in (30, 24))
    picture = Image.new("RGB", (WIDTH, 2 * MARGIN + 50 + ROW * len(rows)), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((MARGIN, MARGIN), title, _INK, large)
    most = max((value or 0 for _, value, _ in rows), default=0) or 1
    room = WIDTH - 2 * MARGIN - LABELS - 160
    for number, (label, value, written) in enumerate(rows):
        middle = MARGIN + 75 + ROW * number
        draw.text((MARGIN, middle), label, _INK, small, anchor="lm")
        end = MARGIN + LABELS + round(room * (value or 0) / most)
        bar = (MARGIN + LABELS, middle - 17, max(end, MARGIN + LABELS + 2), middle + 17)
        draw.rectangle(bar, _BAR)
        draw.text((end + 12, middle), written, _INK, small, anchor="lm")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
