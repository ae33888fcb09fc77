"""hyqa: questions about Hengyang answered by verbatim quotes, each with its source."""
