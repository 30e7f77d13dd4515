"""The outcomes of readers: an article found, a document refused, something noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.index.documents import Article


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was read. ``mended`` says, a sentence each, what had to be put right or guessed.

    ``one_page``: the file held this article alone, so that the file's time may stand for a missing date.
    """

    article: Article
    place: str
    mended: tuple[str, ...] = ()
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that is no article. ``place`` names the file (and line), ``reason`` is one sentence.

    ``documents``: for how many documents of the file it stands.
    """

    place: str
    reason: str
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Noted:
    """Something to say of a file as a whole: what in it was left out on purpose."""

    place: str
    what: str


MOST_REFUSED = 20
"""Documents of one file that are refused one by one; how many more there were is said once."""
MOST_SENTENCES = 20
"""About one document in the report."""

Outcome = Found | Refused | Noted


class UnfitError(Exception):
    """Raised inside a reader by what cannot be an article; its text is the reason of a :class:`Refused`."""


def pointer(number: int) -> str:
    """A stand-in id for the comment of that number, for ``parent`` to point at.

    For readers of formats that have no ids. It is unsafe by its control character, so that
    :func:`kashshaf.indexer.sources.identity.complete` always replaces it.
    """
    return f"\0{number}"


class Mended:
    """Sentences on what was put right or guessed in one document, each once, at most MOST_SENTENCES."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}
        self._more = 0

    def say(self, sentence: str) -> None:
        """Keep a sentence."""
        if sentence not in self._said:
            if len(self._said) < MOST_SENTENCES:
                self._said[sentence] = None
            else:
                self._more += 1

    def sentences(self) -> tuple[str, ...]:
        """All that was said, or the first of it and how much more there was."""
        more = (f"{self._more} more of the kind",) if self._more else ()
        return (*self._said, *more)
