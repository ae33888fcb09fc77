"""Reading the sheets that people take away: what stands on them, and where their links lead."""

import io

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def letters(text: str) -> str:
    """A text without what divides lines."""
    return "".join(text.replace("\x00", "").split())


def read_sheet(pdf: bytes) -> str:
    """What stands on all pages, without what divides lines."""
    return letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def links_of(pdf: bytes) -> list[str]:
    """Where the links of all pages lead."""
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for one in page.get("/Annots", []):
            action = one.get_object()["/A"]
            assert isinstance(action, DictionaryObject)
            found.append(str(action["/URI"]))
    return found
