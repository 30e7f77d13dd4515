"""What an analyzer does to words, as one short text: two analyzers with the same one index alike."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from kashshaf.analyzers import arabic
from kashshaf.analyzers.arabic import CHAINS, LEVELS, run
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
LEMMAS = "simplemma"


@cache
def fingerprint() -> str:
    """A hash of what the chains make of 2,000 probe words, of the data files and of the format version.

    It is taken of what comes out, so renaming a rule changes nothing and changing a word list does.
    """
    digest = hashlib.blake2b(
        f"{FORMAT} {LEVELS} {arabic.MAX_TERM} {version(LEMMAS)}".encode(), digest_size=12
    )
    for word in words(load_text("probes.txt")):
        surface = word.surface
        for chain in CHAINS[word.kind]:
            surface = run(chain, surface)
            digest.update(f"{surface}\n".encode())
    for name in DATA:
        digest.update(load_text(name).encode())
    return digest.hexdigest()
