"""Benches of what is typed."""
