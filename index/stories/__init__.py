"""Stories: articles that are one text, published again and again."""
