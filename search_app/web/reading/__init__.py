"""The page of an article: its text, its comments in the order asked for, its citation."""
