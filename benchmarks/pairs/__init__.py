"""Train the pair reader, which reads a question and a passage together."""
