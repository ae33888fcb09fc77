"""Asking hosts that nobody trusts: which addresses, how long, how much, and what it is that came."""
