"""The rules of stems and roots, each with words it changes and words it leaves alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.stemming import (
    clitics,
    countries,
    endings,
    hamza,
    lemmas,
    plurals,
    roots,
    stemmer,
    verbs,
)
from kashshaf.analyzers.stemming.evidence import Evidence
from kashshaf.analyzers.stemming.variants import joining, months, spellings, vowels
from tests.analyzers.texts import ARABIC_WORDS, forms, unhurried

if TYPE_CHECKING:
    from collections.abc import Callable

EVIDENCE = Evidence(Lexicon.base().count)

RULES: dict[Callable[[str, Evidence], str | None], tuple[dict[str, str], str]] = {
    clitics.without_proclitics: (
        {
            "وبالوزير": "وزير",
            "للبنان": "لبنان",
            "وللحكومه": "حكومه",
            "بدمج": "دمج",
            "فبالجامعه": "جامعه",
            "وبمجتمع": "مجتمع",
            "كالدوله": "دوله",
            "سيبدا": "يبدا",
        },
        "وزير لبنان والد كمال بيروت فلسطين سياره الوان كباب",
    ),
    clitics.without_article: (
        {"الوزير": "وزير", "الغه": "لغه", "الاجيين": "لاجيين"},
        "الغاء الوان الغام العاب الهام التزام المانيا",
    ),
    clitics.without_hidden: (
        {"واستقرار": "استقرار", "بامكان": "امكان", "وبتفتيش": "تفتيش"},
        "فرين وزير والد كباب",
    ),
    clitics.for_the: ({"للناس": "ناس", "للبنان": "لبنان", "وللشعب": "شعب"}, "لبنان ليل"),
    clitics.single: (
        {
            "بدمج": "دمج",
            "وبيروت": "بيروت",
            "كازمه": "ازمه",
            "لكره": "كره",
            "باستخدام": "استخدام",
            "واضاف": "اضاف",
        },
        "والد كباب وزير سجن سيد بلده لجنه بوتر لبنان لقايها ورده",
    ),
    clitics.stacked: ({"وبمجتمع": "مجتمع", "وسيكون": "يكون"}, "وسط وباء وكاله"),
    hamza.from_hamza: (
        {"لأزمه": "ازمه", "الإعدام": "اعدام", "ألسنه": "السنه", "وأكد": "اكد", "بأسره": "اسره"},
        "كأسها السنه لازمه كتاب",
    ),
    endings.dual_or_plural: (
        {"صحفيين": "صحفي", "مسوولون": "مسوول", "يومين": "يوم", "دولتين": "دوله", "لاجيين": "لاجي"},
        "خمسين سبعون لبنان قانون سلطان ماكرون فلسطين تشرين شعبان بستان تلفزيون",
    ),
    endings.feminine_plural: (
        {
            "شركات": "شركه",
            "قرارات": "قرار",
            "سنوات": "سنه",
            "قنوات": "قناه",
            "فتيات": "فتاه",
            "مستشفيات": "مستشفي",
            "فيديوهات": "فيديو",
            "كاميرات": "كاميرا",
            "تعليقات": "تعليق",
        },
        "نبات فرات وقت كتاب",
    ),
    endings.pronoun: (
        {
            "كتابهم": "كتاب",
            "سيارته": "سياره",
            "شركتنا": "شركه",
            "زملايه": "زملاء",
            "حياتي": "حياه",
            "دمروها": "دمروا",
            "وطالبوه": "وطالبوا",
            "ابنايها": "ابناء",
        },
        "مايك حاكما احيانا موديرنا ساموي كونواي رضوانا قهوه شركه سيرك فرنك وزاره حربي لبناني مياه درهما",
    ),
    endings.accusative: (
        {"وزيرا": "وزير", "محليا": "محلي", "اتفاقا": "اتفاق", "قتيلا": "قتيل", "معلنا": "معلن"},
        "كسلا زامبيا موكا صيدا كوبا سوريا كاميرا دينا",
    ),
    endings.construct: ({"موظفو": "موظف", "مسوولي": "مسوول", "مقاتلو": "مقاتل"}, "حربي فيديو مصري يوليو"),
    endings.feminine: (
        {"سياسيه": "سياسي", "وزيره": "وزير", "معلمه": "معلم", "متحركه": "متحرك", "كبيره": "كبير"},
        "ناديه تربيه مديريه باليه شركه مكتبه منطقه ثوره طايره عاصمه مدرسه غاره كليه مصالحه",
    ),
    verbs.present: (
        {
            "يكتب": "كتب",
            "يعلن": "اعلن",
            "تضيع": "ضاع",
            "يغيب": "غاب",
            "يروي": "روي",
            "تميل": "يميل",
            "نعيش": "عاش",
            "يكتبون": "يكتب",
            "يستقبل": "استقبل",
            "ينتخب": "انتخب",
        },
        "يمين تونس يوم يابان نوبل تركيا تشرين نجيب يميل",
    ),
    verbs.past: (
        {"قالت": "قال", "كتبوا": "كتب", "نفت": "نفي", "اعلنت": "اعلن", "افادت": "افاد"},
        "بيت صوت وقت بيروت بنت شابت",
    ),
    plurals.broken_plural: (
        {"حوادث": "حادث", "رسايل": "رساله", "عناوين": "عنوان", "قوانين": "قانون", "شوارع": "شارع"},
        "تواصل مواقع مواطن كتاب حوالي روايه",
    ),
    lemmas.from_list: ({"كتب": "كتاب", "بنات": "بنت", "نيران": "نار"}, "كتاب مدرسه"),
    vowels.with_vowels: (
        {"بروفسور": "بروفيسور", "مانشيستر": "مانشستر", "فرانسسكو": "فرانسيسكو", "بروتكول": "بروتوكول"},
        "سليمان سلمان مشكلاته استجوابات كارتر بروتوكول مارسيلا متوفره",
    ),
    months.month: ({"جانفي": "يناير", "شباط": "فبراير", "دجنبر": "ديسمبر"}, "ماضي مات نيسان اب"),
    lemmas.from_table: (
        {"مدارس": "مدرسه", "يقول": "قال", "ضرايب": "ضريبه"},
        "لبنان توتال تسلا مذيع اوبر كيان عياده اعلان زوال رباط",
    ),
    spellings.with_ghain: (
        {"انجولا": "انغولا", "شيكاجو": "شيكاغو"},
        "مجموعه مجتمع جمع اجنبي جاليه بجايه جبايي بجربه",
    ),
    spellings.unstretched: (
        {"مبروووك": "مبروك", "الللله": "الله", "كبييير": "كبير"},
        "الله كتاب لله بيييه بييي",
    ),
    countries.country: ({"سوري": "سوريا", "اميركي": "امريكا", "فرنسي": "فرنسا"}, "عربي مصري سوريا كرسي"),
    spellings.one_spelling: ({"اميركا": "امريكا", "جوجل": "غوغل", "شيون": "شوون"}, "كتاب امريكا"),
}
"""Folded words: what a rule makes of them, and those it leaves as they are."""

ROOTS = {
    "استقبال": "قبل",
    "مستقبل": "قبل",
    "كاتب": "كتب",
    "مكتوب": "كتب",
    "مكتبه": "كتب",
    "اجتماع": "جمع",
    "رييس": "روس",
    "قال": "قول",
    "يد": "ود",
    "و": "و",
}

MISSING_SPACES = {
    "الحوارمع": ("الحوار", "مع"),
    "دارالنشر": ("دار", "النشر"),
    "عبدالله": ("عبد", "الله"),
}
ONE_WORD = "انتخابات الانتخابات مسلمون الوالد"


def examples() -> list[object]:
    return [
        pytest.param(rule, word, into, id=f"{rule.__name__}-{word}")
        for rule, (changed, left) in RULES.items()
        for word, into in (changed | {word: word for word in left.split()}).items()
    ]


@pytest.mark.parametrize(("rule", "word", "into"), examples())
def test_rule(rule: Callable[[str, Evidence], str | None], word: str, into: str) -> None:
    assert (rule(word, EVIDENCE) or word) == into


def test_every_step_has_its_table() -> None:
    assert set(stemmer.STEPS) <= set(RULES)


@pytest.mark.parametrize(("stem", "root"), ROOTS.items())
def test_root(stem: str, root: str) -> None:
    assert roots.root_of(stem) == root


@pytest.mark.parametrize(("word", "parts"), MISSING_SPACES.items())
def test_missing_space(word: str, parts: tuple[str, str]) -> None:
    assert joining.two_words(word, EVIDENCE) == parts


@pytest.mark.parametrize("word", ONE_WORD.split())
def test_no_missing_space(word: str) -> None:
    assert joining.two_words(word, EVIDENCE) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@given(word=ARABIC_WORDS)
@unhurried
def test_a_rule_never_raises(rule: Callable[[str, Evidence], str | None], word: str) -> None:
    assert rule(word, EVIDENCE) != ""


@given(word=ARABIC_WORDS)
@unhurried
def test_equal_folded_words_have_equal_stems_and_no_stem_is_empty(word: str) -> None:
    found = forms(word)
    again = forms(found.folded[0])
    assert all(found.stem)
    alike = not found.exact or hamza.shown(found.exact[0], found.folded[0]) == found.folded[0]
    assert not alike or not found.stem or not again.stem or found.stem == again.stem
    assert bool(found.stem) == bool(found.root)


def test_new_words_take_little_time() -> None:
    words = [f"{word}ها" for word in ("كتاب", "وبالمدرسه", "يكتبون", "مستشفيات", "هوفنغارد")] * 400
    Lexicon.base().analysed(words[0])
    begun = time.perf_counter()
    for word in words:
        Lexicon.base().analysed(word)
    assert (time.perf_counter() - begun) / len(words) < 0.001
