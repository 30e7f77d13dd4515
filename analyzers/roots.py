"""The root level: coarse classes of stems, for ranking alone."""

from __future__ import annotations

from analyzers.letters import ALEF, HAMZA, HEH, MEEM, NOON, SEEN, TEH, WAW, YEH

_WEAK = frozenset((ALEF, WAW, YEH, HAMZA))
_INFIXES = frozenset((ALEF, WAW, YEH, TEH))
_TENTH = ALEF + SEEN + TEH
_PREFIXES = frozenset((MEEM, TEH, ALEF, YEH, NOON))
_SHORTEST = 3


def root_of(stem: str) -> str:
    """The consonants a stem is built on, weak ones all alike.

    >>> استقبال, مستقبل, قبل -> قبل; كاتب, مكتوب -> كتب
    """
    bare = stem[:-1] if stem.endswith((HEH, YEH)) and len(stem) > _SHORTEST else stem
    if bare.startswith(_TENTH) and len(bare) >= len(_TENTH) + 2:
        bare = bare[len(_TENTH) :]
    if bare[0] in _PREFIXES and len(bare) > _SHORTEST:
        bare = bare[1:]
    if len(bare) > _SHORTEST:
        bare = bare[0] + "".join(letter for letter in bare[1:-1] if letter not in _INFIXES) + bare[-1]
    return "".join(WAW if letter in _WEAK else letter for letter in bare) or stem
