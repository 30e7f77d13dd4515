"""The first pass of a rebuild: what is written in a corpus, and how often."""
