"""What the bot says: one catalogue a language."""

from bot.languages import Tongue
from bot.texts import english, simplified, traditional
from bot.texts.catalogue import Texts

__all__ = ["TEXTS", "Texts"]

TEXTS = {
    Tongue.SIMPLIFIED: simplified.TEXTS,
    Tongue.TRADITIONAL: traditional.TEXTS,
    Tongue.ENGLISH: english.TEXTS,
}
