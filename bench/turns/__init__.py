"""Searches of a ready index and of raw tantivy-py on the same articles, turn by turn: the load hits both."""
