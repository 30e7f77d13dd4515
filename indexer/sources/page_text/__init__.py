"""The reader of a saved page's text."""
