"""What the page says: one catalogue a language."""

from web.languages import Tongue
from web.texts import english, simplified, traditional
from web.texts.catalogue import Texts

__all__ = ["TEXTS", "Texts"]

TEXTS = {
    Tongue.SIMPLIFIED: simplified.TEXTS,
    Tongue.TRADITIONAL: traditional.TEXTS,
    Tongue.ENGLISH: english.TEXTS,
}
