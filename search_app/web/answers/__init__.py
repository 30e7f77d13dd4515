"""Answers that were given before: kept for all worker processes, and given again."""
