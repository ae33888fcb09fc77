"""The page for readers without Telegram: the same answers in any browser."""
