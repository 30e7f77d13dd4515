"""Single articles and comments, written while the index serves: what the write API does."""
