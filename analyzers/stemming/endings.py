"""Endings of nouns and adjectives: feminine, dual, plural, pronoun, accusative.

Each rule returns the word an ending was added to, or nothing. It asks for a second form of the same word (a
plural in -un has one in -in) and that the whole is not attested too often for a mere form.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyarabic.number_const import NUMBER_WORDS

from kashshaf.analyzers.letters import ALEF, ARTICLE, BEH, HAMZA, HEH, KAF, LAM, MEEM, NOON, TEH, WAW, YEH
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.stemming.irregular import irregular
from kashshaf.analyzers.stemming.lemmas import from_table, is_of_bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.stemming.evidence import Evidence

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
_SEEN = 20
"""A word attested more often has shown whether it takes the article."""
_FEW = 5
"""A word attested less often may be a misprint of one that is attested nowhere."""
_MOST = 0.8
_MOST_JOINED = 4.0
_KNOWN = (0.5, 0.2)
"""The table's own words are less likely forms, least of all those that may end in teh marbuta."""
_MOST_ACCUSATIVE = 0.15
_AFTER_PREPOSITION = 0.005
"""How often a word for an accusative stands after a preposition, by mistake."""


def dual_or_plural(word: str, evidence: Evidence) -> str | None:
    """The word before -an, -un, -in.

    >>> وزيران -> وزير, صحفيين -> صحفي, دولتين -> دوله; not لبنان -> لبن, خمسين -> خمسه
    """
    ending = word[-2:]
    if ending not in _PAIRED or len(word) < SHORTEST + 2 or word in tens():
        return None
    bare = word[:-2]
    own, host = evidence.total(word), best(hosts(bare), evidence)
    total = evidence.total(host)
    if not total or (len(host) < 4 and own > total):
        return None
    pair = sum(evidence.total(bare + other) for other in _PAIRED[ending])
    if len(host) < 4:
        least = _PAIR if ending == _EEN else _PAIR_OF_SHORT
        most = _rarity_of_dual(word, host, evidence) if ending == _EEN else 10
        return host if pair > least * own and most * own <= total else None
    taken = evidence.takes_article(word)
    shown = pair > max(2, _PAIR * own) or (taken and host in evidence.lemmas(word))
    return host if (shown and own <= (20 if taken else _SHOWN) * total) or own <= _CLEARLY * total else None


@cache
def tens() -> frozenset[str]:
    """The folded words for twenty to ninety, which are no plurals of three to nine."""
    return frozenset(
        fold_letters(word) for word, value in NUMBER_WORDS.items() if value in range(20, 100, 10)
    )


def _rarity_of_dual(word: str, host: str, evidence: Evidence) -> int:
    """How many times as often as a word in -in a noun of three letters is attested, at least."""
    dual = evidence.total(word[:-2] + _AAN) > _CLEARLY * evidence.count(word)
    known = dual and host in evidence.lemmas(host) and evidence.takes_article(host)
    if evidence.takes_article(word):
        return 1 if known else 2
    return 4 if known else 10


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
    named = [host for host in evidence.lemmas(word) if host in found and not is_of_bare(word, host, evidence)]
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
    if bare[-1:] == WAW:
        yield bare[:-1] + HEH
    if bare[-1:] in (WAW, YEH):
        yield bare[:-1] + ALEF + HEH
    if bare[-1:] == HEH:
        yield bare[:-1]


def pronoun(word: str, evidence: Evidence) -> str | None:
    """The word before a possessive or object pronoun.

    >>> كتابهم -> كتاب, سيارته -> سياره, ابناوه -> ابناء, دمروها -> دمروا; not شركه -> شرك, سيرك -> سير
    """
    if not word.endswith(_PRONOUNS) or (evidence.takes_article(word) and not _may_be_his(word, evidence)):
        return None
    endings = _PRONOUNS if not evidence.ends_in_teh_marbuta(word) else ()
    for ending in endings:
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= SHORTEST - (len(ending) > 1):
            host = best(hosts(bare) if len(bare) >= SHORTEST else (bare,), evidence)
            if ending[-1] == ALEF and _is_tanwin(word, bare, host, evidence):
                return None
            if _owned(word, bare, host, _MOST_PRONOUN.get(ending, _MOST), evidence):
                return host
    return None


def _may_be_his(word: str, evidence: Evidence) -> bool:
    """Tell a heh that ends two words, the noun of a verb in fi'aala and "his": by a host far more common.

    >>> كتابه: yes; كرامه, رساله: no
    """
    host = word[:-1]
    return (
        len(host) == SHORTEST + 1
        and word.endswith(HEH)
        and word[2] == ALEF
        and evidence.total(host) > 2 * evidence.total(word)
    )


