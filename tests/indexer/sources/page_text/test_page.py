"""Shapes that a page's text may have, one rule each, around one article."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.documents import Section
from kashshaf.indexer.sources.outcome import UnfitError
from kashshaf.indexer.sources.page_text import page as text_page
from kashshaf.indexer.sources.reading import ReaderOptions, Reading
from tests.indexer.conftest import NOON
from tests.indexer.sources.told import with_options

if TYPE_CHECKING:
    from kashshaf.index.documents import Article

TITLE = "افتتاح محطة جديدة لتحلية المياه في الساحل"
LEAD = "افتتح وزير المياه أمس محطة جديدة لتحلية مياه البحر على الساحل الغربي، وهي الأكبر في المنطقة."
ONE = "وقال الوزير إن المحطة ستغذي أربع مدن كانت تعاني من انقطاع المياه في فصل الصيف منذ سنوات."
TWO = "وأضاف أن المرحلة الثانية ستبدأ في العام المقبل بتمويل من صندوق التنمية."
THREE = "ورحب الأهالي بالمشروع وطالبوا بخفض الرسوم على المزارعين الصغار في القرى المجاورة."
BODY = f"{LEAD}\n\nخطة من مرحلتين\n\n{ONE}\n\n{TWO}\n\nمطالب الأهالي\n\n{THREE}\n"
SECTIONS = (Section("خطة من مرحلتين", f"{ONE}\n\n{TWO}"), Section("مطالب الأهالي", THREE))
ARTICLE = f"{TITLE}\n\n{TITLE}\n{BODY}\n"
SALIM = "    سالم\n\n    ·منذ 3 أيام\n    خبر سعيد للجميع\n"
HUDA = "    هدى\n\n    ·منذ يومين\n    متى تبدأ المرحلة الثانية؟\n"
COMMENTS = f"{SALIM}\n{HUDA}"
SAID = [("سالم", "2024-03-21", "خبر سعيد للجميع"), ("هدى", "2024-03-22", "متى تبدأ المرحلة الثانية؟")]

AROUND = {
    "nothing": ARTICLE,
    "site before a bar": f"موقع الساحل | {ARTICLE}",
    "site after a dash": ARTICLE.replace("\n", " - موقع الساحل\n", 1),
    "a skip link first": f"انتقل إلى المحتوى\n{ARTICLE}",
    "menu between": ARTICLE.replace("\n\n", "\n\nالرئيسية\nأخبار\nرياضة\n\nالرئيسية / أخبار\n\n", 1),
    "most read before": ARTICLE.replace("\n\n", f"\n\nالأكثر قراءة\nأمطار على المرتفعات\n{TITLE}\n\n", 1),
    "a notice between": ARTICLE.replace("\n\n", "\n\nنستخدم ملفات الارتباط لتحسين تجربتك.\nموافق\n\n", 1),
    "lists after": f"{ARTICLE}شارك\nفيسبوك\nطباعة\n\nالأكثر قراءة\nخبر آخر\n{TITLE}\n\n© 2024 الساحل.\n",
    "closed in a sentence": f"{ARTICLE}عذراً، التعليقات مغلقة على هذا الخبر.\n\nالأكثر قراءة\n",
    "closed, then prose": f"{ARTICLE}التعليقات مغلقة\n\nاشترك في نشرتنا ليصلك كل جديد.\n",
    "no blank lines": "\n".join(line for line in ARTICLE.split("\n") if line),
    "two line ends a line": ARTICLE.replace("\n", "\n\n").replace(f"{TITLE}\n\n{LEAD}", f"{TITLE}\n{LEAD}"),
    "advertisements": f"{ARTICLE.replace(TWO, f'إعلان{chr(10) * 2}{TWO}')}\nإعلان\n",
}
SPOKEN = {
    "set in": f"التعليقات (2)\n\n{COMMENTS}2\n\nالأكثر قراءة\n",
    "not set in": f"التعليقات (2)\n\n{COMMENTS.replace('    ', '')}2\n\nالأكثر قراءة\n\nخبر\n\nمنذ ساعة\n",
    "with tabs": f"التعليقات (2)\n\n{COMMENTS.replace('    ', chr(9))}2\n",
    "date beside the name": f"2 تعليقات\n\n{COMMENTS.replace(f'{chr(10) * 2}    ·', ' · ')}2\n",
    "date last": "التعليقات (2)\n\n    سالم\n    خبر سعيد للجميع\n    منذ 3 أيام\n\n"
    "    هدى\n    متى تبدأ المرحلة الثانية؟\n    منذ يومين\n2\n",
    "sorting above": f"التعليقات (2)\n\nترتيب حسب\nالأحدث\nالأقدم\n\n{COMMENTS}2\n",
    "buttons and counts": f"التعليقات (2)\n\n{COMMENTS}".replace(
        "للجميع\n", "للجميع\n    إعجاب (3)\n    رد\n"
    ).replace("؟\n", "؟\n    إعجاب (0)\n    رد\n"),
    "a form below": f"التعليقات (2)\n\n{COMMENTS}\n    أضف تعليقاً\n    الاسم\n    إرسال\n",
    "a menu in between": f"التعليقات (2)\n\n{SALIM}\nإعلان\n\n{HUDA}2\n",
}
DECLARED = [
    ("التعليقات (٥)", 5),
    ("5 تعليقات", 5),
    ("تعليقات القراء (2)", 2),
    ("عدد التعليقات: 12", 12),
    ("تعليقان", 2),
    ("تعليق واحد", 1),
    ("لا توجد تعليقات", 0),
    ("التعليقات (0)", 0),
    ("التعليقات", None),
    ("التعليقات مغلقة", None),
]


def article(text: str, reading: Reading) -> Article:
    return text_page.read_page(text, reading, "page").article


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND)
def test_the_article_comes_out_whole_and_alone(text: str, reading: Reading) -> None:
    found = article(text, reading)
    assert (found.title, found.lead) == (TITLE, LEAD)
    assert found.sections == SECTIONS
    assert found.comments == ()


@pytest.mark.parametrize("block", SPOKEN.values(), ids=SPOKEN)
def test_the_comments_come_out_whole_and_alone(block: str, reading: Reading) -> None:
    found = article(ARTICLE + block, reading)
    assert [(one.author, one.date, one.text) for one in found.comments] == SAID
    assert found.comments_declared == 2
    assert found.sections == SECTIONS


@pytest.mark.parametrize(("line", "count"), DECLARED, ids=[line for line, _ in DECLARED])
def test_the_count_is_what_the_page_states(line: str, count: int | None, reading: Reading) -> None:
    found = article(f"{ARTICLE}{line}\n\nالأكثر قراءة\n", reading)
    assert found.comments_declared == count
    assert found.sections == SECTIONS


def test_signs_before_a_name_make_an_answer(reading: Reading) -> None:
    found = article(f"{ARTICLE}التعليقات (2)\n\n{COMMENTS.replace('هدى', '↳ هدى')}", reading).comments
    assert (found[1].author, found[1].parent) == ("هدى", found[0].id)


def test_author_and_date_stand_under_the_title(reading: Reading) -> None:
    text = f"{TITLE}\n\n{TITLE}\nسامي الحداد\n12 مارس 2023 - 10:30 ص\n{BODY}\nالتعليقات (2)\n\n{COMMENTS}"
    found = article(text, reading)
    assert (found.author, found.date, found.date_source) == (
        "سامي الحداد",
        "2023-03-12T10:30:00+00:00",
        "stated",
    )
    assert (found.lead, found.sections) == (LEAD, SECTIONS)


def test_the_day_at_the_head_is_the_base_of_ages(reading: Reading) -> None:
    text = ARTICLE.replace("\n\n", "\n\nالأحد 10 يناير 2021\n\n", 1) + f"التعليقات (2)\n\n{COMMENTS}"
    found = text_page.read_page(text, with_options(reading, as_of=None), "page")
    assert [one.date for one in found.article.comments] == ["2021-01-07", "2021-01-08"]
    assert found.mended == ()


@pytest.mark.parametrize("text", ["", "الرئيسية\nأخبار\nرياضة\n", "خبر\n\nخبر آخر\n\nخبر\n", "©\n1\n2\n"])
def test_what_is_no_article_is_unfit(text: str, reading: Reading) -> None:
    with pytest.raises(UnfitError, match="no article"):
        text_page.read_page(text, reading, "page")


LONG_TEXT = f"{LEAD[:-1]} {ONE[:-1]}"
ONCE = [
    ("two words above a paragraph", f"عنوان المقال\n\n{LONG_TEXT}", "عنوان المقال"),
    ("one word", f"المحطة\n\n{LEAD}\n\n{ONE}", "المحطة"),
    ("one short sentence below", f"{TITLE}\n\n{TWO}", TITLE),
    ("one sentence and comments", f"{TITLE}\n\n{TWO}\n\nالتعليقات (2)\n\n{COMMENTS}", TITLE),
    ("a long question", f"{'هل تنجح المحطة ' * 4}؟\n\n{LEAD}\n\n{ONE}", f"{'هل تنجح المحطة ' * 4}؟"),
    ("a name and a date between", f"تحلية المياه\nمحمد علي حسن\n12 مارس 2023\n\n{LONG_TEXT}", "تحلية المياه"),
    ("a sentence is no title", f"{TWO}\n\n{LEAD}\n\n{ONE}", ""),
    ("nor is a breadcrumb", f"الرئيسية | أخبار | مياه\n\n{LEAD}\n\n{ONE}", ""),
    ("nor a count", f"12\n\n{LEAD}\n\n{ONE}", ""),
    ("nor an author", f"بقلم: سامي الحداد\n\n{LEAD}\n\n{ONE}", ""),
]


@pytest.mark.parametrize(("text", "title"), [row[1:] for row in ONCE], ids=[row[0] for row in ONCE])
def test_a_title_that_stands_once_is_the_first_line_above_the_text(
    text: str, title: str, reading: Reading
) -> None:
    found = text_page.read_page(text, reading, "page")
    assert found.article.title == title
    assert found.article.lead or found.article.sections
    assert ("has none" in found.mended[0]) is (title == "")


def test_one_sentence_among_links_is_no_article(reading: Reading) -> None:
    menu = "\n".join(f"خبر آخر من المحافظات {number}" for number in range(9))
    with pytest.raises(UnfitError, match="no article"):
        text_page.read_page(f"الرئيسية\n\n{TWO}\n\n{menu}\n", reading, "page")


PIECES = st.sampled_from(
    [
        TITLE,
        LEAD,
        ONE,
        "التعليقات (2)",
        "سالم",
        "    منذ يومين",
        "رداً على سالم",
        "3",
        "",
        "    رد",
        "  ↳",
        "|",
    ]
)


@given(st.lists(PIECES, max_size=25).map("\n".join) | st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = article(text, Reading(ReaderOptions(NOON, UTC), NOON))
    except UnfitError:
        return
    assert found.title or found.sections or found.lead


LONG = {
    "a sentence": LEAD * 20_000,
    "spaces": f"أ{' ' * 500_000}ب",
    "at signs": "@" * 500_000,
    "brackets": "(" * 500_000,
    "bars": "| · - " * 100_000,
    "digits": f"التعليقات ({'9' * 500_000})",
}


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
def test_a_long_line_takes_little_time(line: str, reading: Reading) -> None:
    start = time.perf_counter()
    assert article(f"{ARTICLE}{line}\n\nالتعليقات (2)\n\n{COMMENTS}", reading).title == TITLE
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "line", ["أ", "تعليق (3)", "التعليقات (2)", "منذ يومين", TITLE, LEAD, "- بند", "|" * 200], ids=len
)
def test_time_is_bounded(line: str, reading: Reading) -> None:
    start = time.perf_counter()
    with suppress(UnfitError):
        article(f"{line}\n" * 20_000, reading)
    assert time.perf_counter() - start < 20
