"""Reading Excel."""
