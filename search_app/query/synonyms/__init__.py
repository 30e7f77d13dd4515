"""Other names of things, and words of dialects beside those of print, put beside the words of a query."""
