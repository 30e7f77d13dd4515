"""Stems proved by evidence: the steps in their order, each with its reason."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.letters import (
    ALEF,
    ALEF_HAMZA_BELOW,
    ARTICLE,
    HEH,
    KAF,
    MEEM,
    NOON,
    TEH,
    TEH_MARBUTA,
    WAW,
    YEH,
)
from kashshaf.analyzers.stemming.clitics import without_hidden, without_proclitics
from kashshaf.analyzers.stemming.countries import country
from kashshaf.analyzers.stemming.endings import (
    accusative,
    construct,
    dual_or_plural,
    feminine,
    feminine_plural,
    pronoun,
)
from kashshaf.analyzers.stemming.hamza import bare as bare_of
from kashshaf.analyzers.stemming.hamza import from_hamza, is_definite, is_fourth_form, likely_spellings, place
from kashshaf.analyzers.stemming.irregular import with_madda
from kashshaf.analyzers.stemming.lemmas import from_list, from_table
from kashshaf.analyzers.stemming.plurals import broken_plural
from kashshaf.analyzers.stemming.snowball import stem_arabic
from kashshaf.analyzers.stemming.variants.joining import function_words, two_words
from kashshaf.analyzers.stemming.variants.months import month, months
from kashshaf.analyzers.stemming.variants.spellings import (
    is_listed,
    listed,
    one_spelling,
    standard,
    unstretched,
)
from kashshaf.analyzers.stemming.verbs import PERSONS, past, present

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.analyzers.stemming.evidence import Evidence

    Step = Callable[[str, Evidence], str | None]

STEPS: tuple[Step, ...] = (
    from_list,  # what somebody wrote down is right
    country,  # so is this
    from_table,  # before the rules: it knows which lam or teh belongs to the word
    past,  # before the pronouns: "we" and "our" are one ending
    present,
    feminine_plural,
    dual_or_plural,
    construct,
    pronoun,
    accusative,
    feminine,  # after the pronouns: "his" and the feminine are one letter when folded
    broken_plural,  # last: the boldest
)
STARTS: dict[Step, tuple[str, ...]] = {present: PERSONS}
ENDS: dict[Step, tuple[str, ...]] = {
    country: (YEH,),
    past: (TEH, ALEF),
    feminine_plural: (TEH,),
    dual_or_plural: (NOON,),
    construct: (WAW, YEH),
    pronoun: (HEH, ALEF, MEEM, NOON, YEH, KAF),
    accusative: (ALEF,),
    feminine: (HEH,),
}
"""First and last letters of the words that a step can have something to say about. To ask no others halves
the time a word takes; a test holds every step to it."""
_PRONOUN_LAST = frozenset(ENDS[pronoun])
_ROUNDS = 4
"""Steps a word takes at most: "and their (female) teachers'" takes three."""
_SHORTEST = 3
_WELL_KNOWN = 200
"""How often a snowball stem is attested that no rule has proved: below, names would lose their ends."""


class Known(NamedTuple):
    """The traits of a word that its letters no longer show."""

    mark: str
    """The traits as letters to be put before the word."""
    first: str = ""
    """The letter that it begins with whatever becomes of it; none where that may change."""
    is_noun: bool = False
    """Whether no pronoun ends it, as after the article and where heh is teh marbuta."""


PLAIN = Known("")
NOUN = Known("-", is_noun=True)
_BELOW = Known(ALEF_HAMZA_BELOW, ALEF)
_BELOW_NOUN = Known(f"-{ALEF_HAMZA_BELOW}", ALEF, is_noun=True)


def stems_of(word: str, evidence: Evidence) -> tuple[str, ...]:
    """The stems of a folded word: one, or two where a space is missing; those of each likely spelling."""
    likely = likely_spellings(word, evidence) if evidence.written(word) else None
    if not likely or is_listed(word):
        return stems_as_folded(word, evidence)
    evidence.applied(likely_spellings, word, likely)
    found = (stems_as_written(spelling, evidence) for spelling in likely)
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def stems_as_written(word: str, evidence: Evidence) -> tuple[str, ...]:
    """The stems of a word as ``shown``: from its hamza on, or with its teh marbuta.

    >>> ألسنه -> لسان, لأزمه -> ازمه, كتابة -> كتابه
    """
    rest = from_hamza(word, evidence)
    folded = bare_of(word)
    if rest is None or is_listed(folded):
        return stems_as_folded(folded, evidence, NOUN if word[-1] == TEH_MARBUTA else PLAIN)
    evidence.applied(from_hamza, word, rest)
    if is_fourth_form(word):
        return (rest,)
    if stems := _of_two(rest, evidence):
        return stems
    return (_stem(rest, rest, evidence, known_by_hamza(word)),)


def known_by_hamza(word: str) -> Known:
    """How a word that shows its hamza may change: no article or teh marbuta goes with a pronoun."""
    at = place(word)
    is_noun = is_definite(word[:at]) or word[-1] == TEH_MARBUTA
    if word[at] == ALEF_HAMZA_BELOW:
        return _BELOW_NOUN if is_noun else _BELOW
    return NOUN if is_noun else PLAIN


def stems_as_folded(word: str, evidence: Evidence, known: Known = PLAIN) -> tuple[str, ...]:
    """The stems of a folded word, whichever hamza it is written with."""
    word = _changed(unstretched, word, evidence)
    if len(word) < _SHORTEST:
        return (_changed(one_spelling, word, evidence),)
    if stems := _of_two(word, evidence):
        return stems
    if word in _listed():
        return (_month(word, evidence) or base_form(word, evidence),)
    bare = without_proclitics(word, evidence)
    # Once more: what begins it may have hidden that it is two.
    if bare != word and (stems := _of_two(bare, evidence)):
        return stems
    if bare in months() and not word.endswith(ARTICLE + bare):
        return (_month(bare, evidence) or bare,)
    return (_stem(word, bare, evidence, known),)


@cache
def _listed() -> frozenset[str]:
    """Every word that a list has, in one set: most words are in none."""
    return standard().union(listed(), months())


def _month(word: str, evidence: Evidence) -> str | None:
    """The name of a month, told where it is another one; months never have the article."""
    found = month(word, evidence)
    if found and found != word:
        evidence.applied(month, word, found)
    return found


def _of_two(word: str, evidence: Evidence) -> tuple[str, ...]:
    """The stems of a word that is two with no space between; none of any other."""
    # A function word is a stop word, as it would be if the space were there.
    found = two_words(word, evidence)
    if not found:
        return ()
    parts = tuple(part for part in found if part not in function_words())
    if not parts:
        return ()
    evidence.applied(two_words, word, parts)
    return tuple(dict.fromkeys(stem_of(part, evidence) for part in parts))


def stem_of(word: str, evidence: Evidence) -> str:
    """The stem of one folded word."""
    if is_listed(word):
        return base_form(word, evidence)
    return _stem(word, without_proclitics(word, evidence), evidence)


def _stem(word: str, bare: str, evidence: Evidence, known: Known = PLAIN) -> str:
    """The stem of a word that is ``bare`` without clitics; snowball's where no rule knows one."""
    if word is not bare and bare[-1] in _PRONOUN_LAST and is_definite(word.removesuffix(bare)):
        known = NOUN
    found = base_form(bare, evidence, known)
    if found == word:
        return _changed(by_snowball, word, evidence)
    if word != bare or found == bare or evidence.lemmas(found):
        return found
    without = without_hidden(found, evidence)
    return found if without == found else base_form(without, evidence)


