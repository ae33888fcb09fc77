"""From readings to an answer: quotes, conditions, citations, and what is left open."""
