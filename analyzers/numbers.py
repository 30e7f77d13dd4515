"""Numbers in words, or in digits and words: which words are part of one, and what they amount to.

    ثلاثة ملايين · ٣ ملايين · 2,9 مليون        3000000 · 3000000 · 2900000
    مئة وخمسون ألفا · ألفين وستة عشر           150000 · 2016

A phrase is read by its grammar, not summed up: numbers that only stand side by side, years, dates, telephone
numbers and ordinals (القرن التاسع عشر) stay what they are.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyarabic.number_const import NUMBER_WORDS

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.names import goes_on, known, word_of_name
from kashshaf.analyzers.orthography.folding import fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 20
"""Words of a phrase at most, with every "and": one more than millions take. What is longer is read in
pieces, so in linear time."""
DIGITS = 15
"""Characters of a numeral that can be part of a phrase."""

_COMMAS = (",", ar.COMMA)
_SPACES = " \t\u00a0\u202f"
_CLITICS = ("", ar.WAW, ar.FEH, ar.BEH, ar.LAM, ar.KAF, *(ar.WAW + each for each in (ar.BEH, ar.LAM, ar.KAF)))
_HAMZAS = frozenset((ar.ALEF_HAMZA_ABOVE, ar.ALEF_MADDA, ar.YEH_HAMZA, ar.HAMZA))
_NEEDS_HAMZA = frozenset(map(Decimal, (100, 200, 1000, 2000)))
"""What is written like another word without its hamza: water, two dead, the letter, the fan."""
_ONE, _HUNDRED, _THOUSAND = Decimal(1), Decimal(100), Decimal(1000)
_SCALES = frozenset(Decimal(1000) ** power for power in range(1, 5))


class Sort(Enum):
    """What a word is in a number."""

    UNIT = "1 to 9"
    TEN = "10"
    TENS = "20 to 90"
    HUNDRED = "100 to 900"
    SCALE = "a thousand, a million, ..."
    DUAL = "two of a scale"
    NUMERAL = "digits"
    DECIMALS = "digits after a comma"
    AND = "and"
    FRACTION = "half, quarter"
    ORDINAL = "third"
    PARTS = "quarters"
    NAME = "no number, but a word of a name that is read as numbers are"


_FOLLOWING = frozenset((Sort.TEN, Sort.HUNDRED, Sort.SCALE, Sort.PARTS))
"""What goes on with the word before it without an "and"."""
_BARRED = frozenset((Sort.ORDINAL, Sort.PARTS))


class Part(NamedTuple):
    """A word as part of a number."""

    sort: Sort
    value: Decimal
    alone: str = ""
    """The number that the word is by itself, as a numeral; nothing where that is another word, or digits."""
    joined: bool = False
    """Whether an "and" links it to the word before it."""
    begins: bool = False
    """Whether another clitic parts it from the word before it."""
    bound: bool = False
    """Whether it is a number only with others: of a scale, only with a number before it."""
    digits: str = ""
    name: str = ""
    """The word without clitics, where it may be part of a name."""


class Found(NamedTuple):
    """A number in a list of parts: up to ``end``; what is added to it is less than ``below``."""

    value: Decimal
    end: int
    below: Decimal = _ONE


@cache
def table() -> dict[str, tuple[Decimal, str]]:
    """Value and sort (see ``data/numbers.tsv``) of each folded word of numbers."""
    known = {fold_letters(word): (Decimal(value), "plain") for word, value in NUMBER_WORDS.items() if value}
    return known | {
        fold_letters(word): (Decimal(value), sort) for word, value, sort in load_rows("numbers.tsv")
    }


def part_of(exact: str, folded: str) -> Part | None:
    """A word as part of a number, its clitics known; None for any other word."""
    if folded == ar.WAW:
        return Part(Sort.AND, Decimal(0))
    found, name = _with_clitics().get(folded), word_of_name(folded)
    if found:
        return _part(exact, *found)._replace(name=name)
    return Part(Sort.NAME, Decimal(0), name=name) if name else None


@cache
def _with_clitics() -> dict[str, tuple[str, str, str]]:
    """Each word of numbers with each clitic it may have: word, clitic and article; the first reading counts.

    To look a word up here takes a tenth of the time that it takes to try the clitics on it.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for clitic in _CLITICS:
        for article in ("", ar.LAM if clitic.endswith(ar.LAM) else ar.ARTICLE):
            for word in table():
                found.setdefault(clitic + article + word, (word, clitic, article))
    return found


