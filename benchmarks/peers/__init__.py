"""Other systems beside hyqa, on the same questions with the same encoder."""
