"""The hamza that a word is written with, where it decides what the word is.

Folded, «ألسنة» is the year and «لأزمة» is «لازمة». A word that shows its hamza is read from it: what stands
before an alef with hamza is a clitic or the article, and what stands from there on has none before it. A
bare spelling is read as the shipped list has it written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import (
    ALEF,
    ALEF_HAMZA_ABOVE,
    ALEF_HAMZA_BELOW,
    ALEF_MADDA,
    ARTICLE,
    BEH,
    FEH,
    HEH,
    KAF,
    LAM,
    SEEN,
    TEH_MARBUTA,
    WAW,
    YEH,
)
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.stemming.endings import has_pattern
from kashshaf.analyzers.stemming.irregular import with_madda

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.stemming.evidence import Evidence

_SHOWN = frozenset((ALEF_HAMZA_ABOVE, ALEF_HAMZA_BELOW, ALEF_MADDA))
_AND = ("", WAW, FEH)
_BEFORE_ARTICLE = frozenset(
    (
        *(first + each + ARTICLE for first in _AND for each in ("", BEH, KAF)),
        *(each + LAM + LAM for each in _AND),
    )
)
_BEFORE_NOUN = frozenset(first + each for first in _AND for each in ("", BEH, LAM, KAF, SEEN)) - {""}
_LEADING = frozenset((WAW, FEH, BEH, LAM, KAF, SEEN, ALEF))
_LONGEST = max(map(len, _BEFORE_ARTICLE))
_SHORTEST = 3
_HOST = 0.2
"""How often a word from its hamza on is attested, as a share of the whole when folded."""
_VERB = 0.02
"""How often the third person of a verb in the future is attested, as a share of the first."""


def shown(exact: str, folded: str) -> str:
    """The folded word with the hamza of its first alef and its teh marbuta, where they may decide what it is.

    >>> ألسنة -> ألسنة, لأزمه -> لأزمه, كتابة -> كتابة, مسألة -> مسالة; not سأل
    """
    if exact == folded or len(exact) != len(folded):
        return folded
    word = folded[:-1] + TEH_MARBUTA if exact[-1] == TEH_MARBUTA else folded
    for at, letter in enumerate(exact[: _LONGEST + 1]):
        if letter in _SHOWN:
            return word[:at] + letter + word[at + 1 :] if _may_decide(folded, at) else word
        if letter not in _LEADING:
            break
    return word


def every_shown(folded: str) -> Iterator[str]:
    """All that ``shown`` makes of the spellings of a folded word, and some that nobody writes."""
    for word in {folded, folded[:-1] + TEH_MARBUTA if folded[-1:] == HEH else folded}:
        yield word
        for at, letter in enumerate(folded[: _LONGEST + 1]):
            if letter == ALEF and _may_decide(folded, at):
                yield from (word[:at] + hamza + word[at + 1 :] for hamza in _SHOWN)
            if letter not in _LEADING:
                break


def _may_decide(folded: str, at: int) -> bool:
    """Look for what folding hides: a first letter, the article, a clitic that may be a root's letter."""
    lead, rest = folded[:at], folded[at:]
    if not lead or lead in _BEFORE_ARTICLE:
        return True
    return lead in _BEFORE_NOUN and len(rest) >= _SHORTEST + (lead[0] != WAW)


def place(word: str) -> int:
    """The place of the alef that shows its hamza; -1 where none does."""
    if _SHOWN.isdisjoint(word):
        return -1
    return next(at for at, letter in enumerate(word) if letter in _SHOWN)


def bare(word: str) -> str:
    """The word as it is folded."""
    return fold_letters(word)


def is_definite(lead: str) -> bool:
    """Tell the article, with or without other clitics before it."""
    return lead in _BEFORE_ARTICLE


def contradicts(word: str, stems: tuple[str, ...]) -> bool:
    """Compare what a word shows with the stems it has when folded, which most words keep."""
    at = place(word)
    if at < 0 or len(stems) > 1:
        return len(stems) > 1 or _lost_pronoun(word, stems[0])
    if is_fourth_form(word):
        return True
    if word[at] == ALEF_HAMZA_BELOW or (not at and word[1:2] == LAM):
        return not stems[0].startswith(ALEF)
    if at > 0 and word[:at] not in _BEFORE_ARTICLE and stems[0].startswith(word[0]):
        return True
    return _lost_pronoun(word, stems[0])


def is_fourth_form(word: str) -> bool:
    """Tell a verb by the hamza that it shows, where a plural that is folded alike has a madda: أثار, آثار."""
    at = place(word)
    return at >= 0 and word[at] == ALEF_HAMZA_ABOVE and bare(word[at:]) in with_madda()


def _lost_pronoun(word: str, stem: str) -> bool:
    """Tell a stem that a teh marbuta was taken off as if it were "his"; adjectives lose it as they should."""
    if word[-1] != TEH_MARBUTA or not word[:-1].endswith(stem):
        return False
    return not has_pattern(stem) or (stem[-1] == YEH and stem[1] == ALEF)


def from_hamza(word: str, evidence: Evidence) -> str | None:
    """The word from its alef with hamza on, where what stands before that can be clitics.

    >>> لأزمه -> ازمه, الإعدام -> اعدام, ألسنه -> السنه; not كأسها -> اسها
    """
    at = place(word)
    if at < 0:
        return None
    lead, rest = word[:at], bare(word[at:])
    if not lead or lead in _BEFORE_ARTICLE or word[at] == ALEF_HAMZA_BELOW:
        return rest  # below an alef, a hamza begins a word
    if lead[-1] == SEEN and evidence.count(YEH + rest[1:]) <= _VERB * evidence.count(lead + rest):
        return None
    return rest if evidence.total(rest) > _HOST * evidence.count(lead + rest) else None


def likely_spellings(word: str, evidence: Evidence) -> tuple[str, ...] | None:
    """The spellings that a bare word may stand for, as the shipped list has them.

    >>> الام -> الام, آلام; اعدام -> إعدام; not السنه
    """
    written = evidence.written(word)
    return tuple(each for each in written if each[-1] != TEH_MARBUTA) or None if written else None
