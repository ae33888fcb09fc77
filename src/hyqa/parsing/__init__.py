"""Reading files as documents."""
