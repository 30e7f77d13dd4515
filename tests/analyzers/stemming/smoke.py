"""The smoke list: which words must meet at stem level, which must not, which names stay whole.

What the files mean and how they were made: ``tests/golden/smoke/README.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "tests" / "golden" / "smoke"
SAMPLED = "sampled"

PairList = Literal["meet", "apart"]
NameKind = Literal["place", "person", "firm", "loan"]


class Pair(NamedTuple):
    """Two texts, each of one word or several, and the phenomenon they are an example of."""

    phenomenon: str
    left: str
    right: str
    sampled: bool
    """Whether ``left`` was drawn at random from the words of the samples."""

    @property
    def texts(self) -> frozenset[str]:
        """The pair in no order."""
        return frozenset((self.left, self.right))


class Name(NamedTuple):
    """A name or loan word, without article."""

    kind: str
    text: str


def pair_file(name: PairList) -> Path:
    """Where the pairs of a list stand."""
    return FOLDER / f"{name}.tsv"


def rows(file: Path) -> list[list[str]]:
    """The cells of every line; split at line feeds and tabs alone, since texts hold odd characters."""
    return [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n")[:-1]]


def pairs(name: PairList) -> list[Pair]:
    """The pairs of a list, in its order."""
    return [Pair(row[0], row[1], row[2], row[3:] == [SAMPLED]) for row in rows(pair_file(name))]


def names() -> list[Name]:
    """The names that stay whole, in the order of the file."""
    return [Name(kind, text) for kind, text in rows(FOLDER / "names.tsv")]


def drawn() -> list[str]:
    """The words drawn at random, sorted."""
    return [word for (word,) in rows(FOLDER / "drawn.txt")]
