"""What the bot does with each kind of message: a module a dialogue."""
