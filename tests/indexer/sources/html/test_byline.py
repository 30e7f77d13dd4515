"""Author, date and section as a page shows them around its title; furniture never speaks for the article."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.profiles.library import ProfileLibrary
from kashshaf.indexer.sources.html import page as html_page
from kashshaf.indexer.sources.outcome import Found
from kashshaf.indexer.sources.reader import read_file
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.reading import Reading

SAMPLES = ROOT / "samples" / "html"
TITLE = "محطة جديدة لتحلية المياه"
TEXT = (
    "<p>افتتح الوزير أمس محطة جديدة لتحلية مياه البحر على الساحل الغربي، وهي الأكبر في المنطقة كلها.</p>"
    "<p>وقال الوزير إن المحطة ستغذي أربع مدن كانت تعاني من انقطاع المياه في الصيف منذ سنوات طويلة.</p>"
    "<p>وأضاف أن المرحلة الثانية ستبدأ في العام المقبل بتمويل من صندوق التنمية.</p>"
)
COMMENT = '<li class="comment"><b class="author">سالم</b><time>{}</time><p class="text">خبر سعيد</p></li>'


def page(under: str = "", over: str = "", head: str = "", top: str = "", end: str = "") -> str:
    """A page with things under and over its title, in its head element, at its top and at its end."""
    return (
        f"<html><head><title>{TITLE} | الساحل</title>{head}</head><body><div id=wrapper>{top}"
        f"<div class='article'>{over}<h1>{TITLE}</h1>{under}{TEXT}</div>{end}</div></body></html>"
    )


def article(text: str, reading: Reading) -> Article:
    return html_page.read_page(text, reading, "page").article


BYLINES = [
    ("section, author, date", "<p>اقتصاد | سامي الحداد | 12 مارس 2023</p>", "سامي الحداد", "اقتصاد"),
    ("place, author, date", "<div>دير الزور - سامي الحداد - 12 مارس 2023</div>", "سامي الحداد", ""),
    ("a label before it", "<p>بقلم: سامي الحداد</p><p>12/3/2023</p>", "سامي الحداد", ""),
    ("a verb before it", "<p>12/3/2023</p><p>كتبت هدى الحداد</p>", "هدى الحداد", ""),
    ("rel", "<p>12/3/2023</p><a rel='author nofollow' href=x>سامي</a>", "سامي", ""),
    ("class", "<span class=post-author>سامي</span> <span>12/3/2023</span>", "سامي", ""),
    ("the section's link", "<p>12/3/2023</p><a rel='category tag'>اقتصاد</a>", "", "اقتصاد"),
    ("a caption is no author", "<p>12/3/2023</p><p>الوزير في المحطة</p>", "", ""),
]


@pytest.mark.parametrize(("rule", "under", "author", "section"), BYLINES, ids=[row[0] for row in BYLINES])
def test_under_the_title(rule: str, under: str, author: str, section: str, reading: Reading) -> None:
    found = article(page(under), reading)
    assert (found.author, found.section, found.date) == (author, section, "2023-03-12"), rule


NUMBERS = "<span>{}</span> <span>1540 مشاهدة</span>"
BESIDE = [
    ("an element each", "<div><span>12 مارس 2023</span> <span>سامي الحداد</span></div>", "سامي الحداد"),
    ("nothing between", "<div><span>سامي الحداد</span><span>12/3/2023</span></div>", "سامي الحداد"),
    ("time without its attribute", "<p><time>12 مارس 2023</time> <i>سامي الحداد</i></p>", "سامي الحداد"),
    ("views", f"<div>{NUMBERS.format('12 مارس 2023')}</div>", ""),
    ("text alone", "<div>الأحد 12 مارس 2023 سامي الحداد 1540 قراءة</div>", ""),
    ("text alone, the name first", "<div>سامي الحداد 12/3/2023 1540 قراءة 3 تعليقات</div>", ""),
    ("a label", f"<div>{NUMBERS.format('نُشر في: 12/3/2023')}</div>", ""),
    ("a label of its own", "<div><b>التاريخ:</b> 12/3/2023 <b>الكاتب:</b> سامي الحداد</div>", "سامي الحداد"),
    ("a label in an element before it", "<div><i>تاريخ النشر</i><b>12-03-2023</b><i>زيارات</i></div>", ""),
    ("icons", "<div><i class=c></i> 12 مارس 2023 <i class=e></i> 1540</div>", ""),
    ("icons of a font", "<div>\uf017 12 مارس 2023 \uf06e 1540</div>", ""),
    ("pictures", "<div>\U0001f552 12 مارس 2023 \U0001f441 1540</div>", ""),
    ("the last change after it", "<div><i>12 مارس 2023</i><i>آخر تحديث 13 مارس 2023</i></div>", ""),
    ("the last change before it", "<div><i>آخر تحديث: 13 مارس 2023</i> <i>نُشر: 12 مارس 2023</i></div>", ""),
    ("the last change in a line before", "<p>آخر تحديث 13/3/2023</p><p>نُشر في 12/3/2023</p>", ""),
    ("the last change in one text", "<div>نُشر: 12 مارس 2023 آخر تحديث: 13 مارس 2023</div>", ""),
    ("the last change alone", "<div><span>آخر تحديث 12 مارس 2023</span><span>1540</span></div>", ""),
    (
        "both calendars",
        "<p><i>20 شعبان 1444هـ</i> <i>12 مارس 2023م</i> <i>سامي الحداد</i></p>",
        "سامي الحداد",
    ),
    ("a link beside it is a button", "<div><span>12 مارس 2023</span> <a href=#>طباعة الخبر</a></div>", ""),
]
NO_DATE = [
    ("a subtitle", "<h2>يبدأ المعرض في 12 مارس 2023 ويشارك فيه 30 بلدا</h2>"),
    ("a sentence", "<p>يبدأ المعرض في 12 مارس 2023 ويشارك فيه 30 بلدا</p>"),
    ("numbers", "<div><span>12</span> <span>2023 مشاهدة</span></div>"),
    ("a month and a year", "<div><span>عدد مارس 2023</span> <span>مجلة الساحل</span></div>"),
]


@pytest.mark.parametrize(("rule", "under", "author"), BESIDE, ids=[row[0] for row in BESIDE])
def test_a_date_beside_other_things(rule: str, under: str, author: str, reading: Reading) -> None:
    found = article(page(under), reading)
    assert (found.date, found.date_source, found.author) == ("2023-03-12", "stated", author), rule


@pytest.mark.parametrize(("rule", "under"), [row[:2] for row in BESIDE], ids=[row[0] for row in BESIDE])
def test_a_folder_of_such_pages(rule: str, under: str, tmp_path: Path) -> None:
    for number in range(8):
        text = page(under).replace("محطة جديدة", f"محطة رقم {number}").replace("البحر", f"البحر {number}")
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    options = Options(None, UTC, profiles=ProfileLibrary())
    dates = [
        outcome.article.date
        for file in files([tmp_path], options)
        for outcome in outcomes(file, options)
        if isinstance(outcome, Found)
    ]
    assert dates == ["2023-03-12"] * 8, rule


@pytest.mark.parametrize(("rule", "under"), NO_DATE, ids=[row[0] for row in NO_DATE])
def test_what_only_looks_like_a_dated_line(rule: str, under: str, reading: Reading) -> None:
    assert article(page(under), reading).date is None, rule


CRUMBS = {
    "links": "<div class=breadcrumbs><a>الرئيسية</a> / <a>اقتصاد</a> / <a>مياه</a></div>",
    "microdata": "<ol itemtype='https://schema.org/BreadcrumbList'><li><a>الساحل</a><li><a>اقتصاد</a></ol>",
}
LINKED = {
    "@type": "BreadcrumbList",
    "itemListElement": [{"name": "الساحل"}, {"item": {"name": "اقتصاد"}}, {"name": TITLE}],
}


@pytest.mark.parametrize("crumbs", CRUMBS.values(), ids=CRUMBS)
def test_breadcrumbs_name_the_section(crumbs: str, reading: Reading) -> None:
    assert article(page(top=crumbs), reading).section == "اقتصاد"


def test_breadcrumbs_in_json_ld(reading: Reading) -> None:
    head = f'<script type="application/ld+json">{orjson.dumps(LINKED).decode()}</script>'
    assert article(page(head=head), reading).section == "اقتصاد"


def test_a_called_section_and_a_date_above_the_title_in_the_article(reading: Reading) -> None:
    found = article(page(over="<div class=cat>محليات</div><div>12 مارس 2023</div>"), reading)
    assert (found.section, found.date) == ("محليات", "2023-03-12")


FURNITURE = {
    "in the paper's head": {"top": "<header>الأحد 3 مارس 2024</header>"},
    "at the top": {"top": "<div id=top><a href=/>الساحل</a> <span>الأحد 3 مارس 2024</span></div>"},
    "in a menu": {"top": "<nav><time datetime=2024-03-03>اليوم</time><a class=authors>كتابنا</a></nav>"},
    "in a menu inside": {"over": "<div class=menu><a class=category>رياضة</a> 3/3/2024</div>"},
    "beside related news": {"end": "<div class=related><time datetime=2024-03-03>أمس</time></div>"},
    "in a side column": {"end": "<aside><b class=author>ليث</b><time datetime=2024-03-03>أمس</time></aside>"},
}


@pytest.mark.parametrize("around", FURNITURE.values(), ids=FURNITURE)
def test_furniture_gives_nothing(around: dict[str, str], reading: Reading) -> None:
    found = article(page(**around), reading)
    assert (found.date, found.author, found.section) == (None, "", "")


@pytest.mark.parametrize(
    ("rule", "days", "date"),
    [
        ("a younger comment: it is the edition's", ("2024-03-03", "2024-03-05"), "2024-03-03"),
        ("no younger comment: it may be the visit's", ("2024-03-03",), None),
        ("an older comment: it is not the article's", ("2024-03-01", "2024-03-05"), None),
        ("no comments", (), None),
    ],
)
def test_the_head_dates_the_article_where_comments_prove_it(
    rule: str, days: tuple[str, ...], date: str | None, reading: Reading
) -> None:
    comments = f"<ul>{''.join(map(COMMENT.format, days))}</ul>"
    found = article(page(top="<div>الأحد 3 مارس 2024</div>", end=comments), reading)
    assert len(found.comments) == len(days)
    assert found.date == date, rule


@pytest.mark.parametrize(
    ("name", "author", "section"),
    [
        ("shatt-chess-girl", "هيئة التحرير الرياضية", "رياضة"),
        ("shatt-date-palms", "مصطفى الديراوي", "اقتصاد"),
        ("shatt-night-clinic", "رغد السامرائي", "صحة"),
        ("asil-bridge", "مراسل الأصيل", "محليات"),
        ("asil-school-radio", "نجيب الزبيدي", "تعليم"),
    ],
)
def test_the_samples_have_theirs(name: str, author: str, section: str, reading: Reading) -> None:
    (outcome,) = read_file(SAMPLES / f"{name}.html", reading, name)
    assert isinstance(outcome, Found)
    assert (outcome.article.author, outcome.article.section) == (author, section)
