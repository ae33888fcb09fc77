"""Answers and documents as values that the templates write down: no template decides anything."""
