"""The letter rules: one small pure function each, ``str -> str``, applied to a single word.

Lossless rules first: they bring different code points of one written letter together. Lossy rules after:
they join letters that readers do not tell apart when they type. Which rules run, and in what order, is
said in ``arabic.py`` alone. Every rule is idempotent and never raises.
"""

from __future__ import annotations

import re
import unicodedata

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.orthography import hamza, uthmani

_PRESENTED_MARKS = re.compile(f"[{ar.PRESENTED_MARKS}]")
_MARKS = re.compile(f"[{ar.MARKS}]")
_INVISIBLE = re.compile(f"[{ar.INVISIBLE}]")
_LATIN_MARKS = re.compile(f"[{ar.LATIN_MARKS}]")
_MANY_MARKS = re.compile(f"([{ar.MARKS}{ar.LATIN_MARKS}]{{4}})[{ar.MARKS}{ar.LATIN_MARKS}]+")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")

_UNIFIED = str.maketrans(
    {
        ar.KEHEH: ar.KAF,
        ar.SWASH_KAF: ar.KAF,
        ar.FARSI_YEH: ar.YEH,
        ar.YEH_BARREE: ar.YEH,
        ar.HEH_GOAL: ar.HEH,
        ar.HEH_DOACHASHMEE: ar.HEH,
        ar.AE: ar.HEH,
        ar.HEH_WITH_YEH: ar.HEH,
        ar.HEH_GOAL_HAMZA: ar.HEH,
        ar.TEH_MARBUTA_GOAL: ar.TEH_MARBUTA,
        ar.FEH_MOVED_BELOW: ar.FEH,
        ar.QAF_ONE_DOT: ar.QAF,
    }
)
_DIGITS = str.maketrans(ar.ARABIC_DIGITS + ar.PERSIAN_DIGITS, ar.WESTERN_DIGITS * 2)
_ALEFS = str.maketrans(
    dict.fromkeys((ar.ALEF_MADDA, ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_WASLA), ar.ALEF)
)
_SEATS = str.maketrans({ar.WAW_HAMZA: ar.WAW, ar.YEH_HAMZA: ar.YEH})
_BORROWED = str.maketrans(
    {
        ar.PEH: ar.BEH,
        ar.TCHEH: ar.JEEM,
        ar.JEH: ar.ZAIN,
        ar.VEH: ar.FEH,
        ar.GAF: ar.KAF,
        ar.NG: ar.KAF,
        ar.QAF_DOTLESS_ABOVE: ar.FEH,
    }
)
_SEPARATORS = str.maketrans({ar.ARABIC_DECIMAL: ".", ar.ARABIC_THOUSANDS: None, ",": None})


def bound_marks(word: str) -> str:
    """Four marks in a row at the most: no word has more, and putting them in order takes quadratic time."""
    return _MANY_MARKS.sub(r"\1", word)


def compose(word: str) -> str:
    """Presentation forms and ligatures to letters, letter and hamza to one code point (Unicode NFKC).

    Marks that are presentation forms are dropped first: their compatibility form holds a space, as do a few
    lone signs, whose space goes after.
    """
    composed = unicodedata.normalize("NFKC", _PRESENTED_MARKS.sub("", word))
    return unicodedata.normalize("NFKC", composed.replace(" ", "")) if " " in composed else composed


def strip_invisible(word: str) -> str:
    """Soft hyphens, zero-width and bidi characters out."""
    return _INVISIBLE.sub("", word)


def spell_small_letters(word: str) -> str:
    """Small letters of the Quran to those that stand for them today, if any does.

    >>> الكتٰب -> الكتاب, الصلوٰة -> الصلاة, إبرٰهۧم -> إبراهيم, ءَامن -> آمن; not هٰذا, موسىٰ
    """
    if uthmani.SMALL_LETTERS.search(word):
        if uthmani.UNWRITTEN.fullmatch(strip_tatweel(strip_marks(word))):
            return uthmani.SMALL_LETTERS.sub("", word)
        for small, letter in uthmani.SPELT:
            word = small.sub(letter, word)
    return uthmani.MADDA.sub(rf"\1{ar.ALEF_MADDA}", word) if ar.HAMZA in word else word


