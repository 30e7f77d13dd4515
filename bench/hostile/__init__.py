"""Hostile queries: made by rule, asked one by one, the slowest named."""
