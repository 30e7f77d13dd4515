"""EncodedTerms terms: the same as those of the tokens, position by position."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.encoded_terms import (
    GAP,
    GAP_TERMS,
    NOTHING,
    SAME_POSITION,
    EncodedTerms,
    TermEncoder,
    joined,
)
from tests.analyzers.texts import ANY_TEXT, tokens, unhurried

if TYPE_CHECKING:
    from kashshaf.analyzers.arabic import Forms

WORDS = EncodedTerms("أ ب ج", "ا ب ج", f"ا {GAP} ج", f"ا {GAP} ج")


def finished(text: str) -> EncodedTerms:
    return TermEncoder(Analyzer()).encode(text)


def forms_by_position(text: str) -> list[Forms]:
    found: list[Forms] = []
    for token in tokens(text):
        if token.position < len(found):  # what words of a number amount to
            found[-1] = found[-1].with_terms(token.forms)
        else:
            found.append(token.forms)
    return found


@given(text=ANY_TEXT)
@example(text="1.2.3 ١٢٬٣٤٥،٦ «الوزير»:والوزير\N{ZERO WIDTH NON-JOINER} a.b\x1cc\u2028d\u3000e")
@example(text="قال \N{ARABIC FATHA ISOLATED FORM} الوزير")
@example(text="دفع (3) ملايين و 500 ألف، ثلاثة\nملايين في 2016 و2017 «مئة وخمسين»،ألفا عشرين\u00a0ألفا 5")
@example(text=" ثلاثة ملايين - مئة ألف \n")
@example(text="شبكة واي - فاي، و«واي – فاي» ثلاثة ، - آلاف - - 5 ثلاثة جسر مئة")
@unhurried
def test_finished_terms_are_those_of_the_tokens(text: str) -> None:
    forms = forms_by_position(text)
    expected = [
        " ".join(SAME_POSITION.join(terms) or GAP for terms in level) for level in zip(*forms, strict=True)
    ]
    assert list(finished(text)) == (expected or list(NOTHING))
    assert finished(text).positions() == len(forms)


@given(text=ANY_TEXT)
@unhurried
def test_no_term_holds_what_parts_terms(text: str) -> None:
    for term in chain.from_iterable(chain.from_iterable(token.forms for token in tokens(text))):
        assert not any(letter.isspace() or letter in (GAP, SAME_POSITION) for letter in term)


@pytest.mark.parametrize(("positions", "exact"), [(0, ""), (1, "أ"), (2, "أ ب"), (3, "أ ب ج"), (4, "أ ب ج")])
def test_the_first_positions(positions: int, exact: str) -> None:
    first = WORDS.first(positions)
    assert first.exact == exact
    assert first.positions() == min(positions, 3)


def test_parts_are_joined_level_by_level() -> None:
    both = joined([WORDS, GAP_TERMS, WORDS])
    assert both.stem == f"ا {GAP} ج {GAP} ا {GAP} ج"
    assert both.positions() == 7
    assert joined([]) == NOTHING
