"""Words written without the space between them: names, set phrases, and slips of the space bar."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import (
    AIN,
    ALEF,
    ARTICLE,
    BEH,
    DAL,
    FEH,
    HEH,
    KAF,
    LAM,
    MEEM,
    NOON,
    TEH,
    THAL,
    WAW,
    YEH,
)
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.stemming.variants.spellings import listed, standard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.stemming.evidence import Evidence

    Parts = tuple[str, ...]

_SHORTEST = 5
_LONGEST = 24
_PART = 2
_ATTESTED = 50
_FATHER_ATTESTED = 20
"""Names that follow "father of" are rarer than other words."""
_NOUN = 10
"""How often the second part is attested without its article."""
_RARER = 10
"""How many times as often each part is attested as a word that is both."""
_ABD = AIN + BEH + DAL
_ABU = ALEF + BEH + WAW
_DHU = THAL + WAW
_GOD = ARTICLE + LAM + HEH
_FAITH = ARTICLE + DAL + YEH + NOON
_NOT = (LAM + ALEF, MEEM + ALEF)
_FIRSTS = (_ABD, _ABU, _DHU, *_NOT)
_NO_NAMES = (HEH + MEEM + ALEF, KAF + MEEM + ALEF)
"""Pronouns of their own: "the father of both"."""
_FUNCTION = (ALEF + NOON, YEH + ALEF, *_NOT)


def two_words(word: str, evidence: Evidence) -> Parts | None:
    """The words of one that a space is missing from, as they are written apart.

    >>> فيسبوك -> فيس بوك, ابوتريكه -> ابو تريكه, لايمكن -> لا يمكن; not ابوابها, ابوظبي
    """
    if found := compounds().get(word):
        return found
    if not _SHORTEST <= len(word) <= _LONGEST or word in standard():
        return None
    defined = ARTICLE in word[_PART:]
    found = None
    if defined or word.startswith(_FIRSTS):
        found = _name(word, evidence) or _negated(word, evidence)
    if not found and (defined or word.endswith(prepositions())):
        found = _unspaced(word, evidence)
    return found  # of most words no cut has the parts that are asked for


@cache
def compounds() -> dict[str, Parts]:
    """Folded names and set phrases as they are written without a space, to their folded words."""
    found: dict[str, Parts] = {}
    for row in load_rows("compounds.tsv"):
        parts = tuple(map(fold_letters, row[0].split()))
        found |= {fold_letters(form.replace(" ", "")): parts for form in row}
    return found | {rival: found[word] for rival, word in listed().items() if word in found}


@cache
def set_phrases() -> dict[str, tuple[Parts, ...]]:
    """Set phrases that differ from another by a function word alone, as one word, to all ways to write them.

    Their stems do not tell them apart: إن شاء الله, ما شاء الله.
    """
    found = {
        word: parts for word, parts in compounds().items() if not set(parts).isdisjoint(function_words())
    }
    return {
        word: (parts, *((other,) for other, same in found.items() if same == parts))
        for word, parts in found.items()
    }


def function_words() -> tuple[str, ...]:
    """Folded words that have no stem and may be part of a joined one."""
    return prepositions() + _FUNCTION


@cache
def prepositions() -> tuple[str, ...]:
    """Folded prepositions, with which a definite word cannot end."""
    return (MEEM + AIN, AIN + NOON, MEEM + NOON, FEH + YEH, ALEF + LAM + YEH, AIN + LAM + YEH)


def _name(word: str, evidence: Evidence) -> Parts | None:
    """The parts of a name: servant or father of, lord of the; of God, of the faith."""
    if word.startswith(_ABD + ARTICLE) and len(word) >= len(_ABD + ARTICLE) + 2:
        return _ABD, word[len(_ABD) :]
    if word.startswith(_DHU + ARTICLE) and evidence.count(word[len(_DHU) :]):
        return _DHU, word[len(_DHU) :]
    if word.startswith(_ABU):
        return _father(word[len(_ABU) :], evidence)
    for last, shortest in ((_GOD, 3), (_FAITH, 2)):
        first = word.removesuffix(last)
        if first != word and len(first) >= shortest and _is_named(first, evidence):
            return first, last
    return None


def _father(name: str, evidence: Evidence) -> Parts | None:
    """A name after "father of"; "doors" begins with the same letters."""
    if len(name) < 3 or name.startswith(ALEF + BEH) or name in _NO_NAMES:
        return None
    return (_ABU, name) if evidence.count(name) > _FATHER_ATTESTED else None


def _is_named(first: str, evidence: Evidence) -> bool:
    """Whether a word can begin a name that ends in God or faith; not the beginning of "for his parents"."""
    return evidence.count(first) > _ATTESTED and not first.startswith(ARTICLE) and first[-1] != WAW


def _negated(word: str, evidence: Evidence) -> Parts | None:
    """Not, or what, and a verb of the present, which is attested with another person too."""
    verb = word[2:]
    other = {YEH: TEH, TEH: YEH}.get(verb[:1])
    if other is None or not word.startswith(_NOT) or len(verb) < 3 or evidence.lemmas(word):
        return None
    least = max(_ATTESTED, _RARER * evidence.count(word))
    known = evidence.count(verb) >= least and evidence.count(other + verb[1:]) >= _ATTESTED
    return (word[:2], verb) if known and not evidence.count(ARTICLE + verb) else None


def _unspaced(word: str, evidence: Evidence) -> Parts | None:
    """The two words of one that is hardly attested: the second definite, or a preposition."""
    own = evidence.count(word)
    if own > 1 and evidence.lemmas(word):
        return None
    fits = _parts if own < 2 else _parts_of_known
    found = [cut for cut in _cuts(word) if fits(*cut, evidence)]
    return max(found, key=lambda cut: min(map(evidence.count, cut)), default=None)


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:at], word[at:]) for at in range(_PART, len(word) - 1))


def _parts(left: str, right: str, evidence: Evidence) -> bool:
    if right.startswith(ARTICLE) and len(right) > 4:
        return len(left) > _PART and min(evidence.count(left), evidence.count(right)) > _ATTESTED
    defined = left.startswith((ARTICLE, BEH + ARTICLE, WAW + ARTICLE)) and len(left) > 5
    return defined and right in prepositions() and evidence.count(left) > 1


def _parts_of_known(left: str, right: str, evidence: Evidence) -> bool:
    """Whether a word that is attested itself is rather two: a place, a greeting.

    >>> ديرالزور -> دير الزور, كفرالشيخ -> كفر الشيخ; not والالوان, الكماليات
    """
    if (
        not right.startswith(ARTICLE)
        or min(len(left), len(right) - _PART) <= _PART
        or left.startswith(ARTICLE)
    ):
        return False
    least = max(_ATTESTED, _RARER * evidence.count(left + right))
    known = min(evidence.count(left), evidence.count(right)) > least
    return known and not left.endswith((ARTICLE, WAW)) and evidence.count(right[len(ARTICLE) :]) > _NOUN
