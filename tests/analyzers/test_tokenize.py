"""Text to words: what is one word, what stands between words, and where each word is."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.tokenize import EDGES, Kind, surfaces, words
from tests.analyzers.texts import ANY_TEXT, SECONDS, unhurried

# The name of the case, the text, and its words as they stand in the text.
SURFACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "words and spaces": ("قال الوزير أمس", ("قال", "الوزير", "أمس")),
    "nothing": ("", ()),
    "only punctuation": ("«» ، ؛ ؟ ! … – ـ", ()),
    "Arabic punctuation": ("قال: «نعم»، ثم لا؟ لا؛ نعم.", ("قال", "نعم", "ثم", "لا", "لا", "نعم")),
    "the Arabic full stop": ("نعم\N{ARABIC FULL STOP}لا", ("نعم", "لا")),
    "lines and tabs": ("أول\nثان\tثالث\r\nرابع", ("أول", "ثان", "ثالث", "رابع")),
    "marks": ("قَالَ مُحَمَّدٌ", ("قَالَ", "مُحَمَّدٌ")),
    "a dagger alef": ("هٰذا", ("هٰذا",)),
    "a mark without a letter": ("\N{ARABIC FATHA} قال", ("قال",)),
    "tatweel inside": ("ســـلام", ("ســـلام",)),
    "tatweel after": ("1445هـ", ("1445", "هـ")),
    "tatweel before": ("ـسلام", ("سلام",)),
    "tatweel alone": ("نعم ـــ لا", ("نعم", "لا")),
    "tatweel between Latin letters": ("abـcd", ("ab", "cd")),
    "a zero-width non-joiner": ("می\N{ZERO WIDTH NON-JOINER}خواهم", ("می\N{ZERO WIDTH NON-JOINER}خواهم",)),
    "a zero-width joiner": ("ه\N{ZERO WIDTH JOINER} قال", ("ه\N{ZERO WIDTH JOINER}", "قال")),
    "a direction mark inside": ("سل\N{RIGHT-TO-LEFT MARK}ام", ("سل\N{RIGHT-TO-LEFT MARK}ام",)),
    "a direction mark before": ("\N{RIGHT-TO-LEFT MARK}سلام", ("سلام",)),
    "an embedding around Latin letters": (
        "\N{LEFT-TO-RIGHT EMBEDDING}BBC\N{POP DIRECTIONAL FORMATTING} قالت",
        ("BBC", "قالت"),
    ),
    "an isolate around a name": (
        "\N{FIRST STRONG ISOLATE}علي\N{POP DIRECTIONAL ISOLATE}قال",
        ("علي\N{POP DIRECTIONAL ISOLATE}قال",),
    ),
    "a byte order mark": ("\N{ZERO WIDTH NO-BREAK SPACE}سلام", ("سلام",)),
    "a soft hyphen": ("co\N{SOFT HYPHEN}op", ("co\N{SOFT HYPHEN}op",)),
    "presentation forms": (
        "\N{ARABIC LETTER SEEN INITIAL FORM}\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}م",
        ("\N{ARABIC LETTER SEEN INITIAL FORM}\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}م",),
    ),
    "the ligature of the name of God": (
        "\N{ARABIC LIGATURE ALLAH ISOLATED FORM} أكبر",
        ("\N{ARABIC LIGATURE ALLAH ISOLATED FORM}", "أكبر"),
    ),
    "ornate brackets": ("\N{ORNATE LEFT PARENTHESIS}نعم\N{ORNATE RIGHT PARENTHESIS}", ("نعم",)),
    "the rial sign after a word": (
        "محمد\N{RIAL SIGN}",
        ("محمد",),
    ),
    "Persian and Urdu letters": ("پاریس چای گوگل ٹی ڈھاکہ", ("پاریس", "چای", "گوگل", "ٹی", "ڈھاکہ")),
    "Maghrebi letters": ("ڭادير ڤيديو ڨفصة", ("ڭادير", "ڤيديو", "ڨفصة")),
    "western digits": ("عام 2021", ("عام", "2021")),
    "Arabic digits": ("عام ٢٠٢١", ("عام", "٢٠٢١")),
    "Persian digits": ("سال ۱۴۰۰", ("سال", "۱۴۰۰")),
    "thousands": ("1,234,567 ليرة", ("1,234,567", "ليرة")),
    "Arabic thousands": ("١٬٢٣٤٬٥٦٧", ("١٬٢٣٤٬٥٦٧",)),
    "thousands and decimals": ("1,234.50", ("1,234.50",)),
    "not thousands": ("1,2,3", ("1", "2", "3")),
    "too few after the comma": ("1,234,56", ("1,234", "56")),
    "too many after the comma": ("1,2345", ("1", "2345")),
    "years in a row": ("2019,2020", ("2019", "2020")),
    "a decimal": ("3.5 في المئة", ("3.5", "في", "المئة")),
    "an Arabic decimal": ("٣\N{ARABIC DECIMAL SEPARATOR}٥", ("٣\N{ARABIC DECIMAL SEPARATOR}٥",)),
    "a number that ends a sentence": ("عام 2021. ثم", ("عام", "2021", "ثم")),
    "a date with strokes": ("12/05/2021", ("12", "05", "2021")),
    "a date with hyphens": ("2021-05-12", ("2021", "05", "12")),
    "an Arabic date": ("١٢/٥/٢٠٢١", ("١٢", "٥", "٢٠٢١")),
    "a time": ("10:30", ("10", "30")),
    "a percentage": ("50%", ("50",)),
    "an Arabic percentage": ("٥٠٪", ("٥٠",)),
    "a price": ("$15", ("15",)),
    "a phone number": ("+961-1-234567", ("961", "1", "234567")),
    "Latin letters and digits": ("covid19 H1N1", ("covid19", "H1N1")),
    "a digit before Latin letters": ("4G", ("4", "G")),
    "a hyphen": ("covid-19", ("covid", "19")),
    "an Arabic hyphen": ("الكر-والفر", ("الكر", "والفر")),
    "an apostrophe": ("l'état", ("l", "état")),
    "a letter with a loose accent": ("cafe\N{COMBINING ACUTE ACCENT}s", ("cafe\N{COMBINING ACUTE ACCENT}s",)),
    "other scripts": ("МИР שלום Ελλάδα", ("МИР", "שלום", "Ελλάδα")),
    "a hashtag": ("#لبنان_ينتفض", ("لبنان", "ينتفض")),
    "a mention": ("@news_site", ("news", "site")),
    "an address": ("https://www.example.com/a?b=1", ("https", "www", "example", "com", "a", "b", "1")),
    "an e-mail address": ("me@example.com", ("me", "example", "com")),
    "Arabic joined to digits": ("كوفيد19", ("كوفيد", "19")),
    "digits joined to Arabic": ("19مليون", ("19", "مليون")),
    "Arabic joined to Arabic digits": ("كوفيد١٩", ("كوفيد", "١٩")),
    "Latin joined to Arabic": ("googleمحرك", ("google", "محرك")),
    "Arabic joined to Latin": ("مجلةTIME", ("مجلة", "TIME")),
    "the article before Latin letters": ("الـNBC", ("NBC",)),
    "the article before a number": ("قمة الـ7 وال7 والـ 7", ("قمة", "7", "وال", "7", "والـ", "7")),
    "the article before a space": ("أعضاء الـ 27 ثم ال27", ("أعضاء", "27", "ثم", "27")),
    "the article before a quotation": ("فيلم الـ«رسالة»", ("فيلم", "رسالة")),
    "a family, and the article apart": ("آل سعود ال سعود", ("آل", "سعود", "ال", "سعود")),
    "the article with tatweel in its word": ("الـرئيس", ("الـرئيس",)),
    "tatweel after a word that ends like the article": ("مالـ 7", ("مالـ", "7")),
    "an acronym with full stops": ("N.A.T.O. ثم U.N.", ("N.A.T.O", "ثم", "U.N")),
    "an Arabic acronym with full stops": ("(د.ب.أ)", ("د.ب.أ",)),
    "two Arabic letters with a full stop": ("500 ق.م", ("500", "ق", "م")),
    "a title before a name": ("د.أحمد", ("د", "أحمد")),
    "letters with full stops before a word": ("a.b.cde", ("a", "b", "cde")),
    "emoji": ("😀سلام😀", ("سلام",)),
    "an emoji of a family": ("سلام👨\N{ZERO WIDTH JOINER}👩", ("سلام",)),
    "lone surrogates": ("سلام\ud800 قال", ("سلام", "قال")),
}

KINDS = (
    ("سلام", Kind.ARABIC),
    ("پاریس", Kind.ARABIC),
    ("\N{ARABIC LIGATURE ALLAH ISOLATED FORM}", Kind.ARABIC),
    ("2021", Kind.NUMBER),
    ("٢٠٢١", Kind.NUMBER),
    ("۱۴۰۰", Kind.NUMBER),
    ("1,234.5", Kind.NUMBER),
    ("BBC", Kind.OTHER),
    ("covid19", Kind.OTHER),
    ("МИР", Kind.OTHER),
)

MILLIONS = 10_000_000
MARKS = 100_000
LONG_LINES = {
    "an Arabic letter": "ب" * MILLIONS,
    "a digit": "1" * MILLIONS,
    "tatweel": "ـ" * MILLIONS,
    "a mark": "\N{ARABIC SHADDA}" * MILLIONS,
    "a zero-width character": "\N{ZERO WIDTH JOINER}" * MILLIONS,
    "thousands": "1" + ",234" * (MILLIONS // 4) + ",5",
    "a Latin letter": "a" * (MILLIONS // 10),
    "full stops and digits": "1." * (MILLIONS // 20),
    "marks on one letter": "ب" + "\N{ARABIC SHADDA}\N{ARABIC FATHA}" * (MARKS // 2),
    "accents on one letter": "a" + "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}" * (MARKS // 2),
}


@pytest.mark.parametrize(("text", "surfaces"), SURFACES.values(), ids=SURFACES)
def test_words(text: str, surfaces: tuple[str, ...]) -> None:
    assert tuple(word.surface for word in words(text)) == surfaces


@pytest.mark.parametrize("text", [text for text, _ in SURFACES.values()], ids=SURFACES)
def test_words_stand_where_they_say(text: str) -> None:
    assert all(text[word.start : word.end] == word.surface for word in words(text))


def test_offsets_are_code_points_of_the_text_as_written() -> None:
    text = "😀 قَالَ: ســلام"
    assert [(word.start, word.end) for word in words(text)] == [(2, 7), (9, 15)]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: Kind) -> None:
    assert [word.kind for word in words(text)] == [kind]


@given(text=ANY_TEXT)
@unhurried
def test_any_text_has_words_in_order(text: str) -> None:
    found = list(words(text))
    assert all(text[word.start : word.end] == word.surface != "" for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


LONE_ARTICLE = re.compile(f"{ar.ARTICLE}(?:[{ar.TATWEEL}{ar.INVISIBLE}]|(?=[0-9A-Za-z]))")
NO_LETTER = re.compile(f"[{ar.TATWEEL}{ar.ARABIC_FORMS}]")
"""The stretching stroke, marks as presentation forms, ligatures of whole phrases: letters to Unicode alone.
Presentation forms that are letters have their own examples above."""


@given(text=ANY_TEXT)
@unhurried
def test_no_letter_or_digit_is_lost(text: str) -> None:
    between = list(LONE_ARTICLE.sub(lambda found: " " * len(found[0]), text))
    for word in words(text):
        between[word.start : word.end] = " " * (word.end - word.start)
    assert not [
        each for each in between if (each.isalpha() or each.isdecimal()) and not NO_LETTER.match(each)
    ]


@pytest.mark.parametrize("text", LONG_LINES.values(), ids=LONG_LINES)
def test_time_is_linear(text: str) -> None:
    begun = time.perf_counter()
    for _ in words(text):
        pass
    assert time.perf_counter() - begun < SECONDS


@given(text=ANY_TEXT, before=st.text(EDGES, max_size=3), after=st.text(EDGES, max_size=3))
@unhurried
def test_signs_at_the_edges_change_no_word(text: str, before: str, after: str) -> None:
    for piece in text.split():
        assert surfaces(before + piece + after) == surfaces(piece) == surfaces(piece.strip(EDGES))
