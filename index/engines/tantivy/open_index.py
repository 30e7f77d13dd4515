"""Opening an index that is there, to write to it or to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from tantivy import Index

from kashshaf.index.engines.tantivy.errors import translated
from kashshaf.index.engines.tantivy.schema import TERMS, make_analyzer
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.storage.scratch import scratch_folder

if TYPE_CHECKING:
    from pathlib import Path

META = "meta.json"
"""Tantivy's list of the segments of the last commit."""
ATTEMPTS = 5
"""Attempts where commits take files away while an index is opened."""


def open_to_write(folder: Path) -> Index:
    """The index in ``folder``; raises BrokenIndexError where there is none or it cannot be read."""
    _require(folder)
    with translated("read"):
        opened = Index.open(str(folder))
        opened.config_reader("manual")
        opened.register_tokenizer(TERMS, make_analyzer())
        return opened


def open_to_read(folder: Path) -> Index:
    """The index for a reader, of one snapshot; ``folder`` may be one that cannot be written to."""
    _require(folder)
    with translated("read"):
        for _ in range(ATTEMPTS):
            committed = (folder / META).read_bytes()
            try:
                return _snapshot(folder, committed)
            except (ValueError, OSError):
                if (folder / META).read_bytes() == committed:
                    raise
        return _snapshot(folder, (folder / META).read_bytes())


def _require(folder: Path) -> None:
    if not (folder / META).is_file():
        raise BrokenIndexError(f"there is no index in {folder}; build one with: kashshaf reindex SOURCE")


def _snapshot(folder: Path, committed: bytes) -> Index:
    """The index as of a commit, opened in a folder of links.

    Tantivy locks the folder of an index that it opens, which cannot be in one that is read-only, and sets a
    thread to watch it, which reads all segments once more. So it gets a folder of its own, at first without
    segments, which are there when nothing watches any more.
    """
    with scratch_folder(tiny=True) as links:
        link_files(folder, links)
        meta = links / META
        meta.unlink(missing_ok=True)
        meta.write_bytes(orjson.dumps({**orjson.loads(committed), "segments": []}))
        opened = Index.open(str(links))
        opened.config_reader("manual")
        meta.write_bytes(committed)
        opened.reload()
        return opened


def link_files(folder: Path, links: Path) -> None:
    """Put links to the files of an index into another folder; files written there stay there.

    Segments are mapped when an index is opened, so that it can be read on when the links are gone.
    """
    for file in folder.iterdir():
        if file.is_file() and not file.name.startswith("."):
            (links / file.name).symlink_to(file.resolve())
