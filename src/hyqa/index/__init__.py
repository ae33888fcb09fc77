"""The index: building it, opening it, and searching in it."""
