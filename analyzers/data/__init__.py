"""Word lists, one word a line; lines that begin with ``#`` state source and licence."""

from importlib.resources import files


def load_words(name: str) -> tuple[str, ...]:
    """The words of a shipped list, in its order."""
    lines = files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def load_rows(name: str) -> tuple[list[str], ...]:
    """The rows of a shipped table, each as its cells."""
    return tuple(line.split("\t") for line in load_words(name))
