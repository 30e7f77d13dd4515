"""Patterns of hamza: where print puts it that is not where the rules of spelling do."""

from __future__ import annotations

import re

from kashshaf.analyzers import letters as ar

_AND = f"[{ar.WAW}{ar.FEH}]?"
_TO = f"[{ar.BEH}{ar.KAF}{ar.LAM}]?"
_THE = f"(?:[{ar.BEH}{ar.KAF}]?{ar.ARTICLE}|{ar.LAM}{ar.LAM})"
_CLITICS = f"{_AND}(?:{_THE}|{_TO})"
_WITH_HAMZA = (
    ar.HAMZA + ar.ALEF_HAMZA_ABOVE + ar.ALEF_HAMZA_BELOW + ar.ALEF_MADDA + ar.WAW_HAMZA + ar.YEH_HAMZA
)
_STRONG = f"[^{ar.ALEF}{ar.WAW}{ar.YEH}{ar.ALEF_MAKSURA}{ar.TEH_MARBUTA}{_WITH_HAMZA}]"
_FIRST = f"(?![{ar.BEH}{ar.KAF}{ar.LAM}{ar.FEH}]){_STRONG}"
"""No letter that could be a clitic: by a hundred, for a group."""
_PERSONS = f"[{ar.YEH}{ar.TEH}{ar.NOON}{ar.ALEF}{ar.ALEF_HAMZA_ABOVE}]"
_YEHS = f"[{ar.ALEF_MAKSURA}{ar.YEH}]"
_PRONOUN = (
    f"(?:{ar.HEH}[{ar.ALEF}{ar.MEEM}{ar.NOON}]?|{ar.HEH}{ar.MEEM}{ar.ALEF}|{ar.NOON}{ar.ALEF}"
    f"|{ar.KAF}{ar.MEEM}?|{ar.YEH})$"
)

YEH_THEN_HAMZA = re.compile(f"{_YEHS}{ar.HAMZA}$")
SPOKEN_YEH = re.compile(
    f"(?:{_CLITICS}(?:{ar.LAM}{ar.ALEF})?{ar.SHEEN}"  # a thing, nothing
    f"|{_AND}{ar.SEEN}?{_PERSONS}{_STRONG}"  # comes, will shine
    f"|(?:{ar.WAW}|{ar.FEH}(?!{ar.WAW}))?{_TO}[^{ar.ALEF}]?{_STRONG}"  # innocent, but not: was surprised
    f"|{_AND}{_THE}[^{ar.ALEF}]?{_STRONG})"
    f"{_YEHS}{ar.HAMZA}"
)
"""Words that end in a long yeh and a hamza: short ones, since a longer one has another vowel before."""
SEATLESS = re.compile(
    f"(?<!{ar.MEEM}){ar.ALEF}{ar.YEH_HAMZA}(?={ar.TEH_MARBUTA}$|{ar.ALEF}{ar.TEH})"
    f"|(?<=[^{ar.ALEF}]{{2}}){ar.ALEF}{ar.YEH_HAMZA}(?={ar.TEH}{_PRONOUN})"
)
"""Hamza between alef and an a: it has no seat. All but "a hundred" is misspelt so."""
AFTER_SUKUN = re.compile(f"({_CLITICS}{_FIRST}{_STRONG}){ar.YEH_HAMZA}")
"""Nouns of three letters that end in hamza, which has no seat after a consonant."""
BEFORE_TANWIN = re.compile(f"({_CLITICS}{_FIRST}[{ar.DAL}{ar.THAL}{ar.REH}{ar.ZAIN}]){ar.YEH_HAMZA}{ar.ALEF}")
"""The same before the alef of tanwin, after a letter that joins no other."""
BEFORE_TEH = re.compile(f"({_CLITICS}{_FIRST}{_STRONG}){ar.YEH_HAMZA}({ar.TEH_MARBUTA}$|{ar.TEH}{_PRONOUN})")
"""The same before teh marbuta, where its seat is alef."""
