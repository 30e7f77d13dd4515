"""The text of a saved page to an article."""
