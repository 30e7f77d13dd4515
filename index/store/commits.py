"""Commits: each is a folder that shares its unchanged files with the one before, so readers see one moment.

The engines write in a folder that nobody else knows. Once all of it is on disk, the state names it, in one
step, and the folder before goes. What a crash or an error leaves is a folder that no state names: the next
commit takes it away. Nothing that serves is ever written to.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kashshaf.index.disk import drop_asides, link, sync, writing
from kashshaf.index.schema import INDEXES
from kashshaf.index.store.generations import FROZEN, NEW_TITLES
from kashshaf.index.store.sealed.checksums import LIST, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.store.generations import Generation
    from kashshaf.index.store.parts import State


def begin(generation: Generation) -> Path:
    """Make the folder of the next commit, as the last one left it; hold the store's lock.

    An unfinished generation has one folder, and what is there of it stays: a rebuild may go on.
    """
    if not generation.is_finished():
        return _first(generation)
    before, engine = generation.commit_folder(), generation.engine()
    folder = before.with_name(str(generation.state().commits + 1))
    tidy(generation)
    with writing(folder):
        folder.mkdir()
        if (before / NEW_TITLES).exists():
            link(before / NEW_TITLES, folder / NEW_TITLES)
    for index in INDEXES:
        engine.copy(before / index, folder / index, index)
    return folder


def _first(generation: Generation) -> Path:
    engine, folder = generation.engine(), generation.commit_folder()
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for index in INDEXES:
        if not (folder / index).exists():
            engine.create(folder / index, index)
    return folder


def seal(generation: Generation, folder: Path) -> None:
    """Have a commit's folder on disk, with the checksums of its files; nobody writes to it any more."""
    before = generation.commit_folder() if generation.is_finished() else None
    locks = generation.engine().locks
    with writing(folder):
        files = [path for path in folder.rglob("*") if path.is_file() and path.name not in (LIST, *locks)]
        write_list(folder, files, before)
        for each in (*(folder / index for index in INDEXES), folder.parent):
            sync(each)
        if before is None:
            frozen = [generation.folder / name for name in FROZEN]
            write_list(generation.folder, [path for path in frozen if path.exists()])


def finish(generation: Generation, articles: int, comments: int, unknown: int, stories: int) -> State:
    """Put a sealed commit into service by its counts, and take away the one before."""
    state = generation.write_state(articles, comments, unknown, stories)
    tidy(generation)
    return state


def tidy(generation: Generation) -> None:
    """Take away commits, older or cut short, that do not serve, and files that were not written whole.

    Hold the store's lock.
    """
    serving = generation.commit_folder()
    drop_asides(generation.folder)
    for folder in generation.commits_folder().glob("*"):
        if folder != serving:
            shutil.rmtree(folder, ignore_errors=True)
