"""Broken plurals whose pattern cannot be mistaken, where singular and plural are both attested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import ALEF, ARTICLE, HEH, WAW, YEH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.stemming.evidence import Evidence

_LEAST_SHARE = 0.05


def broken_plural(word: str, evidence: Evidence) -> str | None:
    """The singular of a broken plural.

    >>> حوادث -> حادث, رسايل -> رساله, عناوين -> عنوان; not تواصل -> تاصل, تطاوين -> تطوان
    """
    if word[2:3] != ALEF:  # all patterns have it there: most words need not be tried
        return None
    found = max(singulars(word), key=evidence.total, default=None)
    if found is None or evidence.total(found) <= max(1, _LEAST_SHARE * evidence.total(word)):
        return None
    if not evidence.count(ARTICLE + word) and not evidence.takes_article(found):
        return None  # two names of places
    return found


def singulars(word: str) -> Iterator[str]:
    """What the singular may be by the pattern of the plural."""
    if len(word) == 5 and word[1:3] == WAW + ALEF and word[4] not in (HEH, YEH):
        yield from _endings(word[0] + ALEF + word[3:])
    if len(word) == 6 and word[1:3] == WAW + ALEF and word[4] == YEH:
        yield from _endings(word[0] + ALEF + word[3] + WAW + word[5])
    if len(word) == 5 and word[2:4] == ALEF + YEH:
        for long in (YEH, ALEF):
            yield word[:2] + long + word[4] + HEH
    if len(word) == 6 and word[2] == ALEF and word[4] == YEH:
        for long in (WAW, ALEF, YEH):
            yield from _endings(word[:2] + word[3] + long + word[5])


def _endings(bare: str) -> tuple[str, str]:
    return bare, bare + HEH
