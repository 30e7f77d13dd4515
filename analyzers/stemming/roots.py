"""The root level: coarse classes of stems, for ranking alone."""

from __future__ import annotations

from functools import lru_cache

from kashshaf.analyzers.letters import ALEF, HAMZA, HEH, MEEM, NOON, SEEN, TEH, WAW, YEH

_TENTH = SEEN + TEH
_PREFIXES = frozenset((MEEM, TEH, ALEF, YEH, NOON))
_PREFIXES_OF_FOUR = frozenset((MEEM, TEH, ALEF))
_ENDINGS_OF_TWO = (YEH + HEH, YEH + ALEF)
_ENDINGS = (HEH, YEH, ALEF)
_SHORTEST = 3


@lru_cache(1 << 16)  # many words share a stem
def root_of(stem: str) -> str:
    """The consonants a stem is built on, weak ones all alike.

    >>> استقبال, مستقبل, قبل -> قبل; كاتب, مكتوب -> كتب
    """
    for rule in STEPS:
        stem = rule(stem)
    return stem


def without_last(word: str) -> str:
    """The word without the endings of the feminine, of relation, of countries and of the accusative.

    >>> مكتبه -> مكتب, عربي, عربيه -> عرب, روسيا -> روس, فرنسا -> فرنس, جاهزا -> جاهز; not دعا -> دع
    """
    if len(word) > _SHORTEST + 1 and word.endswith(_ENDINGS_OF_TWO):
        return word[:-2]
    return word[:-1] if len(word) > _SHORTEST and word.endswith(_ENDINGS) else word


def without_prefix(word: str) -> str:
    """The word without the letters in front that make verbs, their nouns, and names of places.

    >>> استقبال -> قبال, مكتب -> كتب; not يمن -> من
    """
    if word[:1] in _PREFIXES and word[1:3] == _TENTH and len(word) >= 5:
        return word[3:]
    if len(word) > _SHORTEST and word[0] in (_PREFIXES if len(word) > 4 else _PREFIXES_OF_FOUR):
        return word[1:]
    return word


def without_infixes(word: str) -> str:
    """The word without long vowels inside, and without the teh of the eighth form.

    >>> كاتب -> كتب, جتماع -> جمع, رييس -> روس; a root has three consonants, so one vowel may stay
    """
    if len(word) <= _SHORTEST:
        return word
    inside = word[1:-1].replace(ALEF, "").replace(WAW, "").replace(YEH, "")
    if not inside:
        return word[0] + WAW + word[-1]
    if len(inside) > 1 and inside[0] == TEH:
        inside = inside[1:]
    return word[0] + inside + word[-1]


def weak_alike(word: str) -> str:
    """The word with all its weak letters written as waw: they change into one another.

    >>> قال, قيل -> قول
    """
    return word.replace(ALEF, WAW).replace(YEH, WAW).replace(HAMZA, WAW)


STEPS = (
    without_last,  # first: what stands before it may begin with a prefix
    without_prefix,
    without_infixes,
    weak_alike,  # last: the others tell the weak letters apart
)