def by_snowball(word: str, evidence: Evidence) -> str:
    """The snowball stem of a word that is attested nowhere, if that stem is a common word.

    >>> عوضني -> عوض; not لبنان -> لبن
    """
    if evidence.count(word) or evidence.lemmas(word):
        return word
    light = stem_arabic(word)
    return light if evidence.total(light) > _WELL_KNOWN else word


def base_form(word: str, evidence: Evidence, known: Known = PLAIN) -> str:
    """The word from which the rules of inflection lead to this one; remembered."""
    if known is NOUN and word[-1] not in _PRONOUN_LAST:
        known = PLAIN  # no pronoun ends it anyway: what is remembered serves both
    key = known.mark + word
    return evidence.base_forms.find(key) or evidence.base_forms.keep(key, _base_form(word, evidence, known))


def _base_form(word: str, evidence: Evidence, known: Known) -> str:
    for _ in range(_ROUNDS):
        spelt = one_spelling(word, evidence)
        if spelt != word:
            evidence.applied(one_spelling, word, spelt)
            word = spelt
        if word in standard():
            return word
        found = step(word, evidence, known)
        if found is None or found == word:
            return word
        if (found[0] == ALEF or found[-1] == HEH) and _is_last(found, word):
            return found
        word = found
        known = _BELOW_NOUN if known.first else NOUN  # a pronoun is the last ending of a word, and no other
    return _changed(one_spelling, word, evidence)


def _is_last(found: str, word: str) -> bool:
    """Tell what no further step may change: a word with one heh less, a verb that is folded like a plural.

    >>> متوجه (of متوجهه), اثار (of يثير)
    """
    if found[-1] == HEH:
        return word == found + HEH
    return found in with_madda() and (word[0] != ALEF or word[-1] == TEH)


def step(word: str, evidence: Evidence, known: Known = PLAIN) -> str | None:
    """The outcome of the first step that has something to say, and keeps to what is known of the word."""
    if len(word) < _SHORTEST:
        return None
    for rule in steps_for(word[0], word[-1], known.is_noun):
        found = rule(word, evidence)
        if found and (not known.first or found.startswith(known.first)):
            if found != word:
                evidence.applied(rule, word, found)
            return found
    return None


def _changed(rule: Callable[[str, Evidence], str], word: str, evidence: Evidence) -> str:
    found = rule(word, evidence)
    if found != word:
        evidence.applied(rule, word, found)
    return found


@lru_cache(1 << 13)
def steps_for(first: str, last: str, is_noun: bool = False) -> tuple[Step, ...]:
    """The steps that can have something to say about words that begin and end with these letters."""
    found = (rule for rule in STEPS if first in STARTS.get(rule, first) and last in ENDS.get(rule, last))
    return tuple(rule for rule in found if not is_noun or rule is not pronoun)
