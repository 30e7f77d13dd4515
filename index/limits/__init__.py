"""Limits of work: the time that it may take."""
