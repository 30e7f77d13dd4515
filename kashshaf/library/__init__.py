"""For programs in Python: a client of a server, and the search in their own process (``docs/python.md``)."""
