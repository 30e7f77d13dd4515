"""Which texts are one text, published again: a table of right and wrong, and what holds of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.index.documents import Article, Section
from kashshaf.index.stories.shingles import LONGEST, NEAR_DUPLICATE, Texts, band_hashes, jaccard

NEWS = (
    "افتتح وزير النقل أمس الجسر الجديد الذي يربط ضفتي النهر عند المدخل الشمالي للمدينة، وقال في كلمة ألقاها"
    " أمام الأهالي إن العمل استغرق ثلاث سنوات وشارك فيه أكثر من أربعمئة عامل ومهندس.\n"
    "وأضاف الوزير أن الجسر سيخفف الازدحام على الطريق القديم بنحو النصف، وأن المرحلة الثانية تبدأ في"
    " الربيع المقبل وتشمل رصيفاً للمشاة ومساراً للدراجات، على أن تنتهي قبل نهاية العام."
)
SPELLED = (
    "إفتتح وزير النقل امس الجسر الجديد الذى يربط ضفتى النهر عند المدخل الشمالى للمدينه وقال فى كلمة القاها"
    " امام الاهالى ان العمل استغرق ثلاث سنوات وشارك فيه اكثر من أربعمئة عامل ومهندس\n"
    "وأضَافَ الوزير أنَّ الجســر سيُخفّف الازدحام على الطريق القديم بنحو النصف ؛ وأن المرحلة الثانية تبدأ في الربيع"
    " المقبل وتشمل رصيفًا للمشاة ومسارًا للدراجات ، على أن تنتهي قبل نهاية العام"
)
PRICES = (
    "سجل سعر غرام الذهب من عيار أربعة وعشرين في السوق المحلية اليوم {} ديناراً وبلغ عيار واحد وعشرين {} ديناراً"
    " فيما سجل عيار ثمانية عشر {} ديناراً وبلغت الليرة {} ديناراً والأونصة {} دولاراً بحسب نقابة الصاغة"
)
BRIEF = "أعلنت الشركة إغلاق الطريق الساحلي مساء اليوم لأعمال الصيانة."

EDGE = "الرياض (واس) - " + " ".join(NEWS.split()[:19])

SAME = {
    "letter for letter": (NEWS, NEWS),
    "hamza, teh marbuta, alef maksura, marks, tatweel, punctuation": (NEWS, SPELLED),
    "paragraphs run together": (NEWS, NEWS.replace("\n", " ")),
    "digits of another system": (NEWS + " 12500 متر", NEWS + " ١٢٥٠٠ متر"),
    "a dateline with an agency": (NEWS, "بيروت (أ ف ب) - " + NEWS),
    "a dateline with another agency": ("الرياض – واس: " + NEWS, "عمّان - بترا - " + NEWS),
    "an agency at the end": (NEWS, NEWS + " (رويترز)"),
    "a line that says where from": (NEWS, NEWS + "\nالمصدر: وكالة الأنباء"),
    "read also, and titles after it": (
        NEWS,
        NEWS + "\nاقرأ أيضاً:\nموسم الزيتون يبدأ باكراً هذا العام\nالمدرسة تستقبل التلاميذ",
    ),
    "read also in the last line": (NEWS, NEWS + " إقرأ ايضا : موسم الزيتون يبدأ باكراً هذا العام في الشمال"),
    "read also between paragraphs": (
        NEWS,
        NEWS.replace("\n", "\nشاهد أيضا: صور من افتتاح الجسر والموكب على النهر\n"),
    ),
    "a sentence of the site at the end": (NEWS, NEWS + "\nجميع الحقوق محفوظة لصحيفة الساحل ٢٠١٦"),
    "a word or two changed": (NEWS, NEWS.replace("أمس", "الثلاثاء").replace("المقبل", "القادم")),
    "a short text": (BRIEF, "اعلنت الشركه إغلاق الطريق الساحلى مساء اليوم لأعمال الصيانة"),
    "a short text with the same agency": ("الرياض (واس) - " + BRIEF, "الرياض – واس: " + BRIEF),
    "a text that is short without its dateline": (EDGE, EDGE),
}
OTHER = {
    "other news of the same matter": (
        NEWS,
        "قال رئيس بلدية المدينة إن الجسر الجديد الذي افتتحه وزير النقل أمس لن يكفي ما لم يوسّع الطريق القديم،"
        " ودعا الوزارة إلى البدء بالمرحلة الثانية قبل الربيع وإلى إشراك الأهالي في اختيار مسار الدراجات.",
    ),
    "half the text and then other words": (
        NEWS,
        NEWS.split("\n", maxsplit=1)[0]
        + "\nورأى سكان الضفة الجنوبية أن الجسر لا يحل مشكلتهم، وأن الحافلات ما زالت تتأخر كل"
        " صباح، وطالبوا بخط جديد يصل الحي الشرقي بالسوق.",
    ),
    "a bulletin with other figures": (
        PRICES.format(41, 36, 31, 290, 1312),
        PRICES.format(40, 35, 30, 284, 1290),
    ),
    "the same words in another order": (NEWS, " ".join(sorted(NEWS.split()))),
    "a short text with one word changed": (BRIEF, BRIEF.replace("الساحلي", "الجبلي")),
    "a short text with an agency": (BRIEF, "الرياض (واس) - " + BRIEF),
    "words before the name of an agency": ("زار وفد مقر وكالة رويترز أمس", "غادر عمال مبنى وكالة رويترز أمس"),
    "a word that is an agency's name": ("وصل الوفدان معا إلى المطار", "سافر الفريقان معا إلى المطار"),
    "an agency at the end of a flash": ("استقالة مدير وكالة رويترز", "استقالة مدير وكالة الأناضول"),
    "no text": ("", ""),
    "no text but its boilerplate": ("المصدر: وكالات", "المصدر: وكالات"),
}
TEXTS = Texts(FoldedWords().words)


def alike(one: Article, other: Article) -> float:
    return jaccard(*(frozenset(TEXTS.of(each).shingles()) for each in (one, other)))


def article(text: str, title: str = "", lead: str = "") -> Article:
    return Article(id="a", title=title, lead=lead, sections=(Section("", text),))


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_one_text(one: str, other: str) -> None:
    assert alike(article(one), article(other)) >= NEAR_DUPLICATE
    assert alike(article(other), article(one)) >= NEAR_DUPLICATE
    sketches = (set(band_hashes(TEXTS.of(article(text)).sketch())) for text in (one, other))
    assert set.intersection(*sketches), "they would never be compared"


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_two_texts(one: str, other: str) -> None:
    assert alike(article(one), article(other)) < NEAR_DUPLICATE


def test_titles_may_differ_but_for_short_texts() -> None:
    assert alike(article(NEWS, "افتتاح الجسر"), article(NEWS, "جسر جديد على النهر")) == 1
    assert alike(article(BRIEF, "إغلاق"), article(BRIEF, "الطريق الساحلي")) == 0
    assert alike(article(BRIEF, "إغلاق"), article(BRIEF, "اغلاق!")) == 1


def test_a_title_alone_is_no_text() -> None:
    assert alike(article("", "افتتاح الجسر الجديد"), article("", "افتتاح الجسر الجديد")) == 0
    assert TEXTS.of(article("", "افتتاح الجسر الجديد")).sketch() == b""


def test_where_the_words_stand_does_not_matter() -> None:
    first, rest = NEWS.split("\n")
    assert alike(article(NEWS), article(rest, lead=first)) == 1
    assert alike(article(NEWS, "جسر على النهر"), article("جسر على النهر\n" + NEWS, "جسر على النهر")) == 1


def test_what_reads_like_boilerplate_within_a_text_stays() -> None:
    said = NEWS.replace("وأضاف", "وبحسب رويترز فقد تعذر نقلا عن المصدر اقرأ أيضا وأضاف")
    assert {"رويترز", "المصدر", "ايضا"} <= set(TEXTS.of(article(said)).words)


def test_long_texts_are_bounded() -> None:
    assert len(TEXTS.of(article("جسر " * (LONGEST + 5))).words) == LONGEST


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text(one: str, other: str) -> None:
    first, second = article(one, other), article(other, one)
    assert 0 <= alike(first, second) == alike(second, first) <= 1
    assert alike(first, first) == (1 if TEXTS.of(first).words else 0)
    assert TEXTS.of(first).sketch() == TEXTS.of(first).sketch()
    assert bool(TEXTS.of(first).sketch()) == bool(TEXTS.of(first).words)
