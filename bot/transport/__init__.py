"""The way between Telegram and the dialogues: updates in, calls out, nothing lost, no limit broken."""
