"""Persons and tenses of verbs: to the third person of the past.

A prefix comes off only where a second form shows a verb: one with the prefix of another person, or a past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import ALEF, ARTICLE, NOON, TEH, WAW, YEH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.stemming.evidence import Evidence

PERSONS = (YEH, TEH, NOON)
_LEAST_SHARE = 0.08
_PREFERRED = 0.2
"""The first of several readings that is attested this share of the best is taken."""
_PROVED = 0.02
"""How often another person of a past is attested, as a share of it: below, it is a misprint."""
_DERIVED = (ALEF, TEH)
"""First letters of the derived forms that have one more than the root."""
_NO_VERB = 200
"""How many times as often as its feminine and plural a word is attested that is no past: بان is «بأن»."""
_PLURAL = WAW + NOON
_LONG = (WAW, YEH)


def present(word: str, evidence: Evidence) -> str | None:
    """The past of a present.

    >>> يكتب -> كتب, يعلن -> اعلن, تضيع -> ضاع, يكتبون -> يكتب; not يمين -> مين, تونس -> ونس
    """
    if word[:1] not in PERSONS or len(word) < 4:
        return None
    bare, own = word[1:], evidence.count(word)
    if evidence.takes_article(word) or _is_noun_in_na(word, evidence):
        return None
    ending = next((end for end in (_PLURAL, WAW + ALEF) if bare.endswith(end)), "")
    if len(bare) > 4 and ending and evidence.count(word[:-2]) > _LEAST_SHARE * own:
        return word[:-2]
    if not _second_person(word, own, evidence):
        return None
    if (
        word[0] != YEH
        and len(bare) == 3
        and bare[1] in _LONG
        and _is_hollow_noun(bare[0] + ALEF + bare[2], evidence)
    ):
        return YEH + bare
    shown = {past: _past(past, evidence) for past in pasts(bare)}
    least = max(_LEAST_SHARE * own, _PREFERRED * max(shown.values()))
    return next((past for past, times in shown.items() if times > least), None)


def _is_noun_in_na(word: str, evidence: Evidence) -> bool:
    """Tell a noun or name in fa'iil from "we" of a hollow verb, of which "he" is the commoner form.

    >>> نجيب, نبيل: yes; نعيش: no
    """
    if word[0] != NOON or len(word) != 4 or word[2] != YEH or word not in evidence.lemmas(word):
        return False
    return evidence.count(YEH + word[1:]) < evidence.count(word)


def _second_person(word: str, own: int, evidence: Evidence) -> bool:
    others = [evidence.count(person + word[1:]) for person in PERSONS if person != word[0]]
    if word[0] == YEH:
        return max(others) > _LEAST_SHARE * own
    return others[0] > 2 * _LEAST_SHARE * own


def pasts(bare: str) -> Iterator[str]:
    """What the past of a present without its prefix may be, the likeliest first."""
    if len(bare) == 3 and bare[1] in _LONG and bare[2] not in _LONG:
        yield bare[0] + ALEF + bare[2]
    yield bare
    yield ALEF + bare
    if bare[-2:-1] == YEH and len(bare) > 3:
        yield ALEF + bare[:-2] + ALEF + bare[-1]
    if bare[-1] == WAW:
        yield bare[:-1] + ALEF


def _past(past: str, evidence: Evidence) -> int:
    """How often a word is attested, if its feminine or plural shows that it is a past."""
    if _is_hollow_noun(past, evidence):
        return 0
    stem = past[:-1] if past[-1] in (ALEF, YEH) else past
    shown = evidence.count(stem + TEH) + evidence.count(stem + WAW + ALEF)
    times = evidence.count(past)
    return min(times, 20 * shown) if times < _NO_VERB * shown else 0


def _is_hollow_noun(word: str, evidence: Evidence) -> bool:
    """Tell a noun that a hollow verb is written like, which far fewer texts have.

    >>> مال (money, not "leaned"), شاب: yes; قال, كان: no
    """
    if len(word) != 3 or word[1] != ALEF or not evidence.takes_article(word):
        return False
    return evidence.count(ARTICLE + word) > evidence.count(word + TEH)


def past(word: str, evidence: Evidence) -> str | None:
    """The third person of a past in -t, -u, -na, -tum.

    >>> قالت -> قال, كتبوا -> كتب, نفت -> نفي; not بيت -> بي, صوت -> صو
    """
    if word.endswith(WAW + ALEF) and len(word) > 4:
        return _without(word[:-2], word, evidence)
    if word.endswith(TEH) and len(word) > 2 and not evidence.takes_article(word):
        return _without(word[:-1], word, evidence)
    return None


def _is_proved(bare: str, other: str, own: int, evidence: Evidence) -> bool:
    """Ask for another person of the verb, as a few misprints prove nothing; a derived verb shows its form."""
    if bare[0] in _DERIVED and len(bare) > 3 and not evidence.takes_article(bare):
        return True
    present = YEH + (bare[1:] if len(bare) > 2 else bare + YEH)
    return max(map(evidence.count, (bare + other, YEH + bare, present))) > _PROVED * own


def _without(bare: str, word: str, evidence: Evidence) -> str | None:
    own = evidence.count(word)
    other = TEH if word.endswith(ALEF) else WAW + ALEF
    if not _is_proved(bare, other, evidence.count(word), evidence):
        return None
    if _is_hollow_noun(bare, evidence) or (bare.endswith(ALEF) and bare not in evidence.lemmas(bare)):
        return None
    choices = [choice for choice in (bare, bare + YEH, bare + ALEF) if len(choice) > 2]
    least = max(_LEAST_SHARE * own, _PREFERRED * max(map(evidence.count, choices)))
    found = next((choice for choice in choices if evidence.count(choice) > least), None)
    return found if found and (len(bare) > 2 or found in evidence.lemmas(found)) else None
