"""Fuzzing the parsers: coverage-guided, with inputs that keep the shape of their format."""
