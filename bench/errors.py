"""What can go wrong with a benchmark."""


class NotHereError(Exception):
    """A peer or a set of data is not on this machine; says which, and what it needs."""
