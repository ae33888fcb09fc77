"""Reading Word."""
