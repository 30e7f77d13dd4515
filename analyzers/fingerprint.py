"""What an analyzer does to words, as one short text: two analyzers with the same one index alike."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from kashshaf.analyzers import arabic
from kashshaf.analyzers.arabic import CHAINS, LEVELS, run
from kashshaf.analyzers.base_list import LEMMAS
from kashshaf.analyzers.data import load_text
from kashshaf.analyzers.tokenize import words

FORMAT = 9
"""Raised when terms change their meaning in a way that neither probe words nor data files show, so with
every change of the rules of stems and roots: to ask these at each start would take a second.
"""
DATA = (
    "base.tsv",
    "compounds.tsv",
    "foreign.tsv",
    "irregular.tsv",
    "months.tsv",
    "numbers.tsv",
    "places.tsv",
    "spellings.tsv",
    "stopwords.txt",
    "written.tsv",
)
LIBRARY = "snowballstemmer"
"""A library whose place is that of the others."""
FOLDER = Path(__file__).parent
FILES = (".py", ".tsv", ".txt", ".bin")
INSTALLED = ".dist-info"
"""The end of the name of a folder that tells the version of an installed library."""


@cache
def fingerprint() -> str:
    """A hash of what the chains make of 2,000 probe words, of the data files and of the format version.

    It is taken of what comes out, so renaming a rule changes nothing and changing a word list does.
    """
    digest = hashlib.blake2b(f"{FORMAT} {LEVELS} {arabic.MAX_TERM} {LEMMAS}".encode(), digest_size=12)
    for word in words(load_text("probes.txt")):
        surface = word.surface
        for chain in CHAINS[word.kind]:
            surface = run(chain, surface)
            digest.update(f"{surface}\n".encode())
    for name in DATA:
        digest.update(load_text(name).encode())
    return digest.hexdigest()


def seal(taken: str) -> str:
    """A hash of a fingerprint and of all it rests on: the files here, Python and the libraries.

    Where that of an index is what it is now, the fingerprint is right too, which takes ten times as long to
    work out. Empty where the files cannot be seen, as in an archive.
    """
    read = {path: path.read_bytes() for path in _files()}
    rows = [f"{path.relative_to(FOLDER)} {len(text)} {crc32(text)}" for path, text in read.items()]
    digest = hashlib.blake2b(repr((taken, sys.version, _libraries(), rows)).encode(), digest_size=12)
    return digest.hexdigest() if read else ""


def _files() -> list[Path]:
    names = (os.path.join(folder, name) for folder, _, names in os.walk(FOLDER) for name in names)  # noqa: PTH118
    return [Path(name) for name in sorted(names) if name.endswith(FILES)]


def _libraries() -> list[str]:
    """The libraries that are installed where ``LIBRARY`` is, each with its version."""
    found = find_spec(LIBRARY)
    places = (found.submodule_search_locations if found else None) or []
    return sorted(each.name for place in places for each in Path(place).parent.glob(f"*{INSTALLED}"))
