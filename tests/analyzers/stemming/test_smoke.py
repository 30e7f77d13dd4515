"""What the chain makes of the smoke lists, with the shipped list of words as the only evidence."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.analyzers.stemming.smoke import Pair, names, pairs
from tests.analyzers.texts import tokens

MEET_AT_LEAST = {
    "accusative": 28,
    "broken-plural": 233,
    "clitic": 86,
    "clitic-stack": 20,
    "code-points": 33,
    "dialect": 1,
    "dual": 30,
    "elongation": 12,
    "feminine": 59,
    "foreign-name": 64,
    "hamza": 40,
    "latin": 18,
    "missing-space": 24,
    "misspelling": 5,
    "number": 34,
    "place-adjective": 35,
    "plural-ending": 128,
    "pronoun": 67,
    "rival-spelling": 19,
    "typing": 30,
    "verb": 96,
    "weak-letter": 55,
}
"""Pairs that meet. A change of the rules may raise a number, never lower one."""
WHOLE_NAMES = 0.99
MEET_AT_MOST = 15
"""Pairs drawn at random that meet and should not. A change of the rules may lower it, never raise it."""
DRAWN = "drawn"
CHOSEN = [pair for pair in pairs("apart") if pair.phenomenon != DRAWN]


def stems(text: str) -> set[str]:
    return {stem for token in tokens(text) for stem in token.forms.stem}


def meets(pair: Pair) -> bool:
    return not stems(pair.left).isdisjoint(stems(pair.right))


def test_no_fewer_pairs_meet_than_did() -> None:
    met = Counter(pair.phenomenon for pair in pairs("meet") if meets(pair))
    assert {name: met[name] for name in MEET_AT_LEAST if met[name] < MEET_AT_LEAST[name]} == {}


@pytest.mark.parametrize("pair", CHOSEN, ids=lambda pair: f"{pair.left}-{pair.right}")
def test_what_must_stay_apart_does(pair: Pair) -> None:
    assert not meets(pair)


def test_few_of_the_pairs_drawn_at_random_meet() -> None:
    met = [(pair.left, pair.right) for pair in pairs("apart") if pair.phenomenon == DRAWN and meets(pair)]
    assert len(met) <= MEET_AT_MOST, met


def test_names_stay_whole() -> None:
    found = [(name.text, tokens(name.text)[0].forms) for name in names()]
    cut = {text: forms.stem for text, forms in found if forms.stem != forms.folded}
    assert len(cut) <= (1 - WHOLE_NAMES) * len(found), cut


def test_words_that_share_a_stem_share_a_root() -> None:
    roots: dict[str, set[str]] = {}
    for pair in pairs("meet"):
        for token in [*tokens(pair.left), *tokens(pair.right)]:
            for stem, root in zip(token.forms.stem, token.forms.root, strict=False):
                roots.setdefault(stem, set()).add(root)
    assert {stem: found for stem, found in roots.items() if len(found) > 1} == {}
