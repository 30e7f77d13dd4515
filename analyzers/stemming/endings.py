"""Endings of nouns and adjectives: feminine, dual, plural, pronoun, accusative.

Each rule returns the word an ending was added to, or nothing. It asks for a second form of the same word (a
plural in -un has one in -in) and that the whole is not attested too often for a mere form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.letters import ALEF, HAMZA, HEH, KAF, MEEM, NOON, TEH, WAW, YEH
from analyzers.stemming.lemma_table import irregular
from analyzers.stemming.lemmas import from_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.stemming.evidence import Evidence

SHORTEST = 3
_AAN, _OON, _EEN, _AAT = ALEF + NOON, WAW + NOON, YEH + NOON, ALEF + TEH
_PAIRED = {_AAN: (_EEN,), _OON: (_EEN,), _EEN: (_OON, _AAN)}
_SHOWN = 0.4
_CLEARLY = 0.02
"""A word attested this seldom beside its host needs no second form to prove it."""
_PAIR = 0.05
"""How often the second form is attested, as a share of the first."""
_PAIR_OF_SHORT = 0.3
"""The same after three letters, where names end alike."""
_PRONOUNS = (
    HEH + MEEM + ALEF,
    HEH + ALEF,
    HEH + MEEM,
    HEH + NOON,
    NOON + ALEF,
    KAF + MEEM,
    KAF + MEEM + ALEF,
    HEH,
    YEH,
    KAF,
)
_MOST_PRONOUN = {HEH: 0.4, YEH: 0.25, KAF: 0.05}
_MOST = 0.8
_MOST_JOINED = 4.0
_KNOWN = (0.5, 0.2)
"""The table's own words are less likely forms, least of all those that may end in teh marbuta."""
_MOST_ACCUSATIVE = 0.15


def dual_or_plural(word: str, evidence: Evidence) -> str | None:
    """The word before -an, -un, -in.

    >>> وزيران -> وزير, صحفيين -> صحفي, دولتين -> دوله; not لبنان -> لبن, قانون -> قان
    """
    ending = word[-2:]
    if ending not in _PAIRED or len(word) < SHORTEST + 2:
        return None
    bare = word[:-2]
    own, host = evidence.total(word), best(hosts(bare), evidence)
    total = evidence.total(host)
    if not total or (len(host) < 4 and own > total):
        return None
    pair = sum(evidence.total(bare + other) for other in _PAIRED[ending])
    if len(host) < 4:
        least = _PAIR if ending == _EEN else _PAIR_OF_SHORT
        most = 2 if ending == _EEN and evidence.takes_article(word) else 10
        return host if pair > least * own and most * own <= total else None
    taken = evidence.takes_article(word)
    shown = pair > max(2, _PAIR * own) or (taken and host in evidence.lemmas(word))
    return host if (shown and own <= (20 if taken else _SHOWN) * total) or own <= _CLEARLY * total else None


def feminine_plural(word: str, evidence: Evidence) -> str | None:
    """The singular of -at, which may end in teh marbuta, alef, or have a weak letter changed.

    >>> شركات -> شركه, قرارات -> قرار, سنوات -> سنه, فتيات -> فتاه; not نبات -> نب
    """
    if not word.endswith(_AAT) or len(word) < SHORTEST + 1:
        return None
    found = [
        host for host in singulars(word[:-2]) if len(host) > 2 + (host[-1] == ALEF) and evidence.total(host)
    ]
    if evidence.total(word[:-2]) > _CLEARLY * evidence.total(word):
        found = [host for host in found if host[-1] != ALEF or host in evidence.lemmas(host)]
    named = [host for host in evidence.lemmas(word) if host in found]
    if not found or (word in evidence.lemmas(word) and len(word) < 6):
        return None
    host = max(named or found, key=evidence.total)
    if host == word[:-2] and 2 * evidence.total(host + HEH) > evidence.total(host):
        return host + HEH
    return host if evidence.total(host) > _CLEARLY * evidence.total(word) else None


def singulars(bare: str) -> Iterator[str]:
    """What may have stood before -at."""
    yield bare
    yield bare + HEH
    yield bare + ALEF
    if bare[-1:] in (WAW, YEH):
        yield bare[:-1] + HEH
        yield bare[:-1] + ALEF + HEH
    if bare[-1:] == HEH:
        yield bare[:-1]


def pronoun(word: str, evidence: Evidence) -> str | None:
    """The word before a possessive or object pronoun.

    >>> كتابهم -> كتاب, سيارته -> سياره, ابناوه -> ابناء, دمروها -> دمروا; not شركه -> شرك, سيرك -> سير
    """
    if not word.endswith(_PRONOUNS) or evidence.takes_article(word):
        return None
    own = evidence.count(word)
    for ending in _PRONOUNS:
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= SHORTEST - (len(ending) > 1):
            host = best(hosts(bare), evidence)
            if ending[-1] == ALEF and _is_tanwin(word, own, host, evidence):
                return None
            if _owned(word, bare, host, _MOST_PRONOUN.get(ending, _MOST), evidence):
                return host
    return None


