"""Pages of a PDF as pictures."""

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from hyqa.parsing.pdf.pdfium import open_pdf
from hyqa.types.errors import ParseError

RESOLUTION = 200
"""Dots an inch: characters of 三号 and 小四 are 30 to 45 dots high, of footnotes 25. At 150,
small print loses more; at 300, reading takes longer and gains nothing."""
MAX_SIDE = 4000
"""Dots of a page's longer side: plans and posters are shown smaller."""

Picture = NDArray[np.uint8]
"""A picture of shape (height, width, 3)."""


def render_page(data: bytes, number: int) -> tuple[Picture, float]:
    """Return a page as it is displayed, and how many dots a point takes.

    Args:
        data: The file.
        number: The page, from 1.

    Raises:
        ParseError: The page is damaged.
    """
    with open_pdf(data) as document:
        try:
            page = document[number - 1]
            scale = min(RESOLUTION / 72, MAX_SIDE / max(*page.get_size(), 1.0))
            bitmap = page.render(scale=scale)
            picture: Picture = np.array(bitmap.to_numpy()[:, :, :3])
        except (pdfium.PdfiumError, IndexError, MemoryError, ValueError) as error:
            raise ParseError(f"its page {number} is damaged") from error
        bitmap.close()
        page.close()
    return picture, scale
