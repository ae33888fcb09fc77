"""The font of posters and charts."""

from pylopdf_fonts_zh_cn import sans_path


def font_file(named: str = "") -> str:
    """The file of a font with Chinese, simplified and traditional, Latin letters and digits.

    Args:
        named: a file to use instead of Noto Sans SC, which comes with the bot; '' for none.
    """
    return named or str(sans_path())
