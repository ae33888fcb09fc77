"""Have a model phrase what quotes say, and keep only what stands in them."""
