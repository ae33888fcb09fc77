"""Which dialogue answers which update, and who may ask for it."""
