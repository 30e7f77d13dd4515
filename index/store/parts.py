"""The parts of a generation that say what it is: the frozen manifest, and the state, new with each commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from pathlib import Path

Part = TypeVar("Part", "Manifest", "State")

POINTER, GENERATIONS, COMMITS = "current.json", "generations", "commits"
MANIFEST, STATE, REMOVED = "manifest.json", "state.json", "removed.jsonl"
"""Names of files and folders below that of the index: ``generations.py`` says what each is."""
FORMAT = 8
"""Version of everything here that is not the engine's own or the analyzer's."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The frozen part of a generation: its formats, engine and analyzer.

    ``seal`` is that of its fingerprint (``analyzers/fingerprint.py``); older indexes lack it.
    """

    format: int
    engine: str
    engine_version: str
    fingerprint: str
    created: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """The counts of a generation at its last commit; ``commits`` counts commits, and so names the last.

    ``unknown`` counts words of newer articles that the lexicon lacks, ``stories`` groups of near-duplicates.
    """

    articles: int
    comments: int
    commits: int
    committed: str
    unknown: int = 0
    stories: int = 0


def now() -> str:
    """Return the time in UTC to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def made(kind: type[Part], data: dict[str, Any], folder: Path) -> Part:
    """Make a part out of what its file has; raises BrokenIndexError where that is none."""
    try:
        return kind(**data)
    except TypeError as error:
        raise BrokenIndexError(
            f"the index in {folder} is damaged; rebuild with: kashshaf reindex SOURCE"
        ) from error