def _is_tanwin(word: str, own: int, host: str, evidence: Evidence) -> bool:
    """Whether a last alef after heh or noon is that of the accusative."""
    return evidence.total(word[:-1]) > (own / 10 if host.endswith(HAMZA) else evidence.total(host))


def hosts(bare: str) -> tuple[str, ...]:
    """What a word may have been before an ending was joined to it."""
    if bare.endswith(TEH):
        return (bare[:-1] + HEH, bare)
    if bare[-2:] in (ALEF + WAW, ALEF + YEH):
        return (bare[:-1] + HAMZA, bare)
    if bare.endswith(WAW):
        return (bare + ALEF, bare + NOON, bare)
    if bare.endswith(ALEF):
        return (bare[:-1] + YEH, bare + HAMZA, bare)
    return (bare,)


def best(found: tuple[str, ...], evidence: Evidence) -> str:
    """The most often attested."""
    return max(found, key=evidence.total) if len(found) > 1 else found[0]


def _owned(word: str, bare: str, host: str, most: float, evidence: Evidence) -> bool:
    if not (total := evidence.total(host)):
        return False
    own = evidence.count(word)
    if (not own and len(word) - len(bare) == 1 and word[-1] != HEH) or len(host) < SHORTEST - (len(word) > 4):
        return False
    if word[-1] == YEH and evidence.count(word + HEH) > own / 10:
        return False  # the feminine shows an adjective: it is no "my"
    if word in evidence.lemmas(word):
        most *= _KNOWN[word[-1] == HEH]
    if bare.endswith(TEH) or host.endswith(HAMZA):
        return own <= _MOST_JOINED * total  # no teh marbuta stands here: the ending is a pronoun for sure
    if host == bare + ALEF and len(bare) > SHORTEST and word[-1] != YEH:
        return own <= total  # the plural of a verb, which lost its alef to the pronoun
    others = sum(bool(evidence.count(bare + other)) for other in (HEH, HEH + ALEF, HEH + MEEM))
    return own <= most * total and (others > 1 or own <= _CLEARLY * total)


def accusative(word: str, evidence: Evidence) -> str | None:
    """The word before the alef of tanwin.

    >>> وزيرا -> وزير, محليا -> محلي; not صيدا -> صيد, كوبا -> كوب
    """
    bare = word[:-1]
    if not word.endswith(ALEF) or len(bare) < SHORTEST or evidence.takes_article(word):
        return None
    lemmas = evidence.lemmas(word)
    most = _MOST_ACCUSATIVE * (1 + 2 * (len(bare) > 4) if not lemmas else 6.5 if bare in lemmas else 0.2)
    return bare if evidence.count(word) <= most * (total := evidence.total(bare)) and total else None


def construct(word: str, evidence: Evidence) -> str | None:
    """The singular of a plural in -u or -i that lost its noon before another noun.

    >>> موظفو -> موظف, مسوولي -> مسوول; not حربي -> حرب, فيديو -> فيدي
    """
    bare = word[:-1]
    if word[-1:] not in (WAW, YEH) or len(bare) < 4 or evidence.takes_article(word):
        return None
    own = evidence.count(word)
    plural = evidence.total(bare + _EEN) and evidence.total(bare + _OON)
    return bare if plural and own <= evidence.total(bare) else None


def feminine(word: str, evidence: Evidence) -> str | None:
    """The masculine of an adjective or of a word for a person.

    >>> سياسيه -> سياسي, وزيره -> وزير, معلمه -> معلم; not شركه -> شرك, مكتبه -> مكتب
    """
    bare = word[:-1]
    if not word.endswith(HEH) or len(bare) < SHORTEST or not (host := evidence.total(bare)):
        return None
    own, lemmas = evidence.total(word), evidence.lemmas(word)
    if bare in irregular() or from_table(bare, evidence):
        return None  # a broken plural: the word is no feminine of it
    if len(bare) < 4 and (word in lemmas or (bare[1] != ALEF and bare[2] != YEH)):
        return None
    if bare.endswith(YEH):
        return bare if host > _PAIR * own else None
    if word in lemmas:
        return bare if host > 1.5 * own and is_person(bare, evidence) else None
    return bare if (bare in lemmas or has_pattern(bare)) and host > 0.2 * own else None


def has_pattern(word: str) -> bool:
    """Whether a word has the shape of most adjectives and participles: faa'il, fa'iil, mu-.

    >>> كاتب, كبير, متحرك: yes; شرك: no
    """
    return len(word) >= 4 and (word[0] == MEEM or word[1] == ALEF or word[2] == YEH or word[-1] == YEH)


def is_person(word: str, evidence: Evidence) -> bool:
    """Whether a word has an adjective's shape, and with mu- a plural in -un as words for persons have.

    >>> مدير, وزير: yes; مكتب: no
    """
    return has_pattern(word) and (word[0] != MEEM or evidence.total(word + _OON) > 0)
