"""Quality on public question sets and on investors' questions."""
