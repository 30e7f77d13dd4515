"""What every source reader takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.dates.parser import parse_date, why_not

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from index.documents import Article, Precision
    from indexer.profiles import Choice


Columns = tuple[tuple[str, str], ...]
"""Pairs of an article's field and the name that a table's column, or a key of JSON, has for it."""
AS_NAMED: Columns = ()
POSTS = ("post",)
"""The types of posts that are read of a WordPress export; its pages and menus are no articles."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader knows beside the document itself.

    ``as_of``: when the page was saved, as the user states it (relative ages are counted back from it).
    ``file_time``: when the file was last changed; the base of last resort. ``zone``: for dates without one.
    Both times carry a zone. ``columns`` and ``types``: what fields are called, and which posts are read.
    ``address``: where a page was fetched from; it is known by it when it names no other itself. ``largest``:
    bytes that may come out of a packed file, None where there is no bound. ``profiles``: how pages of known
    sites are read, None to go by no site.
    """

    as_of: datetime | None
    file_time: datetime
    zone: tzinfo
    columns: Columns = AS_NAMED
    types: tuple[str, ...] = POSTS
    address: str = ""
    largest: int | None = None
    profiles: Choice | None = None

    @property
    def base(self) -> datetime:
        """The moment that relative ages are counted back from."""
        return self.as_of or self.file_time


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
    :func:`indexer.complete.complete` always replaces it.
    """
    return f"\0{number}"


class Mended:
    """What was put right or guessed in one document: each sentence once, and not more than can be read."""

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


class Dater:
    """Reads the dates of one document and keeps what has to be said about them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._mended = Mended()
        self._noted: set[str] = set()

    @property
    def mended(self) -> tuple[str, ...]:
        """A sentence for each thing that was left out or guessed."""
        return self._mended.sentences()

    def read(self, text: str) -> tuple[str | None, Precision | None]:
        """ISO date and precision; two Nones, and a sentence, for what cannot be read."""
        if not text.strip():
            return None, None
        when = parse_date(text, self.reading.base, self.reading.zone)
        if when is None:
            reason = why_not(text)
            sentence = f"the date {_short(text)!r} cannot be read and was left out"
            self._mended.say(f"{sentence}: {reason}" if reason else sentence)
            return None, None
        for note in when.notes:
            if note not in self._noted:
                self._noted.add(note)
                self._mended.say(f"the date {_short(text)!r}: {note}")
        if when.relative and self.reading.as_of is None:
            self._mended.say(
                f"ages were counted back from the file's time, {self.reading.file_time.date()}; "
                "--as-of says when the page was saved"
            )
        return when.iso, when.precision


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
