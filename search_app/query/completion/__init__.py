"""Completion of what is typed: words, phrases, names, titles and frequent queries that go on so."""
