"""Typed text made into a question to an engine."""
