"""What is a heading, and of which level."""
