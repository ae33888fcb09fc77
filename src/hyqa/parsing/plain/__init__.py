"""Reading text, Markdown and JSON lines."""
