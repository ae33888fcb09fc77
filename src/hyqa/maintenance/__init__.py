"""What maintainers do: bring and change documents, judge a snapshot before its release, measure answers."""
