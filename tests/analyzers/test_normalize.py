"""Every letter rule by example: what it changes, and what it must leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given

from analyzers.normalize import (
    bound_marks,
    compose,
    fold_alef,
    fold_alef_maksura,
    fold_borrowed,
    fold_case,
    fold_hamza_seats,
    fold_last_hamza,
    fold_teh_marbuta,
    fold_wrong_seat,
    plain_number,
    spell_small_letters,
    strip_accents,
    strip_dots,
    strip_invisible,
    strip_leading_zeros,
    strip_marks,
    strip_tatweel,
    unify_letters,
    western_digits,
)
from tests.analyzers.texts import ANY_TEXT, RULES, STEPS, is_rule, name_of, unhurried

if TYPE_CHECKING:
    from tests.analyzers.texts import Step


class Example(NamedTuple):
    """A word before and after a rule."""

    word: str
    into: str


def turns(word: str, *, into: str) -> Example:
    return Example(word, into)


def keeps(word: str) -> Example:
    return Example(word, word)


# The rule, then its examples. Code points that look like others are named; the rest is as people write it.
TABLE: dict[Step, tuple[Example, ...]] = {
    bound_marks: (
        keeps("مُدَرِّسَةٌ"),
        keeps("ب" + "\N{ARABIC FATHA}" * 4),
        turns("ب" + "\N{ARABIC FATHA}" * 5, into="ب" + "\N{ARABIC FATHA}" * 4),
        turns(
            "a" + "\N{COMBINING ACUTE ACCENT}" * 90 + "b", into="a" + "\N{COMBINING ACUTE ACCENT}" * 4 + "b"
        ),
    ),
    compose: (
        turns(
            "\N{ARABIC LETTER SEEN INITIAL FORM}\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}م", into="سلام"
        ),
        turns("\N{ARABIC LIGATURE ALLAH ISOLATED FORM}", into="الله"),
        turns("\N{ARABIC LIGATURE LAM WITH ALEF WITH HAMZA ABOVE ISOLATED FORM}ن", into="لأن"),
        turns("\N{ARABIC LETTER TEH MARBUTA FINAL FORM}", into="ة"),
        turns("\N{ARABIC LETTER ALEF MAKSURA FINAL FORM}", into="ى"),
        turns("ا\N{ARABIC HAMZA ABOVE}مل", into="أمل"),
        turns("ا\N{ARABIC HAMZA BELOW}مام", into="إمام"),
        turns("ا\N{ARABIC MADDAH ABOVE}مال", into="آمال"),
        turns("و\N{ARABIC HAMZA ABOVE}", into="ؤ"),
        turns("ي\N{ARABIC HAMZA ABOVE}", into="ئ"),
        turns("ا\N{ARABIC FATHA}\N{ARABIC HAMZA ABOVE}", into="أ\N{ARABIC FATHA}"),
        turns("س\N{ARABIC FATHA MEDIAL FORM}لام", into="سلام"),
        turns("س\N{ARABIC SHADDA ISOLATED FORM}لام", into="سلام"),
        turns("\N{LATIN SMALL LIGATURE FI}lm", into="film"),
        turns("e\N{COMBINING ACUTE ACCENT}", into="é"),
        turns("\N{FULLWIDTH LATIN CAPITAL LETTER A}", into="A"),
        keeps("سلام"),
        keeps("مُحَمَّد"),
        keeps("لا"),
        keeps("ســلام"),
        keeps("الإيراني"),
        keeps("پاریس"),
        keeps("١٢٣"),
    ),
    strip_invisible: (
        turns("می\N{ZERO WIDTH NON-JOINER}خواهم", into="میخواهم"),
        turns("ه\N{ZERO WIDTH JOINER}", into="ه"),
        turns("سلام\N{RIGHT-TO-LEFT MARK}", into="سلام"),
        turns("سل\N{LEFT-TO-RIGHT MARK}ام", into="سلام"),
        turns("سلام\N{ARABIC LETTER MARK}", into="سلام"),
        turns("سلام\N{POP DIRECTIONAL FORMATTING}\N{POP DIRECTIONAL ISOLATE}", into="سلام"),
        turns("كتاب\N{ZERO WIDTH SPACE}", into="كتاب"),
        turns("\N{ZERO WIDTH NO-BREAK SPACE}كتاب", into="كتاب"),
        turns("co\N{SOFT HYPHEN}op", into="coop"),
        turns("ك\N{VARIATION SELECTOR-16}", into="ك"),
        keeps("سلام"),
        keeps("مُحَمَّد"),
        keeps("ســلام"),
        keeps("co-op"),
        keeps("سلام عليكم"),
    ),
    spell_small_letters: (
        turns("شَيْطَٰن", into="شَيْطَان"),
        turns("سُبْحَـٰن", into="سُبْحَان"),
        turns("زَكَوٰة", into="زَكَاة"),
        turns("غَدَوٰة", into="غَدَاة"),
        turns("صَلَوَٰت", into="صَلَوَات"),
        turns("ٱلتَّوْرَىٰة", into="ٱلتَّوْرَاة"),
        turns("مَوْلَىٰكُم", into="مَوْلَاكُم"),
        turns("عِيسَىٰ", into="عِيسَى"),
        turns("إِبْرَٰهِـۧم", into="إِبْرَاهِيم"),
        turns("نُـۨجِى", into="نُنجِى"),
        turns("يُحْىِۦ", into="يُحْيِي"),
        turns("لَهُۥ بِهِۦ", into="لَهُۥ بِهِ"),
        turns("ءَامَنَ", into="آمَنَ"),
        turns("ٱلْقُرْءَان", into="ٱلْقُرْآن"),
        turns("أَفْـِٔدَة", into="أَفْئِدَة"),
        turns("يَسْـَٔلُون", into="يَسْألُون"),
        turns("بِـَٔايَة", into="بِآيَة"),
        turns("هٰذِهِ", into="هذِهِ"),
        turns("وَلَٰكِن", into="وَلَكِن"),
        turns("ٱلرَّحْمَٰن", into="ٱلرَّحْمَن"),
        turns("كَذَٰلِك", into="كَذَلِك"),
        turns("إِلَٰهُنَا", into="إِلَهُنَا"),
        keeps("جُزْءًا"),
        keeps("جزءان"),
        keeps("قراءات"),
        keeps("سَلَام"),
        keeps("ســلام"),
    ),
    strip_marks: (
        turns("مُحَمَّدٌ", into="محمد"),
        turns("سَلَامٌ", into="سلام"),
        turns("شكرًا", into="شكرا"),
        turns("شكراً", into="شكرا"),
        turns("كِتابٍ", into="كتاب"),
        turns("لْ", into="ل"),
        turns("هٰذا", into="هذا"),
        turns("ق\N{ARABIC SMALL HIGH JEEM}", into="ق"),
        turns("ص\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}", into="ص"),
        turns("ب\N{ARABIC CURLY FATHA}", into="ب"),
        keeps("محمد"),
        keeps("أمل"),
        keeps("إمام"),
        keeps("آمال"),
        keeps("مسؤول"),
        keeps("شيء"),
        keeps("ســلام"),
        keeps("٪"),
        keeps("é"),
    ),
    strip_dots: (
        turns("n.a.t.o", into="nato"),
        turns("د.ب.أ", into="دبأ"),
        keeps("nato"),
        keeps("دبأ"),
    ),
    strip_tatweel: (
        turns("ســـلام", into="سلام"),
        turns("هـ", into="ه"),
        turns("ـــ", into=""),
        keeps("سلام"),
        keeps("سَلام"),
        keeps("س_لام"),
        keeps("س-لام"),
    ),
    unify_letters: (
        turns("\N{ARABIC LETTER KEHEH}تاب", into="كتاب"),
        turns("\N{ARABIC LETTER SWASH KAF}تاب", into="كتاب"),
        turns("سور\N{ARABIC LETTER FARSI YEH}ا", into="سوريا"),
        turns("عل\N{ARABIC LETTER FARSI YEH}", into="علي"),
        turns("فاس\N{ARABIC LETTER YEH BARREE}", into="فاسي"),
        turns("\N{ARABIC LETTER HEH GOAL}ند", into="هند"),
        turns("\N{ARABIC LETTER HEH DOACHASHMEE}ند", into="هند"),
        turns("هول\N{ARABIC LETTER AE}", into="هوله"),
        turns("مدرس\N{ARABIC LETTER TEH MARBUTA GOAL}", into="مدرسة"),
        turns("\N{ARABIC LETTER FEH WITH DOT MOVED BELOW}اس", into="فاس"),
        turns("\N{ARABIC LETTER QAF WITH DOT ABOVE}ال", into="قال"),
        keeps("كتاب"),
        keeps("على"),
        keeps("علي"),
        keeps("مدرسة"),
        keeps("أمل"),
        keeps("پاريس"),
        keeps("چاي"),
        keeps("ڤيديو"),
        keeps("مؤمن"),
    ),
    western_digits: (
        turns("٠١٢٣٤٥٦٧٨٩", into="0123456789"),
        turns("۰۱۲۳۴۵۶۷۸۹", into="0123456789"),
        turns("٢٠٢١", into="2021"),
        turns("٣\N{ARABIC DECIMAL SEPARATOR}٥", into="3\N{ARABIC DECIMAL SEPARATOR}5"),
        keeps("2021"),
        keeps("خمسة"),
        keeps("v2"),
    ),
    plain_number: (
        turns("1,234,567", into="1234567"),
        turns("1٬234", into="1234"),
        turns("3\N{ARABIC DECIMAL SEPARATOR}5", into="3.5"),
        turns("1٬234\N{ARABIC DECIMAL SEPARATOR}5", into="1234.5"),
        keeps("3.5"),
        keeps("1234"),
        keeps("0"),
    ),
    fold_case: (
        turns("BBC", into="bbc"),
        turns("École", into="école"),
        turns("STRASSE", into="strasse"),
        turns("straße", into="strasse"),
        turns("МИР", into="мир"),
        keeps("bbc"),
        keeps("école"),
        keeps("covid19"),
    ),
    fold_last_hamza: (
        turns("الشواطىء", into="الشواطئ"),
        turns("دافىء", into="دافئ"),
        turns("دافيء", into="دافئ"),
        turns("ينشىء", into="ينشئ"),
        turns("فوجىء", into="فوجئ"),
        turns("سيىء", into="سيئ"),
        keeps("شىء"),
        keeps("كالشيء"),
        keeps("وبشيء"),
        keeps("لاشيء"),
        keeps("جريء"),
        keeps("وبريء"),
        keeps("بمجىء"),
        keeps("يضيء"),
        keeps("وسيجيء"),
        keeps("ماء"),
        keeps("دافئ"),
    ),
    fold_wrong_seat: (
        turns("برائة", into="براءة"),
        turns("إضائات", into="إضاءات"),
        keeps("براءة"),
        turns("إسائته", into="إساءته"),
        turns("بجزئ", into="بجزء"),
        turns("والعبئ", into="والعبء"),
        turns("جزئا", into="جزءا"),
        turns("المرئة", into="المرأة"),
        turns("جرئتها", into="جرأتها"),
        keeps("مائة"),
        keeps("ثلاثمائة"),
        keeps("فائته"),
        keeps("الفائت"),
        keeps("عائلة"),
        keeps("وبمئة"),
        keeps("لفئة"),
        keeps("بشئ"),
        keeps("هيئة"),
        keeps("بيئات"),
        keeps("سيئ"),
        keeps("قارئا"),
        keeps("تهنئة"),
        keeps("مفاجئة"),
        keeps("لاجئ"),
        keeps("شئ"),
    ),
    fold_alef: (
        turns("أمل", into="امل"),
        turns("إيران", into="ايران"),
        turns("آمال", into="امال"),
        turns("ٱلحمد", into="الحمد"),
        turns("قرأ", into="قرا"),
        turns("قرآن", into="قران"),
        keeps("ايران"),
        keeps("مسؤول"),
        keeps("مسائل"),
        keeps("شيء"),
        keeps("ماء"),
        keeps("على"),
        keeps("فتى"),
    ),
    fold_hamza_seats: (
        turns("مسؤول", into="مسوول"),
        turns("مؤتمر", into="موتمر"),
        turns("رئيس", into="رييس"),
        turns("شئ", into="شي"),
        keeps("أمل"),
        keeps("إيران"),
        keeps("ماء"),
        keeps("وزير"),
        keeps("يد"),
    ),
    fold_alef_maksura: (
        turns("على", into="علي"),
        turns("مصطفى", into="مصطفي"),
        turns("فى", into="في"),
        keeps("علي"),
        keeps("عصا"),
        keeps("رئيس"),
        keeps("شئ"),
    ),
    fold_teh_marbuta: (
        turns("مدرسة", into="مدرسه"),
        turns("فاطمة", into="فاطمه"),
        turns("دولةإسرائيل", into="دولهإسرائيل"),
        keeps("مدرسه"),
        keeps("وجه"),
        keeps("بنت"),
        keeps("مدرستنا"),
    ),
    fold_borrowed: (
        turns("پاريس", into="باريس"),
        turns("چاي", into="جاي"),
        turns("ژاكت", into="زاكت"),
        turns("ڤيديو", into="فيديو"),
        turns("گوگل", into="كوكل"),
        turns("\N{ARABIC LETTER NG}ادير", into="كادير"),
        turns("\N{ARABIC LETTER QAF WITH THREE DOTS ABOVE}يديو", into="فيديو"),
        keeps("باريس"),
        keeps("غوغل"),
        keeps("قال"),
        keeps("جوجل"),
        keeps("شاي"),
    ),
    strip_accents: (
        turns("café", into="cafe"),
        turns("naïve", into="naive"),
        turns("Zürich", into="Zurich"),
        turns("İstanbul", into="Istanbul"),
        turns("cafe\N{COMBINING ACUTE ACCENT}", into="cafe"),
        keeps("cafe"),
        keeps("søster"),
        keeps("straße"),
        keeps("أمل"),
        keeps("مُحَمَّد"),
        keeps("한국"),
    ),
    strip_leading_zeros: (
        turns("05", into="5"),
        turns("007", into="7"),
        turns("000", into="0"),
        keeps("0"),
        keeps("50"),
        keeps("100"),
        keeps("2005"),
        keeps("3.05"),
    ),
}

ROWS = [
    pytest.param(rule, *example, id=name_of(rule)) for rule, examples in TABLE.items() for example in examples
]

NORMALIZED = [step for step in STEPS if is_rule(step)]
ONCE_IS_ENOUGH = list({**dict.fromkeys(RULES), **dict.fromkeys(NORMALIZED)})


@pytest.mark.parametrize(("rule", "word", "into"), ROWS)
def test_rule(rule: Step, word: str, into: str) -> None:
    assert rule(word) == into
    assert rule(into) == into


def test_every_rule_stands_in_the_table() -> None:
    assert set(TABLE) == set(RULES)


@pytest.mark.parametrize("rule", TABLE, ids=name_of)
def test_every_rule_has_right_and_wrong_examples(rule: Step) -> None:
    changed = [example for example in TABLE[rule] if example.word != example.into]
    assert changed
    assert len(changed) < len(TABLE[rule])


def test_every_rule_is_used_by_a_chain() -> None:
    assert set(RULES) <= set(STEPS)


@pytest.mark.parametrize("rule", ONCE_IS_ENOUGH, ids=name_of)
@given(text=ANY_TEXT)
@unhurried
def test_a_second_time_changes_nothing(rule: Step, text: str) -> None:
    once = rule(text)
    assert rule(once) == once


@pytest.mark.parametrize("rule", RULES, ids=name_of)
@given(text=ANY_TEXT)
@unhurried
def test_a_rule_never_raises(rule: Step, text: str) -> None:
    assert isinstance(rule(text), str)


@pytest.mark.parametrize("step", STEPS, ids=name_of)
@given(text=ANY_TEXT.filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)))
@unhurried
def test_a_step_never_raises(step: Step, text: str) -> None:
    assert isinstance(step(text), str)
