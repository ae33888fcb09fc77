"""Measurements of speed and quality; nothing here is imported by the library."""
