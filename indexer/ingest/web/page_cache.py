"""Pages on disk as they were sent, until the run that fetched them is over.

A run that is cut short leaves them there, and the next one takes them instead of fetching them again. Each
is a file named by its address, and a small file beside it that says where it is from, written last.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from kashshaf.index.disk import writing

if TYPE_CHECKING:
    from collections.abc import Iterable

FRESH = 7 * 24 * 3600
"""Seconds after which a page that was kept is fetched again."""
_ABOUT = ".about"


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a page that was read: its server's, its sitemap's date, and a hash of its bytes."""

    etag: str = ""
    modified: str = ""
    listed: str = ""
    digest: str = ""

    def headers(self) -> dict[str, str]:
        """The headers of a request for the page if it is another by now (RFC 9110, section 13)."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}

    def dumps(self) -> str:
        """The text that the ledger keeps."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def loads(cls, text: str) -> Validators:
        """Parse the text that :meth:`dumps` made; empty if another version wrote it."""
        try:
            return cls(**orjson.loads(text))
        except (orjson.JSONDecodeError, TypeError):
            return cls()


class Page(NamedTuple):
    """A page that was fetched: its address after redirects, its file, the moment, its validators."""

    url: str
    path: Path
    at: datetime
    validators: Validators


class PageCache:
    """The pages of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def page(self, address: str) -> Page | None:
        """The page that was fetched for an address, if it was and is fresh."""
        about = self._about(address)
        try:
            known: dict[str, Any] = orjson.loads(about.read_bytes())
            page = Page(
                known["url"],
                self.folder / Path(known["file"]).name,
                datetime.fromtimestamp(known["at"], UTC),
                Validators(**known["validators"]),
            )
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return page if page.path.exists() and time.time() - known["at"] < FRESH else None

    def store(
        self, address: str, url: str, suffix: str, pieces: Iterable[bytes], validators: dict[str, str]
    ) -> Page:
        """Write a page; what ``pieces`` raises leaves nothing behind.

        Raises NoSpaceError or IndexingError for what the disk refuses: no server is to blame for it.
        """
        path = self._about(address).with_suffix(suffix)
        part = path.with_name(f"{path.name}.part")
        hashed = hashlib.blake2b(digest_size=16)
        try:
            with writing(part):
                part.write_bytes(b"")
            for piece in pieces:  # from the server, whose faults are not the disk's
                hashed.update(piece)
                with writing(part), part.open("ab") as file:
                    file.write(piece)
            with writing(path):
                part.replace(path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        page = Page(url, path, datetime.now(UTC), Validators(**validators, digest=hashed.hexdigest()))
        about = {
            "url": url,
            "file": path.name,
            "at": page.at.timestamp(),
            "validators": asdict(page.validators),
        }
        with writing(path):
            self._about(address).write_bytes(orjson.dumps(about))
        return page

    def drop(self, address: str) -> None:
        """Forget a page."""
        if page := self.page(address):
            with writing(page.path):
                self._about(address).unlink()
                page.path.unlink()

    def _about(self, address: str) -> Path:
        return (
            self.folder
            / f"{hashlib.blake2b(address.encode(errors='replace'), digest_size=16).hexdigest()}{_ABOUT}"
        )
