"""Settings of fetching pages from sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000
CACHE = "fetched"
"""The folder, in that of the index, of pages that an interrupted run has fetched."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """Settings of fetching.

    ``delay``: seconds between two requests to a host. ``seconds``, ``megabytes``: the most for one page.

    ``private``: whether addresses of private networks may be fetched. ``contact``: an address that servers
    are told beside the project's name. ``authorities``: a file of certificate authorities that are believed
    beside the public ones. ``folder``: where pages wait that an interrupted run has fetched; None
    to keep none.
    """

    delay: int = 1
    seconds: int = 60
    megabytes: int = 20
    private: bool = False
    contact: str = ""
    authorities: Path | None = None
    folder: Path | None = None

    @property
    def largest(self) -> int:
        """Bytes of a page as it is sent."""
        return self.megabytes * MEGABYTE

    @property
    def largest_unpacked(self) -> int:
        """Bytes of a page when it is unpacked: text shrinks to a tenth at the best."""
        return 10 * self.largest


AS_SET = Fetching()
"""The settings before anybody has set them."""
