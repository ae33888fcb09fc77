"""The Telegram bot of hyqa: ``python -m bot``.

It talks to the library only through what ``hyqa`` exports.
"""

import os

# python-telegram-bot hands out durations as numbers and warns of it, unless asked for timedeltas.
os.environ.setdefault("PTB_TIMEDELTA", "true")
