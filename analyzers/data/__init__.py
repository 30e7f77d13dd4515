"""Word lists, one word a line; lines that begin with ``#`` state source and licence."""

import re
from importlib.resources import files

_REMARK = re.compile("\n#.*")  # begins with plain letters, which is what makes it fast
_EMPTY = re.compile("\n\n+")


def load_words(name: str, package: str = __name__) -> tuple[str, ...]:
    """The words of a shipped list, in its order; ``package`` is the one that the list lies in."""
    lines = files(package).joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def load_text(name: str) -> str:
    """A shipped list as it is, but for remarks and empty lines: many times as fast as line by line."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return _EMPTY.sub("\n", _REMARK.sub("", f"\n{text}")).strip("\n")


def load_rows(name: str, package: str = __name__) -> tuple[list[str], ...]:
    """The rows of a shipped table, each as its cells; ``package`` as in ``load_words``."""
    return tuple(line.split("\t") for line in load_words(name, package))
