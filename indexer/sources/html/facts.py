"""Facts about an article that several readers of a page find, and whose word counts.

A page is read by a site profile, written for its site or drafted from a sample; by what it says of itself for
machines; and by rules that know no site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

PRECEDENCE = {
    "title": ("written", "drafted", "rules"),
    "kicker": ("written", "drafted", "rules"),
    "url": ("written", "drafted", "machine"),
    "image": ("written", "drafted", "machine"),
    "date": ("written", "drafted", "machine", "rules"),
    "author": ("written", "machine", "drafted", "rules"),
    "section": ("written", "machine", "drafted", "rules"),
    "source": ("written", "drafted", "machine"),
    "tags": ("written", "drafted", "machine"),
}
"""The readers of each fact: the word of the first that has one counts.

The rules take the title from the page's heading before they look at what stands there for machines.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts as one reader finds them, each empty where it finds none. ``date`` is the text that states it."""

    title: str = ""
    kicker: str = ""
    url: str = ""
    image: str = ""
    date: str = ""
    author: str = ""
    section: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()


NOTHING = Facts()


def first_word(fact: str, readers: Mapping[str, Any], final: AbstractSet[str]) -> Any:
    """The word that counts for a fact; empty where no reader has one.

    ``readers``: an object with facts as attributes for each reader there is; the attributes are read in turn,
    so that those may be lazy. ``final``: facts on which the written profile counts even where it finds none.
    """
    for name in PRECEDENCE[fact]:
        if name in readers and (
            (word := getattr(readers[name], fact)) or (name == "written" and fact in final)
        ):
            return word
    return getattr(NOTHING, fact)
