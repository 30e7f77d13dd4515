"""Composition: the command line, and what needs both the writing and the reading side."""
