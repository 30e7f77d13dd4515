"""An analysis for a terminal, in English around Arabic words.

No two Arabic words stand side by side: with something Latin between them, a terminal that knows of writing
directions puts them in the same order as one that does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzers.arabic import LEVELS
from analyzers.normalize import strip_invisible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_app.explain.shapes import Analysis, LexiconView, RuleApplied, TokenView

SHOWN = 4
"""Attested words named after a rule; ``--json`` has all of them."""
_INDENT = " " * 11


def as_text(found: Analysis) -> str:
    """A few lines for each token, and at the end where the counts come from."""
    lines = [line for token in found["tokens"] for line in _lines(token)]
    return "\n".join([*lines, click.style(_lexicon(found["lexicon"]), dim=True)])


def _lines(token: TokenView) -> Iterator[str]:
    place = f"at {token['start']} to {token['end']}"
    yield f"{token['position'] + 1}. {click.style(_plain(token['surface']), bold=True)} {_dim(place)}"
    for level in LEVELS:
        yield f"   {level:<7} {_terms(token['levels'][level])}"
        for rule in token["rules"]:
            if rule["level"] == level:
                yield _INDENT + _dim(_applied(rule))
    yield ""


def _terms(terms: list[str]) -> str:
    return " and ".join(terms) or _dim("none")


def _applied(rule: RuleApplied) -> str:
    if not rule["after"]:
        return f"{rule['rule']} holds for {_plain(rule['before'])}"
    seen = sorted(rule["evidence"], key=lambda each: -each["times"])[:SHOWN]
    told = "; ".join(f"{each['word']} attested {_times(each['times'])}" for each in seen)
    change = f"{_plain(rule['before'])} becomes {_plain(rule['after'])} by {rule['rule']}"
    return f"{change}; {told}" if told else change


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count:,} times")


def _lexicon(lexicon: LexiconView) -> str:
    if lexicon["source"] == "base":
        return f"There is no index: counts of the shipped list, {lexicon['words']:,} words."
    return (
        f"Counts of the index {lexicon['generation']}, {lexicon['words']:,} words, and of the shipped list."
    )


def _plain(word: str) -> str:
    """Without the invisible signs of a word as written, which would turn the line around."""
    return strip_invisible(word)


def _dim(text: str) -> str:
    return click.style(text, dim=True)
