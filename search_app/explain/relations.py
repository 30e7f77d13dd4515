"""The relation of a form found to the form typed, said only where it can be proved."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from kashshaf.analyzers.arabic import STEM
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.explain import explain
from kashshaf.analyzers.letters import ARTICLE, LAM
from kashshaf.analyzers.memo import Memo
from kashshaf.search_app.explain import data
from kashshaf.search_app.query.spellings import PROCLITICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Token
    from kashshaf.analyzers.explain import Step

OTHER_LETTERS = "«{typed}» برسم آخر"
OTHER_FORM = "صيغة أخرى من «{typed}»"
PLURAL = "جمع «{typed}»"
SINGULAR = "مفرد «{typed}»"
FORMS = {
    "broken_plural": PLURAL,
    "feminine_plural": PLURAL,
    "country": "نسبة إلى «{typed}»",
    "month": "اسم آخر للشهر «{typed}»",
    "one_spelling": OTHER_LETTERS,
}
"""Relations by the only rule that parts the form found from the form typed."""
TAKEN_BACK = {
    "broken_plural": SINGULAR,
    "feminine_plural": SINGULAR,
    "country": "ما يُنسب إليه «{typed}»",
    "month": "اسم آخر للشهر «{typed}»",
    "one_spelling": OTHER_LETTERS,
}
"""Relations by the only rule that parts the form typed from the form found."""
_LISTS = ("from_table", "from_list")
_AGREEMENT = {"feminine", "feminine_plural", "dual_or_plural"}
"""Rules of endings by which an adjective agrees with its noun."""
_CLITICS = ("definite", "single", "stacked")
REMEMBERED = 1 << 12
"""Words whose ways are remembered for each analyzer: to follow one takes a tenth of a millisecond."""


class _Way(NamedTuple):
    """The way from a word to its stem: letters that stand before it, and the rules that changed the rest."""

    before: str
    rules: tuple[str, ...]


_WAYS: WeakKeyDictionary[Analyzer, Memo[_Way]] = WeakKeyDictionary()


def relation(found: Token, typed: Token, analyzer: Analyzer) -> str:
    """The relation of two words of one stem, in Arabic; empty where they are written the same."""
    if found.forms.exact == typed.forms.exact:
        return ""
    if found.forms.folded == typed.forms.folded:
        return OTHER_LETTERS.format(typed=typed.surface)
    clitics = _clitics(found.forms.folded[0], typed.forms.folded[0])
    if clitics:  # most forms by far, and the ways to the stems take long
        return _of_clitics(*clitics).format(typed=typed.surface)
    ways = (_way(word.surface, analyzer) for word in (found, typed))
    return _said(*ways).format(typed=typed.surface)


def _clitics(found: str, typed: str) -> tuple[str, str] | None:
    """The clitics before one of two folded words that are the same but for these."""
    if found.endswith(typed) and (before := found.removesuffix(typed)) in PROCLITICS:
        return before, ""
    if typed.endswith(found) and (before := typed.removesuffix(found)) in PROCLITICS:
        return "", before
    return None


def _said(found: _Way, typed: _Way) -> str:
    if found.rules == typed.rules:
        return _of_clitics(found.before, typed.before)
    if not typed.rules and found.rules[-1:] == ("country",) and {*found.rules[:-1]} <= _AGREEMENT:
        return FORMS["country"]
    if not typed.rules and len(found.rules) == 1:
        return FORMS.get(found.rules[0], OTHER_FORM)
    if not found.rules and len(typed.rules) == 1:
        return TAKEN_BACK.get(typed.rules[0], OTHER_FORM)
    return OTHER_FORM


def _of_clitics(found: str, typed: str) -> str:
    """Two words that differ by what stands before them alone."""
    if found == ARTICLE and not typed:
        return "«{typed}» بلام التعريف"
    if typed == ARTICLE and not found:
        return "«{typed}» بلا لام التعريف"
    if found and not typed:
        return f"«{{typed}}» وقبله «{found}»"
    return OTHER_FORM


def _way(surface: str, analyzer: Analyzer) -> _Way:
    ways = _WAYS.setdefault(analyzer, Memo(REMEMBERED))
    return ways.find(surface) or ways.keep(surface, _followed(surface, analyzer))


def _followed(surface: str, analyzer: Analyzer) -> _Way:
    explained = next(explain(surface, analyzer))
    steps = [step for step in explained.steps if step.level == STEM]
    before = "".join(map(_taken_off, (step for step in steps if step.rule in _CLITICS)))
    return _Way(before, tuple(_rules(steps)))


def _taken_off(step: Step) -> str:
    """The letters that a clitic rule took off: of «لل», which is the article after a lam, both."""
    if step.before.endswith(step.after):
        return step.before.removesuffix(step.after)
    return step.before[: len(step.before) - len(step.after)] or LAM


def _rules(steps: list[Step]) -> Iterator[str]:
    """The rules beside the clitics; a list of forms whose pair has the pattern of a plural names one."""
    for step in steps:
        if step.rule in _LISTS and is_plural(step.before, step.after):
            yield "broken_plural"
        elif step.rule == "feminine_plural" and not is_plural(step.before, step.after):
            yield "feminine"  # «ملكات» are queens, and no kings
        elif step.rule not in _CLITICS:
            yield step.rule


def is_plural(word: str, stem: str) -> bool:
    """Tell a folded word that has the pattern of a plural whose singular is ``stem``."""
    return any(pattern.fullmatch(f"{word} {stem}") for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    rows = load_rows("plurals.tsv", data.__name__)
    return tuple(_pattern(plural, singular) for plural, singular, *_ in rows)


def _pattern(plural: str, singular: str) -> re.Pattern[str]:
    """A pattern of both sides with a space between; the second mention of a letter is the first again."""
    first = re.sub(r"\d", lambda digit: rf"(?P<_{digit[0]}>\w)", plural).replace("+", r"(?P<_0>\w{2,})")
    again = re.sub(r"\d", lambda digit: rf"(?P=_{digit[0]})", singular).replace("+", "(?P=_0)")
    return re.compile(f"{first} {again}")
