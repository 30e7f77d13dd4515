"""Proclitics: and, so, by, for, like, will, and the article, alone and in stacks.

One comes off only where what remains is attested so often that the whole is likely to be a form of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import ALEF, ARTICLE, BEH, FEH, HEH, KAF, LAM, MEEM, NOON, SEEN, TEH, WAW, YEH
from kashshaf.analyzers.stemming.endings import pronoun
from kashshaf.analyzers.stemming.irregular import irregular
from kashshaf.analyzers.stemming.lemmas import same_consonants
from kashshaf.analyzers.stemming.variants.spellings import is_listed
from kashshaf.analyzers.stemming.verbs import past

if TYPE_CHECKING:
    from kashshaf.analyzers.stemming.evidence import Evidence

_CONJUNCTIONS = (WAW, FEH)
_BEFORE_ARTICLE = (
    *(first + second + ARTICLE for first in _CONJUNCTIONS for second in (BEH, KAF)),
    *(first + ARTICLE for first in (*_CONJUNCTIONS, BEH, KAF)),
)
_FOR_THE = LAM + LAM
MOST = {WAW: 0.5, FEH: 0.2, BEH: 0.3, LAM: 0.3, KAF: 0.03, SEEN: 0.4}
"""How often a word with the clitic may be attested, as a share of the word without it."""
_SO_NOUN = 0.03
"""The same for "so" before a noun, which few sentences have."""
_STACKED = 0.05
"""The same for two clitics at once."""
_KNOWN = 0.1
"""The table's own words take a clitic off only this much more unwillingly."""
_PREPOSITIONS = (BEH, LAM)
_DEFINED = 5
"""The same before the article and more than three letters, which are seldom part of a word."""
_SET_PHRASE = 4
"""The same for a preposition before a noun, where nothing speaks for another word."""
_AFTER_PREPOSITION = 0.02
"""How often a noun follows a preposition at least, as a share of it alone."""
_BEGINS = 30
"""The same for "and" before a verb that begins sentences."""
_AFTER_WILL = (YEH, TEH, NOON)
_STACKS = frozenset(first + second for first in _CONJUNCTIONS for second in (BEH, LAM, SEEN, KAF))
_HIDDEN_OF_LONG = (FEH, KAF)
_MISSPELT = 50
"""How many times as often the right spelling of a word that lost its lam is attested."""
_FUNCTION = 10
"""How many times as often a function word of two letters is attested as the article and these letters."""
_NO_NOUN = (TEH, HEH + ALEF, HEH + MEEM, NOON + ALEF, KAF + MEEM, HEH + MEEM + ALEF, TEH + HEH, WAW + ALEF)
"""Endings of verbs, and pronouns, which no noun with the article has."""
_JOINED = 200
"""How many times as often a word with the article is attested as the same after "for"."""
_SHORTEST = 3
_ROUNDS = 3
_LAST = (*_PREPOSITIONS, KAF, SEEN)
"""Clitics that nothing but the article follows."""
_FIRST = frozenset((ALEF, *MOST))
"""The letters that a proclitic may begin with."""


def without_proclitics(word: str, evidence: Evidence) -> str:
    """The word without its proved clitics.

    >>> وبالوزير -> وزير, للبنان -> لبنان, بدمج -> دمج; not وزير -> زير, الوان -> وان
    """
    for _ in range(_ROUNDS):
        if word[0] not in _FIRST:
            return word
        for rule in _RULES:
            if found := rule(word, evidence):
                break
        else:
            return word
        evidence.applied(rule, word, found)
        if word.startswith(ARTICLE) or (word[0] in _LAST and not found.startswith(ARTICLE)):
            return found
        word = found
    return word


def without_hidden(word: str, evidence: Evidence) -> str:
    """The word without the clitic that an ending hid, as a form with both is seldom attested with one.

    >>> واستقرار (of واستقرارها) -> استقرار; not فرين -> رين
    """
    if len(word) <= _SHORTEST + (word[0] in _HIDDEN_OF_LONG):
        return word
    return without_proclitics(word, evidence)


def definite(word: str, evidence: Evidence) -> str | None:
    """The word without the article, or with nothing before the article, or neither.

    >>> الوزير -> وزير, والوزير -> الوزير, للوزير -> وزير
    """
    if word.startswith(ARTICLE):
        return without_article(word, evidence)
    if not word.startswith(_BEFORE_ARTICLE):
        return for_the(word, evidence)
    defined = word[word.index(ARTICLE, 1) :]
    if len(defined) <= len(ARTICLE) + 1:
        return None
    most = _DEFINED if len(defined) > len(ARTICLE) + _SHORTEST else 1
    return defined if _is_form(word, evidence.count(defined), most, evidence) else None


