"""The corpus: a folder a target, a file a case; those that were found are named by their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"


def files(target: str) -> list[Path]:
    """The cases of a target, by name."""
    return sorted((FOLDER / target).iterdir())


def cases(target: str) -> list[bytes]:
    """The bytes of each case."""
    return [path.read_bytes() for path in files(target)]


def keep(target: str, raw: bytes) -> Path:
    """Write a case into the corpus; its path."""
    path = FOLDER / target / hashlib.blake2b(raw, digest_size=8).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path
