"""Make answers of readings: quotes with their conditions and citations, refusals, questions back."""
