"""What the bot says of changes, of what is taken away, and of publishing."""