def _is_tanwin(word: str, bare: str, host: str, evidence: Evidence) -> bool:
    """Tell the last alef of an accusative from that of "her" and "our"; a hamza on its seat takes none.

    >>> كاينا, فقيها: yes; ابنايها, كتابها: no
    """
    shown = evidence.total(word[:-1])
    if not host.endswith(HAMZA):
        return shown > evidence.total(host)
    return (word.endswith(NOON + ALEF) or bare.endswith(ALEF)) and shown > evidence.count(word) / 10


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
    """Ask that the host is attested, and the more often the less its ending looks like a pronoun."""
    own, total = evidence.count(word), evidence.total(host)
    if not total or _is_no_pronoun(word, bare, host, own, evidence):
        return False
    if word in evidence.lemmas(word):
        if word[-1] == KAF:
            return False
        most *= _KNOWN[word[-1] == HEH]
    if bare.endswith(TEH) or host.endswith(HAMZA):
        return own <= _MOST_JOINED * total  # no teh marbuta stands here: the ending is a pronoun for sure
    if host == bare + ALEF and len(bare) > SHORTEST and word[-1] != YEH:
        return own <= total  # the plural of a verb, which lost its alef to the pronoun
    if own <= _CLEARLY * total:
        return own > 0 or total > _FEW
    others = sum(bool(evidence.count(bare + other)) for other in (HEH, HEH + ALEF, HEH + MEEM))
    return own <= most * total and others > 1


def _is_no_pronoun(word: str, bare: str, host: str, own: int, evidence: Evidence) -> bool:
    """Tell an unattested word of one letter more, too short a host, and the ending of an adjective."""
    if not own and len(word) - len(bare) == 1 and word[-1] != HEH:
        return True
    if len(host) < SHORTEST - (len(word) > 4):
        return True
    return word[-1] == YEH and evidence.count(word + HEH) > own / 10  # the feminine: it is no "my"


def accusative(word: str, evidence: Evidence) -> str | None:
    """The word before the alef of tanwin.

    >>> وزيرا -> وزير, محليا -> محلي; not صيدا -> صيد, كوبا -> كوب
    """
    bare = word[:-1]
    if not word.endswith(ALEF) or len(bare) < SHORTEST or evidence.takes_article(word):
        return None
    own, total = evidence.count(word), evidence.total(bare)
    return bare if total and own <= _most_accusative(word, bare, own, evidence) * total else None


def _most_accusative(word: str, bare: str, own: int, evidence: Evidence) -> float:
    """How often an accusative may be attested, as a share of the word: least where it looks like a name."""
    lemmas = evidence.lemmas(word)
    if lemmas and bare not in lemmas:
        return _MOST_ACCUSATIVE / 5
    if _takes_accusative(bare, own, evidence) and not _follows_preposition(word, own, evidence):
        return 3.0 if has_pattern(bare) else 1.0
    return _MOST_ACCUSATIVE * (6.5 if lemmas else 1 + 2 * (len(bare) > 4))


def _takes_accusative(bare: str, own: int, evidence: Evidence) -> bool:
    """Look for a noun or adjective; what ends as countries do must be attested well enough to tell."""
    return len(bare) > SHORTEST and (bare[-1] != YEH or own > _SEEN) and evidence.takes_article(bare)


def _follows_preposition(word: str, own: int, evidence: Evidence) -> bool:
    """Tell a name: a preposition before it would ask of any other word for the genitive."""
    times = sum(evidence.count(preposition + word) for preposition in (BEH, LAM))
    return times > _AFTER_PREPOSITION * own


def construct(word: str, evidence: Evidence) -> str | None:
    """The singular of a plural in -u or -i that lost its noon before another noun.

    >>> موظفو -> موظف, مسوولي -> مسوول; not حربي -> حرب, فيديو -> فيدي
    """
    bare = word[:-1]
    if word[-1:] not in (WAW, YEH) or len(bare) < 4 or evidence.takes_article(word):
        return None
    own = evidence.count(word)
    plural = min(evidence.total(bare + _EEN), evidence.total(bare + _OON))
    return bare if plural > _PAIR * own and own <= evidence.total(bare) else None


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
        return bare if host > _PAIR * own and not _is_loan(word, bare, evidence) else None
    if word in lemmas:
        return bare if host > 1.5 * own and is_person(bare, evidence) else None
    return bare if (bare in lemmas or has_pattern(bare)) and host > 0.2 * own else None


def _is_loan(word: str, bare: str, evidence: Evidence) -> bool:
    """Tell a noun with the article from the feminine of an adjective, which would have it in both genders.

    >>> باليه, كليه: yes; سياسيه: no
    """
    own = evidence.count(bare)
    if bare[1] == ALEF and evidence.takes_article(bare) and _is_name(word, evidence):
        return True
    return own > _SEEN and evidence.takes_article(word) and evidence.count(ARTICLE + bare) <= _PAIR * own


def _is_name(word: str, evidence: Evidence) -> bool:
    """Tell a word that never takes the article, often enough attested to show it: نادية."""
    return evidence.count(word) > _SEEN and not evidence.count(ARTICLE + word)


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
