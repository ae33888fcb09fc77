"""Measuring what is read of documents: their outlines and their metadata."""
