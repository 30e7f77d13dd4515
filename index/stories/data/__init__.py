"""Word lists of boilerplate: what papers put around a text that is not of it."""
