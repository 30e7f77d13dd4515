"""Tables of words that readers go by; lines that begin with ``#`` state source and licence."""

from importlib.resources import files


def load_rows(name: str) -> tuple[list[str], ...]:
    """The rows of a table, each as its cells."""
    lines = files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines if not line.startswith("#"))
