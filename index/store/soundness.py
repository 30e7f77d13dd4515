"""The soundness of a generation: what a look at each opening shows, and what reading all of it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from kashshaf.index.store.generations import LEXICON
from kashshaf.index.store.parts import STATE
from kashshaf.index.store.sealed.checksums import LIST, compare, damaged, listed
from kashshaf.index.store.sealed.json_files import check_json

if TYPE_CHECKING:
    from kashshaf.index.store.generations import Generation, Store

AT_OPENING = 16 << 20
"""Bytes, the smallest files first, that are read and compared whenever an index is opened: 10 ms at the most.
Of the files beyond it only the sizes are."""


def require_sound(generation: Generation, *, frozen: bool) -> None:
    """Raise BrokenIndexError where a look at the files that searches rest on shows damage.

    ``frozen`` files are those of the rebuild; words and completions compare their own when they are opened.
    """
    compare(generation.commit_folder(), listed(generation.commit_folder()), read=AT_OPENING)
    if frozen:
        rows = listed(generation.folder)
        compare(generation.folder, {name: rows[name] for name in rows if name == LEXICON}, read=AT_OPENING)


def check_pointer(store: Store) -> None:
    """Raise BrokenIndexError where the file that names the serving generation is missing or damaged."""
    pointer = store.pointer()
    if not pointer.exists() and any(store.root.glob(f"generations/*/{STATE}")):
        raise damaged(pointer)
    store.current()
    names: dict[str, str | None] = orjson.loads(pointer.read_bytes())
    before = names.get("before")
    if names.keys() != {"current", "before"} or (
        before and not (store.root / "generations" / before).is_dir()
    ):
        raise damaged(pointer)


def check_all(generation: Generation) -> None:
    """Raise BrokenIndexError, naming the file, unless every file of a generation is as it was written."""
    for path in (generation.folder / STATE, generation.folder / LIST, generation.commit_folder() / LIST):
        check_json(path)
    for folder in (generation.folder, generation.commit_folder()):
        compare(folder, listed(folder))
