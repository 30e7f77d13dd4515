"""Patterns of the spelling of the Quran: small letters, and what today's spelling has for them."""

from __future__ import annotations

import re

from kashshaf.analyzers import letters as ar

SMALL_LETTERS = re.compile(
    f"[{ar.DAGGER_ALEF}{ar.SMALL_YEH}{ar.SMALL_HIGH_YEH}{ar.SMALL_HIGH_NOON}{ar.HAMZA_ABOVE}]"
)
_MARKS = f"[{ar.MARKS}]*"
_BEFORE = f"[{ar.WAW}{ar.FEH}{ar.ALEF_HAMZA_ABOVE}]?[{ar.BEH}{ar.KAF}{ar.LAM}]?"
_ALEF = f"[{ar.ALEF}{ar.ALEF_WASLA}{ar.ALEF_HAMZA_ABOVE}{ar.ALEF_HAMZA_BELOW}]"
_WITHOUT_ALEF = (
    f"{ar.HEH}(?:{ar.THAL}.*|{ar.WAW_HAMZA}.*|{ar.KAF}{ar.THAL}{ar.ALEF})",  # this, these, so
    f"{ar.THAL}{ar.LAM}{ar.KAF}.*",  # that
    f"{_ALEF}{ar.WAW}{ar.LAM}{ar.YEH_HAMZA}.*",  # those
    f"{ar.LAM}{ar.KAF}{ar.NOON}.*",  # but
    f"{ar.REH}{ar.HAH}{ar.MEEM}{ar.NOON}",  # the Merciful
    f"{_ALEF}?{ar.LAM}{{1,2}}{ar.HEH}.*",  # a god, God
    f"{ar.TAH}{ar.HEH}",  # two names of chapters
    f"{ar.YEH}{ar.SEEN}",
)
UNWRITTEN = re.compile(f"{_BEFORE}(?:{_ALEF}?{ar.LAM})?(?:{'|'.join(_WITHOUT_ALEF)})")
"""Words without marks in which today's spelling leaves the alef out as well."""
SPELT = (
    (
        re.compile(f"(?<=[{ar.ALEF}{ar.ALEF_MADDA}]){ar.DAGGER_ALEF}|{ar.DAGGER_ALEF}+(?={ar.DAGGER_ALEF})"),
        "",
    ),
    (re.compile(f"{ar.ALEF_MAKSURA}{ar.DAGGER_ALEF}(?=.*[{ar.LETTERS}])"), ar.ALEF),
    (re.compile(f"({ar.ALEF_MAKSURA}{_MARKS}?){ar.DAGGER_ALEF}"), r"\1"),
    (re.compile(f"(?<=.){ar.WAW}{ar.DAGGER_ALEF}{ar.ALEF}?"), ar.ALEF),
    (re.compile(f"{ar.TATWEEL}*{ar.DAGGER_ALEF}"), ar.ALEF),
    (re.compile(f"[{ar.ALEF_MAKSURA}{ar.YEH}]({_MARKS}){ar.SMALL_YEH}"), rf"{ar.YEH}\1{ar.YEH}"),
    (re.compile(f"{ar.TATWEEL}*{ar.SMALL_HIGH_YEH}"), ar.YEH),
    (re.compile(f"{ar.TATWEEL}*{ar.SMALL_HIGH_NOON}"), ar.NOON),
    (re.compile(ar.SMALL_YEH), ""),
    (re.compile(f"{ar.TATWEEL}{ar.FATHA}{ar.HAMZA_ABOVE}{ar.ALEF}"), ar.ALEF_MADDA),
    (re.compile(f"{ar.TATWEEL}{ar.FATHA}{ar.HAMZA_ABOVE}"), ar.ALEF_HAMZA_ABOVE),
    (re.compile(f"{ar.TATWEEL}({_MARKS}){ar.HAMZA_ABOVE}"), rf"{ar.YEH_HAMZA}\1"),
)
"""Small letters and what stands for them, one after the other."""
_START = f"^[{ar.WAW}{ar.FEH}{ar.LAM}{ar.BEH}]?{_MARKS}"
MADDA = re.compile(f"({_START}|{ar.SUKUN}){ar.HAMZA}{ar.FATHA}{ar.ALEF}")
"""Hamza and alef that are one letter today; not the alef of a tanwin, before which no fatha stands."""
