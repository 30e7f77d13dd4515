"""What an analyzer does to words, as one short text: two analyzers with the same one index alike."""

from __future__ import annotations

import hashlib
from functools import cache

from analyzers.arabic import LEVELS, Analyzer
from analyzers.data import load_words

FORMAT = 1
"""Raised when terms change their meaning in a way the probe words cannot show."""


@cache
def fingerprint() -> str:
    """A hash of the terms of 2,000 probe words at every level, and of the format version.

    It is taken of what comes out, so renaming a rule changes nothing and changing a word list does.
    """
    digest = hashlib.blake2b(f"{FORMAT} {LEVELS}".encode(), digest_size=12)
    for token in Analyzer().tokens("\n".join(load_words("probes.txt"))):
        digest.update(repr(tuple(token.forms)).encode())
    digest.update("\n".join(load_words("stopwords.txt")).encode())
    return digest.hexdigest()
