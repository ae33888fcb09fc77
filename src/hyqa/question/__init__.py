"""Understanding a question: what it asks, of what, and what it leaves open."""
