"""Files that the project ships, made from those of others."""
