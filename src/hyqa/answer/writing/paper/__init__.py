"""An answer as a sheet to take away: a PDF that names and dates all it quotes."""

from hyqa.answer.writing.paper.printing import print_sheet
from hyqa.answer.writing.paper.sheet import Place, Sheet

__all__ = ["Place", "Sheet", "print_sheet"]