def _part(exact: str, word: str, clitic: str, article: str) -> Part:
    value, kind = table()[word]
    part = Part(
        _sort(value, kind),
        value,
        joined=clitic == ar.WAW,
        begins=clitic not in ("", ar.WAW),
        bound=kind == "bound",
    )
    alone = kind == "plain" or (kind == "bare" and not clitic)
    if alone and _stands_alone(part, word, article, hamza=not _HAMZAS.isdisjoint(exact)):
        return part._replace(alone=numeral(value))
    return part


def _sort(value: Decimal, kind: str) -> Sort:
    if kind in ("fraction", "ordinal", "parts"):
        return Sort[kind.upper()]
    if value >= _THOUSAND:
        return Sort.SCALE if value in _SCALES else Sort.DUAL
    bounds = ((10, Sort.UNIT), (11, Sort.TEN), (100, Sort.TENS), (1000, Sort.HUNDRED))
    return next(sort for bound, sort in bounds if value < bound)


def _stands_alone(part: Part, word: str, article: str, *, hamza: bool) -> bool:
    """Whether a word is a number by itself.

    With the article only what can be nothing else: «السبع» is also the lion, «الخمس» the fifth, «الست» the
    lady, and «المئة» mostly a per cent.
    """
    if not hamza and part.value in _NEEDS_HAMZA:
        return False
    if not article or part.sort is Sort.TENS:
        return True
    return part.sort in (Sort.UNIT, Sort.TEN) and part.value > 2 and word.endswith(ar.HEH)


def numeral_part(exact: str) -> Part | None:
    """A numeral as part of a number; None where it is longer than any that is."""
    return Part(Sort.NUMERAL, Decimal(exact), digits=exact) if len(exact) <= DIGITS else None


def linked(parts: Sequence[Part], part: Part, gap: str) -> Part | None:
    """``part`` as it goes on with ``parts``, with ``gap`` of the text between; None where it begins anew."""
    if len(parts) >= LONGEST:
        return None
    if Sort.NAME in (parts[0].sort, part.sort):
        named = goes_on([*(each.name for each in parts), part.name]) and not gap.strip(_SPACES + "-")
        return part if named else None
    if gap in _COMMAS:
        return _decimals(parts, part)
    if gap.strip(_SPACES) or part.begins:
        return None
    if parts[-1].sort is Sort.AND:
        part = part._replace(joined=True)
    return part if _goes_on(parts, part) else None


def _goes_on(parts: Sequence[Part], part: Part) -> bool:
    """Whether a word can go on with those before it; after an ordinal only what makes a greater one."""
    if part.sort is Sort.AND:
        return parts[-1].sort is not Sort.AND
    if parts[0].sort is Sort.ORDINAL:
        return part.sort is Sort.TEN or (part.sort is Sort.TENS and part.joined)
    return part.joined or part.sort in _FOLLOWING


def _decimals(parts: Sequence[Part], part: Part) -> Part | None:
    """The «9» of «2,9 مليون»: one digit or two, straight after the comma."""
    both = len(parts) == 1 and parts[0].sort is part.sort is Sort.NUMERAL
    if both and parts[0].digits.isdecimal() and part.digits.isdecimal() and len(part.digits) <= 2:
        return part._replace(sort=Sort.DECIMALS)
    return None


def values(parts: Sequence[Part]) -> Iterator[tuple[int, int, str]]:
    """The numbers in a run of parts, or its name: first and last place, and the value as a plain numeral.

    A word that is a number by itself is one, digits alone are not: they are their own numeral.
    """
    if parts[0].sort is Sort.NAME:
        if name := known().get(tuple(part.name for part in parts)):
            yield 0, len(parts) - 1, name
        return
    places = [place for place, part in enumerate(parts) if part.sort is not Sort.AND]
    words = [parts[place] for place in places]
    at = 0
    while at < len(words) and not any(part.sort in _BARRED for part in words):
        found = _number(words, at)
        if found is None:
            return
        if found.end - at > 1:
            yield places[at], places[found.end - 1], numeral(found.value)
        elif words[at].alone:
            yield places[at], places[at], words[at].alone
        at = found.end


def numeral(value: Decimal) -> str:
    """A value in digits, as a numeral of a text is in the index: 3000000, 12.5."""
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else format(value.normalize(), "f")


def _number(parts: Sequence[Part], at: int) -> Found | None:
    """The longest number from ``at``; None where no number can begin there."""
    found = _group(parts, at)
    while found and (more := _added(parts, found)):
        found = more
    return found


