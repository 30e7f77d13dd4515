"""Lemmas from the Arabic table of simplemma, folded: broken plurals and weak verbs cannot be had by rules.

The table comes from Wiktionary by way of simplemma (data ODbL and CC BY-SA) and is shipped packed with the
base list (``analyzers/base_list.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.stemming.irregular import irregular

if TYPE_CHECKING:
    from kashshaf.analyzers.stemming.evidence import Evidence

_WEAK = frozenset((ar.ALEF, ar.WAW, ar.YEH, ar.HAMZA, ar.HEH))
_AFFIX_CONSONANTS = frozenset((ar.TEH, ar.NOON, ar.MEEM, ar.SEEN, ar.KAF))
"""Consonants that grammar adds to a word."""
_LEAST_SHARE = 0.05
"""A lemma is less than this often attested only where the table is wrong or speaks of a rare homograph."""
_RARE = 50
"""A word attested less often is no better known than its lemma."""
_THREE = 3
"""Letters of a root."""
_COMMONER = 4
"""How many times as often a masculine noun is attested as the feminine that the table speaks of."""
_NOUN = 0.01
"""A noun has the article this often at least."""
_PERSON = 0.01
"""Another person of a verb is attested this often, as a share of its past."""
_VERB_SHARE = 0.1
"""A verb with the prefix of "she" or "we" is this often attested with that of "he" too."""


def from_list(word: str, evidence: Evidence) -> str | None:  # noqa: ARG001 # a step like the others
    """The lemma of an irregular form by the shipped list.

    >>> كتب -> كتاب, بنات -> بنت
    """
    return irregular().get(word)


def from_table(word: str, evidence: Evidence) -> str | None:
    """The lemma the table gives, where it is believable; forms with mere endings are left to their rules.

    >>> مدارس -> مدرسه, يقول -> قال; not بيوت -> باء, اوبر -> وبر, رباط -> رابط
    """
    lemmas = evidence.lemmas(word)
    if not lemmas or word in lemmas:
        return None
    best = max(lemmas, key=evidence.total) if len(lemmas) > 1 else lemmas[0]
    return best if believable(word, best, evidence) and not is_definite_name(word, evidence) else None


def is_definite_name(word: str, evidence: Evidence) -> bool:
    """Tell a name that the table has with its article, and that is seldom without: الرباط."""
    named = ar.ARTICLE + word
    return named in evidence.lemmas(named) and evidence.count(named) > 2 * evidence.count(word)


def believable(word: str, lemma: str, evidence: Evidence) -> bool:
    """Whether a lemma is attested, shares the consonants of the word, and is no verb of a name."""
    if len(lemma) < 2 or word.startswith(lemma) or not same_consonants(word, lemma):
        return False
    if keeps_letters(word) and not lemma.startswith(word[:-3]):
        return False
    if word[0] == ar.MEEM != lemma[0] or (len(lemma) == 2 and word[-1] != lemma[-1]):
        return False
    return _is_attested(word, lemma, evidence) and not (
        is_of_bare(word, lemma, evidence) or is_other_noun(word, lemma, evidence)
    )


def _is_attested(word: str, lemma: str, evidence: Evidence) -> bool:
    """Ask for another person of a verb, and for the lemma of any other word."""
    own = evidence.count(word)
    if may_be_person(word) and (word[0] != lemma[0] or word[0] == ar.ALEF):
        other = ar.TEH if word[0] == ar.YEH else ar.YEH
        return evidence.count(other + word[1:]) > _VERB_SHARE * own
    share = 1 if own < _RARE else _LEAST_SHARE
    return evidence.total(lemma) > share * own


def keeps_letters(word: str) -> bool:
    """Tell a sound plural in -at, before which the letters of the lemma stand but for the last.

    >>> صلاحيات (never صلح), شركات: yes; بنات: too short to tell
    """
    return word.endswith(ar.ALEF + ar.TEH) and len(word) > _THREE + 2


def is_of_bare(word: str, lemma: str, evidence: Evidence) -> bool:
    """Tell where the table takes the plural of a masculine noun for that of one with teh marbuta.

    >>> تعليقات of تعليقه: yes; شركات of شركه: no
    """
    bare = word[:-2]
    return (
        (len(bare) > _THREE or bare[:1] == ar.MEEM)  # of three letters, most plurals in -at have the teh
        and word == bare + ar.ALEF + ar.TEH
        and lemma == bare + ar.HEH
        and evidence.total(bare) > _COMMONER * evidence.total(lemma)
    )


def is_other_noun(word: str, lemma: str, evidence: Evidence) -> bool:
    """Tell a noun of its own from a form of the lemma: by the article before it, or, of a name, by none.

    >>> كيان, كان: yes; سيلفي, سلفي: yes; مدارس, مدرسه: no
    """
    own = evidence.count(word)
    if evidence.takes_article(word):
        return is_verb(lemma, evidence) or is_verbal_noun(word, lemma)
    if may_be_person(word) or own < _RARE:
        return False
    if word[-1] == ar.ALEF and word[-2] not in (ar.WAW, ar.NOON):
        return own > evidence.total(lemma)
    return word[-1] not in (ar.NOON, ar.TEH) and evidence.takes_article(lemma)


def is_verbal_noun(word: str, lemma: str) -> bool:
    """Tell the noun of a verb in fi'aala, whose lemma may be a plural too when folded.

    >>> كتابه, كتب: yes; اجهزه, جهاز: no
    """
    return word == lemma[:2] + ar.ALEF + lemma[2:] + ar.HEH and len(lemma) == _THREE


def is_verb(lemma: str, evidence: Evidence) -> bool:
    """Tell a verb by its feminine or its present, and by the article that it does not take.

    >>> كان, جلس: yes; سبيل, عدم: no
    """
    own = evidence.count(lemma)
    if evidence.count(ar.ARTICLE + lemma) > _NOUN * own:
        return False
    feminine = (lemma[:-1] if lemma[-1] in (ar.ALEF, ar.YEH) else lemma) + ar.TEH
    persons = (feminine, ar.YEH + lemma, ar.YEH + lemma[1:])
    return max(map(evidence.count, persons)) > _PERSON * own


def may_be_person(word: str) -> bool:
    """Whether a word has the prefix of a verb's person, and not the shape of a plural in af'aal, af'ila."""
    if word[0] == ar.ALEF:
        return ar.ALEF not in word[1:] and word[-1] != ar.HEH
    return word[0] in (ar.YEH, ar.TEH, ar.NOON)


def same_consonants(word: str, lemma: str) -> bool:
    """Whether the word has the lemma's consonants in order, and beyond them only those that grammar adds.

    >>> رجال, رجل: yes; تسلا, سال: yes; كلام, لام: no
    """
    wanted = [letter for letter in lemma if letter not in _WEAK]
    at = 0
    for letter in word:
        if at < len(wanted) and letter == wanted[at]:
            at += 1
        elif at == len(wanted) > 0 and letter == wanted[-1]:
            continue  # a double letter
        elif letter not in _WEAK and letter not in _AFFIX_CONSONANTS:
            return False
    return at == len(wanted)
