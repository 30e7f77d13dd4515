"""Exports: the content of an index as a file of lines."""