def _added(parts: Sequence[Part], found: Found) -> Found | None:
    """The number with what "and" adds to it, which is less than its scale; None where nothing is added."""
    at = found.end
    if at == len(parts) or not parts[at].joined or found.below == _ONE:
        return None
    if parts[at].sort is Sort.FRACTION:
        scale = _scale(parts, at + 1) or found.below
        end = at + 2 if _scale(parts, at + 1) else at + 1
        return Found(found.value + parts[at].value * scale, end) if scale <= found.below else None
    more = _group(parts, at)
    if more is None or more.value >= found.below or (more.end == at + 1 and not _is_count(parts[at])):
        return None
    return Found(found.value + more.value, more.end, more.below)


def _is_count(part: Part) -> bool:
    """Whether a lone part can be added: no year, no decimal fraction."""
    return not part.digits or (part.digits.isdecimal() and not _is_year(part))


def _is_year(part: Part) -> bool:
    return len(part.digits) == 4 and part.digits[:2] in ("19", "20")


def _group(parts: Sequence[Part], at: int) -> Found | None:
    """A number of one scale: «ثلاثة ملايين», «ألفين», «نصف مليون», «خمسة»."""
    part = parts[at]
    if part.sort is Sort.DUAL:
        return Found(part.value, at + 1, part.value / 2)
    if part.sort is Sort.SCALE:
        return None if part.bound else _scaled(parts, Found(part.value, at + 1, part.value))
    if part.sort is Sort.FRACTION:
        scale = _scale(parts, at + 1)
        return Found(part.value * scale, at + 2) if scale else None
    small = _small(parts, at)
    if small is None or (small.end == at + 1 and (_is_year(part) or (part.value == 1 and not part.digits))):
        return small
    return _scaled(parts, small)


def _scale(parts: Sequence[Part], at: int) -> Decimal | None:
    """The scale that follows without an "and"."""
    follows = at < len(parts) and parts[at].sort is Sort.SCALE and not parts[at].joined
    return parts[at].value if follows else None


def _scaled(parts: Sequence[Part], found: Found) -> Found:
    """A number times the scales after it: «خمسة ملايين», «مئة ألف مليون»."""
    while (scale := _scale(parts, found.end)) and (
        found.below == _ONE or (found.below == _THOUSAND and scale > _THOUSAND)
    ):
        found = Found(found.value * scale, found.end + 1, scale)
    return found


def _small(parts: Sequence[Part], at: int) -> Found | None:
    """A number below a thousand, or digits."""
    part = parts[at]
    if part.sort is Sort.NUMERAL and at + 1 < len(parts) and parts[at + 1].sort is Sort.DECIMALS:
        value = Decimal(f"{part.digits}.{parts[at + 1].digits}")
        return Found(value, at + 2) if _scale(parts, at + 2) else None
    if part.sort is Sort.HUNDRED:
        return _hundreds(parts, Found(part.value, at + 1))
    if part.sort is Sort.UNIT and part.value > 2 and _is_hundred(parts, at + 1):
        return _hundreds(parts, Found(part.value * _HUNDRED, at + 2))
    return _below_hundred(parts, at)


def _is_hundred(parts: Sequence[Part], at: int) -> bool:
    """Whether the word after a unit makes hundreds of it: «ثلاث مئة»."""
    return _follows(parts, at, Sort.HUNDRED, joined=False) and parts[at].value == _HUNDRED


def _hundreds(parts: Sequence[Part], found: Found) -> Found:
    """Hundreds and what "and" adds to them: «مئة وخمسون», «مئة و20»."""
    if found.end == len(parts) or not parts[found.end].joined:
        return found
    more = _below_hundred(parts, found.end)
    if (
        more is None
        or more.value >= _HUNDRED
        or not _is_count(parts[found.end])
        or _is_hundred(parts, more.end)
    ):
        return found
    return Found(found.value + more.value, more.end)


def _below_hundred(parts: Sequence[Part], at: int) -> Found | None:
    """«خمسة», «خمسة عشر», «خمسة وعشرون», «عشرون»; also digits."""
    part = parts[at]
    if part.sort is Sort.UNIT:
        if _follows(parts, at + 1, Sort.TEN, joined=False) or _follows(parts, at + 1, Sort.TENS, joined=True):
            return Found(part.value + parts[at + 1].value, at + 2)
        return Found(part.value, at + 1)
    return Found(part.value, at + 1) if part.sort in (Sort.TEN, Sort.TENS, Sort.NUMERAL) else None


def _follows(parts: Sequence[Part], at: int, sort: Sort, *, joined: bool) -> bool:
    return at < len(parts) and parts[at].sort is sort and parts[at].joined is joined
