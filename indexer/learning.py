"""Which profiles a page is read by: written ones, and those that the folders of a run have taught.

A folder teaches when its first page of a site without a written profile is read: a sample of its pages is
looked at together, and what they have in common becomes a drafted profile of each site
(:mod:`indexer.drafting`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.profiles import Profile


class Lessons:
    """The profiles of a run. ``forced`` is the one that the user named: no other is tried then."""

    def __init__(self, written: Sequence[Profile] = (), forced: Profile | None = None) -> None:
        self.forced = forced
        self.written = tuple(written)

    def key(self) -> str:
        """What tells these written profiles from others: pages are read again when they change."""
        profiles = [self.forced] if self.forced else self.written
        return hashlib.blake2b(" ".join(one.digest for one in profiles).encode(), digest_size=8).hexdigest()

    def below(self, root: str) -> Below:
        """The profiles for the pages of a source."""
        return Below(self, root)


@dataclass(frozen=True, slots=True)
class Below:
    """The profiles for the pages of one source, which is a folder or a single file."""

    lessons: Lessons
    root: str

    def of(self, hosts: Sequence[str]) -> list[Profile]:
        """Those for a page that may be of these hosts, the surest first."""
        lessons = self.lessons
        if lessons.forced:
            return [lessons.forced]
        return [profile for host in hosts for profile in lessons.written if profile.is_for(host)]
