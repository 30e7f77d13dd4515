"""Wording: the language of an answer, and the sentences of problems in it."""
