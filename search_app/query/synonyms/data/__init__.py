"""Shipped synonyms; each file says in its head what stands in a row and where it comes from."""
