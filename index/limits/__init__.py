"""Limits of work: the time that it may take, and the memory that it may keep."""