def strip_marks(word: str) -> str:
    """Short vowels, shadda, sukun, tanwin, dagger alef and Quranic marks out."""
    return _MARKS.sub("", word)


def strip_dots(word: str) -> str:
    """The full stops between the letters of an acronym out."""
    return word.replace(".", "")


def strip_tatweel(word: str) -> str:
    """The stretching stroke out."""
    return word.replace(ar.TATWEEL, "")


def unify_letters(word: str) -> str:
    """Persian and Urdu code points of letters that look like Arabic ones to the Arabic ones.

    Composed again: a Persian yeh with a hamza mark is one letter only now.
    """
    return unicodedata.normalize("NFC", word.translate(_UNIFIED))


def western_digits(word: str) -> str:
    """Arabic and Persian digits to 0-9."""
    return word.translate(_DIGITS)


def plain_number(word: str) -> str:
    """A number without its thousands separators, with a full stop as the decimal sign."""
    return word.translate(_SEPARATORS)


def fold_case(word: str) -> str:
    """Capital letters of other scripts to small ones (Unicode NFKC_Casefold, which needs two rounds)."""
    once = unicodedata.normalize("NFKC", word.casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def fold_alef(word: str) -> str:
    """Alef with madda, hamza or wasla to bare alef."""
    return word.translate(_ALEFS)


def fold_last_hamza(word: str) -> str:
    """Yeh and hamza for hamza on yeh at the end, as Egypt and Lebanon print it; not where the yeh is spoken.

    Of two hamzas, one on the yeh and one behind it, the second counts.

    >>> الطوارىء -> الطوارئ, شاطيء -> شاطئ, شاطئء -> شاطئ, شئء -> شيء; not بريء, بشىء, يضيء
    """
    if word.endswith(ar.YEH_HAMZA + ar.HAMZA):
        word = word[:-2] + ar.YEH + ar.HAMZA
    if not hamza.YEH_THEN_HAMZA.search(word) or hamza.SPOKEN_YEH.fullmatch(word):
        return word
    return word[:-2] + ar.YEH_HAMZA


def fold_wrong_seat(word: str) -> str:
    """Hamza on yeh, where no rule of spelling puts it, to where it belongs.

    >>> قرائة -> قراءة, إجرائات -> إجراءات, جزئ -> جزء, نشئة -> نشأة; not مائة, هيئة, سيئ, لاجئ
    """
    if ar.YEH_HAMZA not in word:
        return word
    word = hamza.SEATLESS.sub(ar.ALEF + ar.HAMZA, word)
    if hamza.AFTER_SUKUN.fullmatch(word):
        return word[:-1] + ar.HAMZA
    if hamza.BEFORE_TANWIN.fullmatch(word):
        return word[:-2] + ar.HAMZA + ar.ALEF
    found = hamza.BEFORE_TEH.fullmatch(word)
    return found[1] + ar.ALEF_HAMZA_ABOVE + found[2] if found else word


def fold_hamza_seats(word: str) -> str:
    """Hamza on waw or yeh to the bare letter."""
    return word.translate(_SEATS)


def fold_alef_maksura(word: str) -> str:
    """Alef maksura to yeh: Egyptian print writes one for the other."""
    return word.replace(ar.ALEF_MAKSURA, ar.YEH)


def fold_teh_marbuta(word: str) -> str:
    """Teh marbuta to heh."""
    return word.replace(ar.TEH_MARBUTA, ar.HEH)


def fold_borrowed(word: str) -> str:
    """Letters for foreign sounds (p, ch, zh, v, g) to the Arabic letters they are otherwise written with."""
    return word.translate(_BORROWED)


def strip_accents(word: str) -> str:
    """Accents of Latin letters out."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", apart))


def strip_leading_zeros(word: str) -> str:
    """The zeros before a number out; the last one before a decimal sign, and a lone one, stay."""
    return _LEADING_ZEROS.sub("", word)
