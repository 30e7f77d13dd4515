"""The files of a source: a folder's documents, in order, and what was passed over on the way."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.errors import SourceError
from kashshaf.indexer.sources.decoding.unpack import HEAD, PACKED
from kashshaf.indexer.sources.formats import HTML, SUFFIXES, is_sitemap, lists_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT = Path("-")

LEADING_OUT = "links that lead out of the folder or nowhere"
READ_BEFORE = "links to folders that are read anyway"
PAGE_PARTS = "folders with the parts of saved pages"
_PARTS_MARKS = ("_files", ".files")
"""Endings of folders that browsers save beside a page, named like it, for its images and frames."""
_SUFFIX = re.compile(r"\.[a-z0-9]*[a-z][a-z0-9]*")
_LONGEST_SUFFIX = 10
_LISTS = (".txt", ".urls", ".xml", "")


def discover(source: Path, passed_over: Counter[str] | None = None) -> Iterator[Path]:
    """The files of a source: itself, or the documents below a folder in the order of their names.

    A document has one of ``SUFFIXES``, perhaps with ``.gz``, or none at all. What else there is goes into
    ``passed_over``: «.png files», with their number, and so do links that lead out of the folder, and folders
    that were entered before. Hidden files are passed over without a word. ``-`` stands for standard input.
    A file that is named itself is given whatever it is called. Raises SourceError for a folder that cannot
    be read.
    """
    if source == STANDARD_INPUT or not source.is_dir():
        yield source
        return
    walk = _Walk(source.resolve(), Counter() if passed_over is None else passed_over)
    open_folders = [walk.enter(source)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif found.is_folder:
            open_folders.append(walk.enter(found.path))
        else:
            yield found.path


class _Entry(NamedTuple):
    path: Path
    is_folder: bool


class _Walk:
    """A walk below ``root``, a real path; ``entered`` holds the real folders it has been in."""

    def __init__(self, root: Path, passed_over: Counter[str]) -> None:
        self._root = root
        self._passed_over = passed_over
        self._entered: set[Path] = set()

    def enter(self, folder: Path) -> Iterator[_Entry]:
        """The entries of a folder to be read, in the order of names; none if it was read before."""
        real = folder.resolve()
        if self._passes_over(READ_BEFORE if real in self._entered else ""):
            return
        self._entered.add(real)
        try:
            entries = _entries(folder)
        except SourceError:
            if real == self._root:
                raise
            yield _Entry(folder, is_folder=False)  # to be refused by name; the rest goes on
            return
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if self._passes_over("" if _stays_below(entry, self._root) else LEADING_OUT):
                continue
            if entry.is_dir():
                if not self._passes_over(_of_page(entry.name, names)):
                    yield _Entry(folder / entry.name, is_folder=True)
            elif entry.is_file() and not self._passes_over(_no_document(entry.name)):
                yield _Entry(folder / entry.name, is_folder=False)

    def _passes_over(self, what: str) -> bool:
        self._passed_over.update([what] if what else [])
        return bool(what)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise SourceError(f"the folder {folder} cannot be read: {error.strerror}") from error


def _of_page(name: str, names: set[str]) -> str:
    """The kind of a folder that holds the parts of a page beside it; empty for any other."""
    pages = (name.removesuffix(mark) for mark in _PARTS_MARKS if name.endswith(mark))
    beside = any(f"{page}{suffix}" in names for page in pages for suffix in HTML.suffixes)
    return PAGE_PARTS if beside else ""


def _no_document(name: str) -> str:
    """The files of that suffix, in lower case; empty for a document's and for none."""
    lower = name.lower()
    packed = PACKED if lower.endswith(PACKED) else ""
    suffix = os.path.splitext(lower.removesuffix(PACKED))[1]  # noqa: PTH122 - of 100,000 names
    known = suffix in SUFFIXES or not _SUFFIX.fullmatch(suffix) or len(suffix) > _LONGEST_SUFFIX
    return "" if known else f"{suffix}{packed} files"


def _stays_below(entry: os.DirEntry[str], root: Path) -> bool:
    if not entry.is_symlink():
        return True
    try:
        return Path(entry.path).resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a link to nothing, or to itself
        return False


def is_list(source: Path) -> bool:
    """True if a file that is named itself lists addresses: a line each, or a sitemap.

    Empty lines, and those that begin with ``#``, say nothing.
    """
    if source == STANDARD_INPUT or not source.is_file() or source.suffix.lower() not in _LISTS:
        return False
    try:
        with source.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return False  # its reader will refuse it by name
    return is_sitemap(head) or lists_addresses(head)
