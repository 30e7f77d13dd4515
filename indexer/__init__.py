"""The writing side: source files to articles, articles to a new or the serving generation of an index."""
