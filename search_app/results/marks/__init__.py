"""Marks: the words of a query in a text, and the passages that show them."""
