"""A file that people edit while the server runs: checked at the start, read again when it changes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Generic, TypeVar

from kashshaf.index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Stamp = tuple[int, int]
    """Time of the last change in nanoseconds, and size in bytes: an edit changes one of them."""

MAX_BYTES = 2_000_000
"""A list written by hand is far smaller; a larger file is another one, named by mistake."""
LOGGER = logging.getLogger(__name__)
Contents = TypeVar("Contents")


class EditedFile(Generic[Contents]):
    """The contents of a file as of its last whole version. Safe to share between threads.

    ``read`` makes them of the text and the path, and raises SettingsError with the line at fault. So does the
    start, and where the file is ``required`` but is not there. Later a wrong version is told to the log once,
    and the one before stays. A file that is not there is an empty text.
    """

    def __init__(self, path: Path, read: Callable[[str, Path], Contents], *, required: bool) -> None:
        self._path = path
        self._read = read
        stamp = self.stamp()
        if required and stamp is None:
            raise SettingsError(f"there is no file {path}; create it, or take its setting out")
        self._seen = stamp
        self._contents = self._load(stamp)

    def current(self) -> Contents:
        """The contents, read anew where the file has changed: two numbers are compared else."""
        stamp = self.stamp()
        if stamp != self._seen:
            self._seen = stamp
            try:
                self._contents = self._load(stamp)
            except SettingsError as error:
                LOGGER.error("%s; the version before stays in use", error)  # noqa: TRY400 - the sentence is enough
        return self._contents

    def stamp(self) -> Stamp | None:
        """The version of the file as it is now; None where it is not there."""
        try:
            found = self._path.stat()
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_size

    def _load(self, stamp: Stamp | None) -> Contents:
        return self._read(text_of(self._path) if stamp else "", self._path)


def text_of(path: Path) -> str:
    """The text of a file; SettingsError where it cannot be read, is too large, or is not UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}; is it a file you may read?") from error
    if len(content) > MAX_BYTES:
        raise SettingsError(f"{path} is larger than {MAX_BYTES:,} bytes; is it the file you mean?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}, line {line}: this is not UTF-8; save the file as UTF-8") from error
