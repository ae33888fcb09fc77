"""Reading passages: how likely each answers, and by which sentences."""
