"""The query language: typed text to a tree that knows no engine, and the tree to its canonical text."""
