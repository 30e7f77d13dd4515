"""A generation before it serves: single writes are carried over to it, and removals taken out of it."""
