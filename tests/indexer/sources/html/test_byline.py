"""Author, date and section as a page shows them around its title; furniture never speaks for the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from indexer.sources.html import page as html_page
from indexer.sources.outcome import Found
from indexer.sources.reader import read_file
from tests.conftest import ROOT

if TYPE_CHECKING:
    from index.documents import Article
    from indexer.sources.reading import Reading

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
