"""What stands before every page: whom it answers, how much it takes, what it never shows."""
