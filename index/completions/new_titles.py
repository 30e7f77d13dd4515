"""Titles of articles written after the rebuild, which the frozen completions lack, in a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from kashshaf.index.completions.entry import Entry, bare_key, folded_key
from kashshaf.index.disk import write_whole
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MOST_TITLES = 5_000
"""Titles kept, the last ones: a search of them all takes 1 ms, the file has 1 MB."""
SCORE = 400
"""The score of a new title: that of the newest title of a rebuild (``indexer/rebuild/completions.py``)."""


class NewTitles:
    """New titles by the id of their article, the last ones first. Never changes; threads may share it."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._keys: list[tuple[str, str, Entry]] = []
        for article, title in titles.items():
            folded = folded_key(title)
            self._keys.append((folded, bare_key(folded), Entry(title, "title", SCORE, article)))

    @classmethod
    def open(cls, path: Path) -> NewTitles:
        """The file that ``change`` wrote, empty where there is none; BrokenIndexError where it is damaged."""
        return cls(_read(path))

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._titles

    def starting(self, key: str) -> Iterator[Entry]:
        """The titles whose folded or bare key begins with ``key``."""
        return (entry for folded, bare, entry in self._keys if folded.startswith(key) or bare.startswith(key))

    def inside(self, key: str) -> Iterator[Entry]:
        """The titles with ``key`` at the beginning of a later word of their bare key."""
        later = f" {key}"
        return (entry for _, bare, entry in self._keys if later in bare)


def change(path: Path, put: Iterable[tuple[str, str]], removed: Iterable[str]) -> None:
    """Put titles, each with the id of its article, before those of the file, and take out removed ones."""
    changed = {article: title for article, title in put if title}
    gone = {*removed, *changed}
    kept = {article: title for article, title in _read(path).items() if article not in gone}
    rows = [*reversed(changed.items()), *kept.items()][:MOST_TITLES]
    write_whole(path, orjson.dumps(dict(rows)))


def _read(path: Path) -> dict[str, str]:
    try:
        found = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(found, dict) or not all(isinstance(title, str) for title in found.values()):
        raise _unusable(path)
    return found


def _unusable(path: Path) -> BrokenIndexError:
    return BrokenIndexError(f"the new titles {path} are damaged; rebuild with: kashshaf reindex")