def without_article(word: str, evidence: Evidence) -> str | None:
    """The word without its article, where it has one; a lam lost in it is given back.

    >>> الوزير -> وزير, اللغه -> لغه, الغه -> لغه; not الغاء -> غاء
    """
    bare = word[len(ARTICLE) :]
    if len(bare) < 2:
        return None
    own, lam = evidence.count(word), LAM + bare
    if own < evidence.count(ARTICLE + lam) / _MISSPELT:
        return lam
    if evidence.takes_article(word) or _is_word_of_its_own(word, bare, own, evidence):
        return None
    lemmas = evidence.lemmas(word)
    if (
        not lemmas
        or bare in irregular()
        or is_listed(bare)
        or any(same_consonants(bare, lemma) for lemma in lemmas)
    ):
        return bare
    joined = evidence.count(_FOR_THE + bare)  # "for the" drops the article's alef, and no other
    return bare if evidence.count(bare) > own or joined * _JOINED > own else None


def _is_word_of_its_own(word: str, bare: str, own: int, evidence: Evidence) -> bool:
    """Tell a function word, and a form of a word whose own letters alef and lam are, by its ending.

    >>> الان, التزامنا, التقطت: yes; الكتاب, الدم: no
    """
    if len(bare) < _SHORTEST:
        return evidence.count(bare) > _FUNCTION * own
    if not word.endswith(_NO_NOUN) or evidence.count(bare):
        return False
    host = past(word, evidence) or pronoun(word, evidence)
    return host is not None and host.startswith(ARTICLE) and bool(evidence.lemmas(host))


def for_the(word: str, evidence: Evidence) -> str | None:
    """The word after "for the", which writes one lam where article and word would have two.

    >>> للناس -> ناس, للبنان -> لبنان, للغه -> لغه
    """
    lead = word[:1] if word[:1] in _CONJUNCTIONS else ""
    if not word.startswith(lead + _FOR_THE) or len(word) < len(lead) + 4:
        return None
    bare = word[len(lead) + 2 :]
    name = LAM + bare
    if evidence.total(name) > evidence.total(bare):
        return name
    return bare if evidence.count(ARTICLE + bare) or not evidence.count(word) else None


def single(word: str, evidence: Evidence) -> str | None:
    """The word without a clitic of one letter.

    >>> بدمج -> دمج, وبيروت -> بيروت; not والد -> الد, كباب -> باب
    """
    bare = word[1:]
    most = MOST.get(word[:1])
    if most is None or len(bare) < _SHORTEST or (word[0] == SEEN and bare[0] not in _AFTER_WILL):
        return None
    if word[0] == FEH and evidence.takes_article(bare):
        most = _SO_NOUN
    shown = (
        _is_form(word, evidence.total(bare), most, evidence)
        or _is_noun_after_preposition(word, evidence)
        or (word[0] == WAW and _is_after_and(word, bare, evidence))
    )
    return bare if shown and not _follows_preposition(word, evidence) else None


def stacked(word: str, evidence: Evidence) -> str | None:
    """The word without two clitics, where it is not attested with one of them.

    >>> وبمجتمع -> مجتمع
    """
    bare = word[2:]
    if word[:2] not in _STACKS or len(bare) < _SHORTEST:
        return None
    return bare if _is_form(word, evidence.total(bare), _STACKED, evidence) else None


def _is_form(word: str, host: int, most: float, evidence: Evidence) -> bool:
    own = evidence.count(word)
    if not host or own > most * host or (evidence.lemmas(word) and own > most * _KNOWN * host):
        return False
    return not evidence.takes_article(word)


def _follows_preposition(word: str, evidence: Evidence) -> bool:
    """Tell a noun of its own by a preposition before it, which no clitic follows.

    >>> فورد (بفورد), وقت, لبنان: yes; وقال, بدمج: no
    """
    if word[0] == SEEN or word.startswith(_FOR_THE):
        return False
    times = evidence.count(BEH + word)
    if word[0] in _CONJUNCTIONS:  # "like" and names begin with the same letters as "by" and these
        times = min(times, evidence.count(LAM + word))
    return times > _AFTER_PREPOSITION * evidence.count(word)


def _is_after_and(word: str, bare: str, evidence: Evidence) -> bool:
    """Tell a verb that begins sentences, and so has "and" more often than not.

    >>> واضاف, واوضح, واشار: yes; ورده, وزير: no
    """
    return (
        bare in evidence.lemmas(bare)
        and not evidence.lemmas(word)
        and not evidence.count(ARTICLE + word)
        and evidence.count(word) < _BEGINS * evidence.count(bare)
        and len(bare) > _SHORTEST
    )


def _is_noun_after_preposition(word: str, evidence: Evidence) -> bool:
    """Whether a word unknown to the table, which never has the article, is a noun of the table with a clitic.

    Set phrases have it so more often than the noun stands alone. Three letters are too few to tell it from a
    name, unless the last is the feminine ending.

    >>> لمده, لكره, باستخدام: yes; بلده, لجنه, بوتر: no
    """
    bare = word[1:]
    return (
        word[0] in _PREPOSITIONS
        and not word.startswith(_FOR_THE)
        and (len(bare) > _SHORTEST or bare.endswith(HEH))
        and not evidence.lemmas(word)
        and not evidence.count(ARTICLE + word)
        and (bare in evidence.lemmas(bare) or (len(bare) > _SHORTEST + 1 and evidence.count(bare) > 0))
        and evidence.takes_article(bare)
        and evidence.count(word) < _SET_PHRASE * evidence.total(bare)
    )


_RULES = (definite, single, stacked)
