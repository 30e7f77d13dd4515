"""Measuring: corpora, processes, steps."""
