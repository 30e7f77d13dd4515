"""The explanation of how words are understood."""
