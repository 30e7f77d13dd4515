"""The file of the keys: JSON, readable to its owner alone, replaced whole by each change."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.disk import writing
from kashshaf.index.errors import KeyFileError
from kashshaf.search_app.keys.key import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kashshaf.index.settings import Settings

FORMAT = 1
OWNER_ONLY = 0o600
Stamp = tuple[int, int, int]
"""Time, inode and size of a file: each change of it changes them."""


def key_file(settings: Settings) -> Path:
    """The file of the setting ``keys_file``; without it the one beside the index folder, by its name."""
    if settings.keys_file:
        return Path(settings.keys_file)
    folder = settings.index.resolve()
    return folder.with_name(f"{folder.name}.keys.json")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The keys of one file. Raises KeyFileError where it cannot be read."""

    path: Path

    def stamp(self) -> Stamp | None:
        """The state of the file; None where there is none."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyFileError(f"cannot read the keys in {self.path}: {error.strerror}") from error
        return status.st_mtime_ns, status.st_ino, status.st_size

    def read(self) -> list[Key]:
        """Every key, the oldest first."""
        try:
            data = orjson.loads(self.path.read_bytes())
            if data["format"] != FORMAT:
                raise KeyFileError(f"{self.path} has another format; make its keys again with: kashshaf keys")
            return [Key.from_dict(row) for row in data["keys"]]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise KeyFileError(f"cannot read the keys in {self.path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise KeyFileError(
                f"{self.path} is damaged; put a copy back, or delete it and make the keys again with:"
                " kashshaf keys create"
            ) from error

    def change(self, change: Callable[[list[Key]], Sequence[Key]]) -> None:
        """Replace the keys by what ``change`` makes of them; two changes wait for each other."""
        with self._locked():
            content = {"format": FORMAT, "keys": [key.to_dict() for key in change(self.read())]}
            self._write(orjson.dumps(content, option=orjson.OPT_INDENT_2))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self.path.with_name(f"{self.path.name}.lock")
        with writing(lock):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        with os.fdopen(descriptor, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _write(self, content: bytes) -> None:
        """Write the file aside and rename it; it is never there for others to read, not for a moment."""
        aside = self.path.with_name(f"{self.path.name}.new")
        with writing(self.path):
            aside.unlink(missing_ok=True)
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self.path)
