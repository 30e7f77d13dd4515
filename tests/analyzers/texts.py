"""What the tests of the analyzers share: random texts, words of the samples, the steps of the chains."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import CHAINS, Forms, Token
from kashshaf.analyzers.orthography import normalize
from tests.conftest import ROOT

Step = Callable[[str], str]
SECONDS = 10.0
"""More than any text of ten million letters may take, and far less than a quadratic rule would."""

_ARABIC_BLOCKS = st.one_of(
    st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
    st.characters(min_codepoint=0x0750, max_codepoint=0x08FF),
    st.characters(min_codepoint=0xFB50, max_codepoint=0xFDFF),
    st.characters(min_codepoint=0xFE70, max_codepoint=0xFEFF),
)
_MARKS_AND_INVISIBLE = st.one_of(
    st.characters(min_codepoint=0x0300, max_codepoint=0x036F),
    st.characters(min_codepoint=0x064B, max_codepoint=0x065F),
    st.characters(min_codepoint=0x2000, max_codepoint=0x206F),
)
_SURROGATES = st.characters(categories=["Cs"])
_PLAIN = st.sampled_from(" .,-_#0123456789٠٥۵\N{ARABIC DECIMAL SEPARATOR}٬abcXYZéß")
_ANYTHING = st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"])

ANY_TEXT = st.text(
    st.one_of(_ARABIC_BLOCKS, _MARKS_AND_INVISIBLE, _SURROGATES, _PLAIN, _ANYTHING), max_size=60
)
"""Any text at all, lone surrogates and unassigned code points too; rich in Arabic."""

ARABIC_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
ARABIC_WORDS = st.text(st.sampled_from(ARABIC_LETTERS), min_size=1, max_size=9)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Other work on the machine must not fail a property."""

STEPS: tuple[Step, ...] = tuple(
    dict.fromkeys(step for levels in CHAINS.values() for steps in levels for step in steps)
)
"""Every step that stands in a chain, once."""


def is_rule(step: object) -> bool:
    """Whether ``step`` is a public function of ``normalize.py``."""
    return callable(step) and getattr(step, "__module__", "") == normalize.__name__


RULES: tuple[Step, ...] = tuple(
    value for name, value in vars(normalize).items() if is_rule(value) and not name.startswith("_")
)


def name_of(step: Step) -> str:
    return step.__name__


def tokens(text: str) -> list[Token]:
    return list(Analyzer().tokens(text))


def forms(word: str) -> Forms:
    """The forms of a text that is one word, whatever number it is."""
    (token,) = (token for token in tokens(word) if token.forms.exact)
    return token.forms


def sample_words() -> list[str]:
    """The distinct Arabic words of the samples, found without our own tokenizer."""
    found: set[str] = set()
    for file in ROOT.glob("samples/**/*"):
        if file.is_file():
            found.update(
                re.findall("[\u0621-\u063a\u0641-\u064a]+", file.read_text("utf-8", errors="ignore"))
            )
    return sorted(found)
