"""The files of a source: a folder's documents, in order, and what was passed over on the way."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT = Path("-")

Format = Literal["json", "html", "text"]
SUFFIXES: dict[str, Format] = {
    ".jsonl": "json", ".ndjson": "json", ".json": "json", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text",
}  # fmt: skip
PACKED = ".gz"
PAGE_PARTS = "folders with the parts of saved pages"
_PARTS_MARKS = ("_files", ".files")
"""What browsers add to a saved page's name, without its suffix, for the folder of its images and frames."""
_SUFFIX = re.compile(r"\.[a-z0-9]*[a-z][a-z0-9]*")
_LONGEST_SUFFIX = 10


def discover(source: Path, passed_over: Counter[str] | None = None) -> Iterator[Path]:
    """The files of a source: itself, or the documents below a folder in the order of their names.

    A document has one of ``SUFFIXES``, perhaps with ``.gz``, or none at all. What else there is goes into
    ``passed_over``: «.png files», with their number. Hidden files and folders are passed over without a word,
    and so are links that lead out of the folder; no folder is entered twice. ``-`` stands for standard input.
    A file that is named itself is given whatever it is called. Raises SourceError for a folder that cannot
    be read.
    """
    if source == STANDARD_INPUT or not source.is_dir():
        yield source
    else:
        yield from _below(source, source.resolve(), set(), Counter() if passed_over is None else passed_over)


def _below(folder: Path, root: Path, entered: set[Path], passed_over: Counter[str]) -> Iterator[Path]:
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    try:
        names = _names(folder)
    except SourceError:
        if real == root:
            raise
        yield folder  # to be refused by name; the rest goes on
        return
    for name in sorted(names):
        path = folder / name
        if name.startswith(".") or not _stays_below(path, root):
            continue
        if path.is_dir():
            if _is_of_page(name, names):
                passed_over[PAGE_PARTS] += 1
            else:
                yield from _below(path, root, entered, passed_over)
        elif path.is_file():
            if kind := _no_document(name):
                passed_over[f"{kind} files"] += 1
            else:
                yield path


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError as error:
        raise SourceError(f"the folder {folder} cannot be read: {error.strerror}") from error


def _is_of_page(name: str, names: set[str]) -> bool:
    """Whether the folder holds the parts of a page that lies beside it."""
    pages = (name.removesuffix(mark) for mark in _PARTS_MARKS if name.endswith(mark))
    return any(
        f"{page}{suffix}" in names for page in pages for suffix, form in SUFFIXES.items() if form == "html"
    )


def _no_document(name: str) -> str:
    """The suffix that says so, in lower case; empty for a document's and for none."""
    lower = name.lower()
    packed = PACKED if lower.endswith(PACKED) else ""
    suffix = Path(lower.removesuffix(PACKED)).suffix
    known = suffix in SUFFIXES or not _SUFFIX.fullmatch(suffix) or len(suffix) > _LONGEST_SUFFIX
    return "" if known else f"{suffix}{packed}"


def _stays_below(path: Path, root: Path) -> bool:
    if not path.is_symlink():
        return True
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a link to nothing, or to itself
        return False
