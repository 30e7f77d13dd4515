"""Foreign words, which print spells with more long vowels or fewer: مانشستر, مانشيستر."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.letters import ALEF, HEH, KAF, MEEM, NOON, TEH, WAW, YEH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.stemming.evidence import Evidence

_SHORTEST = 7
"""Letters of the longer spelling: with fewer, two names may differ by a vowel."""
LEAST = _SHORTEST - 1
"""Letters of the shorter one."""
_LONGEST = 16
_VOWELS = (ALEF, WAW, YEH)
_NATIVE = frozenset(
    (ar.AIN, ar.HAH, ar.QAF, ar.SAD, ar.DAD, ar.TAH, ar.ZAH, ar.THAL, ar.THEH, ar.HAMZA, ar.GHAIN)
)
"""Letters of sounds that foreign words seldom have."""
_INFLECTED = (
    *(HEH, HEH + ALEF, HEH + MEEM, HEH + NOON, NOON + ALEF, NOON + YEH, KAF, KAF + MEEM),
    *(WAW + ALEF, ALEF + TEH, YEH + NOON, WAW + NOON, TEH + YEH, TEH + MEEM),
)
"""Ends of Arabic words, whose vowels tell one form from another."""
_ATTESTED = 10
_RARER = 5
"""How many times as often the spelling that stands for a word is attested."""


def with_vowels(word: str, evidence: Evidence) -> str | None:
    """The spelling of a foreign word that has a long vowel more or less and is attested far more often.

    >>> انترنيت -> انترنت, بروفسور -> بروفيسور; not مدخلات, سياراته, سلمان
    """
    if not _is_foreign(word, evidence):
        return None
    least = max(_ATTESTED, _RARER * evidence.count(word) + 1)
    found = [other for other in _others(word) if evidence.count(other) >= least]
    best = max(found, key=evidence.count, default="")
    return best if best and _is_lemma(best, evidence) else None


def _is_foreign(word: str, evidence: Evidence) -> bool:
    fits = LEAST <= len(word) <= _LONGEST and _NATIVE.isdisjoint(word)
    return fits and not word.endswith(_INFLECTED) and not evidence.lemmas(word)


def _is_lemma(word: str, evidence: Evidence) -> bool:
    lemmas = evidence.lemmas(word)
    return not lemmas or word in lemmas


def _others(word: str) -> Iterator[str]:
    """The word with a vowel less, where that leaves enough, then with one more; the ends stay as they are."""
    last = len(word) - (word[-1] in _VOWELS)
    if len(word) >= _SHORTEST:
        yield from (word[:at] + word[at + 1 :] for at in range(1, last - 1) if word[at] in _VOWELS)
    bare = [at for at in range(1, last) if word[at - 1] not in _VOWELS and word[at] not in _VOWELS]
    yield from (word[:at] + vowel + word[at:] for at in bare for vowel in _VOWELS)
