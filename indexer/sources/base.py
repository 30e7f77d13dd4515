"""What every source reader takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from index.documents import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader knows beside the document itself.

    ``as_of``: when the page was saved, as the user states it (relative ages are counted back from it).
    ``file_time``: when the file was last changed; the base of last resort. ``zone``: for dates without one.
    Both times carry a zone.
    """

    as_of: datetime | None
    file_time: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was read. ``mended`` says, a sentence each, what had to be put right or guessed."""

    article: Article
    place: str
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that is no article. ``place`` names the file (and line), ``reason`` is one sentence."""

    place: str
    reason: str


Outcome = Found | Refused
