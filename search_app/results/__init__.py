"""Matches made into an answer."""
