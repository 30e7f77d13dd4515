"""Saved HTML pages: metadata, title, text and comments, each by its rule; never the furniture."""

from __future__ import annotations

import time
from datetime import UTC
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.documents import Section
from kashshaf.indexer.sources.html import page as html_page
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.outcome import Found, Refused, UnfitError, pointer
from kashshaf.indexer.sources.reader import read_file
from kashshaf.indexer.sources.reading import ReaderOptions, Reading
from tests.conftest import ROOT
from tests.indexer.conftest import NOON
from tests.indexer.sources.told import told

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Article

SAMPLES = sorted((ROOT / "samples" / "html").glob("*.htm*"))
LEAD = "افتتح الوزير أمس محطة جديدة لتحلية مياه البحر على الساحل الغربي، وهي الأكبر في المنطقة كلها."
TEXT = "وقال الوزير إن المحطة ستغذي أربع مدن كانت تعاني من انقطاع المياه في فصل الصيف منذ سنوات طويلة."
MORE = "وأضاف أن المرحلة الثانية ستبدأ في العام المقبل بتمويل من صندوق التنمية، وأن العمل لن يتوقف."
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "الساحل"},
        {
            "@type": "NewsArticle",
            "headline": "محطة جديدة",
            "datePublished": "2021-08-08T08:00:00+03:00",
            "author": [{"@type": "Person", "name": "رامي"}],
            "publisher": {"name": "الساحل"},
            "articleSection": "اقتصاد",
            "keywords": "ماء، ساحل",
            "commentCount": 7,
            "comment": [
                {
                    "text": "نعم",
                    "author": {"name": "هدى"},
                    "dateCreated": "2021-08-09",
                    "comment": {"text": "لا", "author": "ليث"},
                }
            ],
        },
    ],
}
COMMENTS = """<section class="comments"><h3>التعليقات (2)</h3>
<div class="c-comment" id="comment-1"><b class="author">سالم</b> <span>24/05/2016</span>
  <div class="text"><p>خبر سعيد</p></div><span class="likes">3</span><a href=#>رد</a>
  <div class="c-comment" id="comment-2"><b class="author">هدى</b> <time datetime="2016-05-25">أمس</time>
    <div class="text"><p>صدقت</p><script>x()</script></div></div></div></section>"""


def page(
    extra: str = "", head: str = "", body: str = f"<p>{LEAD}</p><h2>التمويل</h2><p>{TEXT}</p><p>{MORE}</p>"
) -> str:
    return (
        f"<!doctype html><html><head><title>محطة جديدة | الساحل</title>{head}</head><body>"
        f"<nav><a href=/>الرئيسية</a></nav><h1>محطة جديدة</h1><article>{body}"
        f"<ul><li><a href=x>خبر آخر</a></ul>"
        f"<script>var a='سر'</script></article>{extra}<footer>جميع الحقوق محفوظة</footer></body></html>"
    )


def article(text: str, reading: Reading) -> Article:
    return html_page.read_page(text, reading, "page").article


def test_title_headings_and_paragraphs(reading: Reading) -> None:
    found = article(page(), reading)
    assert found.title == "محطة جديدة"
    assert found.sections == (Section("", LEAD), Section("التمويل", f"{TEXT}\n\n{MORE}"))


def test_the_description_tells_the_lead(reading: Reading) -> None:
    found = article(page(head=f'<meta property="og:description" content="{LEAD[:60]}…">'), reading)
    assert found.lead == LEAD
    assert found.sections == (Section("التمويل", f"{TEXT}\n\n{MORE}"),)


def test_json_ld(reading: Reading) -> None:
    found = article(
        page(head=f'<script type="application/ld+json">{orjson.dumps(LINKED).decode()}</script>'), reading
    )
    assert (found.date, found.author, found.source) == ("2021-08-08T08:00:00+03:00", "رامي", "الساحل")
    assert (found.section, found.tags, found.comments_declared) == ("اقتصاد", ("ماء", "ساحل"), 7)
    assert [(one.author, one.text) for one in found.comments] == [("هدى", "نعم"), ("ليث", "لا")]
    assert found.comments[1].parent == found.comments[0].id


def test_meta_elements_and_canonical_link(reading: Reading) -> None:
    head = (
        '<link rel="canonical" href="https://example.org/a"><meta property="og:site_name" content="الساحل">'
        '<meta property="article:published_time" content="2021-08-08"><meta name="author" content="الساحل">'
        '<meta property="article:tag" content="ماء"><meta property="article:tag" content="بحر">'
    )
    found = article(page(head=head), reading)
    assert (found.url, found.date, found.source) == ("https://example.org/a", "2021-08-08", "الساحل")
    assert (found.author, found.tags) == ("", ("ماء", "بحر"))


def test_comments_that_repeat_in_one_shape(reading: Reading) -> None:
    found = article(page(COMMENTS), reading)
    assert [(one.author, one.date, one.text, one.likes) for one in found.comments] == [
        ("سالم", "2016-05-24", "خبر سعيد", 3),
        ("هدى", "2016-05-25", "صدقت", 0),
    ]
    assert [one.parent for one in found.comments] == ["", "comment-1"]
    assert found.comments_declared == 2


UNDATED = [
    ("author and text", "<b class=author>سالم</b><p>خبر سعيد</p>", "سالم"),
    ("a name first", "<b>سالم</b><p>خبر سعيد</p>", "سالم"),
    ("nobody's", "<p>خبر سعيد</p>", ""),
]


@pytest.mark.parametrize(("inside", "author"), [row[1:] for row in UNDATED], ids=[row[0] for row in UNDATED])
@pytest.mark.parametrize("times", [1, 3])
def test_a_comment_needs_no_date(inside: str, author: str, times: int, reading: Reading) -> None:
    one = f"<div class=comment>{inside}</div>"
    found = article(page(f"<section id=comments><h3>التعليقات</h3>{one * times}</section>"), reading)
    assert [(c.author, c.text, c.date) for c in found.comments] == [(author, "خبر سعيد", None)] * times


@pytest.mark.parametrize(
    "block",
    [
        "<div class=comment-form><span class=author>الاسم</span><p>نص</p><textarea></textarea></div>",
        "<div class=comments-closed><h3>التعليقات</h3><p>التعليقات مغلقة</p></div>",
        "<div class=comment-policy><h4>شروط النشر</h4><p>لا ننشر الشتائم.</p></div>",
        "<div id=comments><b class=author>سالم</b><p>خبر</p><b class=author>هدى</b><p>نعم</p></div>",
    ],
)
def test_what_is_around_comments_is_none(block: str, reading: Reading) -> None:
    assert article(page(block), reading).comments == ()


@pytest.mark.parametrize(("own", "expected"), [("", None), ("id=c7", "c7")])
def test_a_comments_id_is_its_own_elements(own: str, expected: str | None, reading: Reading) -> None:
    one = f"<div class=comment {own}><b class=author>سالم</b><time>24/05/2016</time><p>خبر سعيد</p></div>"
    (comment,) = article(page(f"<section id=comments>{one}</section>"), reading).comments
    assert (comment.author, comment.text, comment.date) == ("سالم", "خبر سعيد", "2016-05-24")
    assert comment.id == (expected or pointer(0))


def test_other_words_in_a_class_make_no_other_shape(reading: Reading) -> None:
    names = ("comment odd depth-1", "comment even thread-even", "comment byuser odd")
    text = "".join(
        f'<li class="{name}" id=x{name[8]}><b class=author>{name}</b><time>2016-05-24</time><p>نعم</p></li>'
        for name in names
    )
    assert len(article(page(f"<ol class=comment-list>{text}</ol>"), reading).comments) == 3


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"{LEAD}\n\n{TEXT}\n{MORE}", f"{LEAD}\n\n{TEXT}\n\n{MORE}"),
        (f"<p>{LEAD}</p><p>{TEXT}</p><script>x()</script>", f"{LEAD}\n\n{TEXT}"),
    ],
    ids=["lines", "markup"],
)
@pytest.mark.parametrize("shown", ["", "<p>اقرأ المزيد في التطبيق.</p>"])
def test_the_articles_body_for_machines(body: str, text: str, shown: str, reading: Reading) -> None:
    data = orjson.dumps({"@type": "NewsArticle", "articleBody": body}).decode().replace("</", r"<\/")
    made = page(body=shown, head=f'<script type="application/ld+json">{data}</script>')
    assert article(made, reading).sections == (Section("", text),)


@pytest.mark.parametrize("body", [f"{LEAD} {TEXT}", "", [LEAD * 9], {"name": LEAD * 9}], ids=type)
def test_the_text_shown_stands_where_machines_have_no_more(body: object, reading: Reading) -> None:
    data = orjson.dumps({"@type": "NewsArticle", "articleBody": body}).decode()
    found = article(page(head=f'<script type="application/ld+json">{data}</script>'), reading)
    assert found.sections == (Section("", LEAD), Section("التمويل", f"{TEXT}\n\n{MORE}"))


@pytest.mark.parametrize("tag", ["p", "script", "STYLE", "body"])
def test_many_attributes_take_little_time(tag: str, reading: Reading) -> None:
    many = " ".join(f"a{number}=1" for number in range(100_000))
    start = time.perf_counter()
    assert article(page(f"<{tag} {many}>x</{tag}>"), reading).title == "محطة جديدة"
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize(
    "text",
    [
        f'<img src="data:image/png;base64,{"x" * 100_000}" alt=a><p title="a > b">text</p>',
        f"<script>if (a<b {'c ' * 999}) x='<p>'</script><style>a<b {'c ' * 999}></style>",
        f"<!-- <p {'a ' * 999}> -->",
        f"a <b and 3 < 4 {'c ' * 200}",
    ],
    ids=["data", "scripts", "a comment", "no tags"],
)
def test_ordinary_tags_stay_as_they_are(text: str) -> None:
    assert tree.bounded(text) == text


@pytest.mark.parametrize(
    "text",
    [
        '<a b="' * 500_000,
        "<a b='<a c=\"" * 300_000,
        "<script>" * 300_000,
        "<!--" * 500_000,
        "<a b" + " " * 3_000_000,
        f"<a {'= ' * 1_000_000}",
    ],
    ids=lambda text: text[:12],
)
def test_bounding_takes_time_that_grows_with_the_length(text: str) -> None:
    start = time.perf_counter()
    tree.bounded(text)
    assert time.perf_counter() - start < 3


def test_comments_in_microdata(reading: Reading) -> None:
    one = (
        '<li itemscope itemtype="https://schema.org/Comment"><span itemprop="author">سالم</span>'
        '<time datetime="2016-05-24">أمس</time><p itemprop="text">خبر سعيد</p></li>'
    )
    (comment,) = article(page(f"<ul>{one}</ul>"), reading).comments
    assert (comment.author, comment.date, comment.text) == ("سالم", "2016-05-24", "خبر سعيد")


def test_without_article_readability_finds_the_text(reading: Reading) -> None:
    text = page(body="").replace(
        "<article>", f"<div><div class=story><p>{LEAD}</p><p>{TEXT}</p><p>{MORE}</p></div>"
    )
    found = article(text.replace("</article>", "</div>"), reading)
    assert found.sections[0].text == f"{LEAD}\n\n{TEXT}\n\n{MORE}"


def test_the_sites_name_is_no_title(reading: Reading) -> None:
    text = page().replace("<h1>محطة جديدة</h1>", "<h1>الساحل</h1>").replace("محطة جديدة", "محطة جديدة للمياه")
    assert article(text, reading).title == "محطة جديدة للمياه"


@pytest.mark.parametrize(
    "text", ["", "<", "<html></html>", "<a href=x>x</a>", "<script>x</script>", "<!-- x -->"]
)
def test_a_page_without_text_is_unfit(text: str, reading: Reading) -> None:
    with pytest.raises(UnfitError):
        article(text, reading)


@pytest.mark.parametrize(
    "text", [page("<div class=comment>" * 5000), page(body=f"<p>{LEAD}" * 3000)], ids=["deep", "long"]
)
def test_deep_and_long_pages_are_bounded(text: str, tmp_path: Path, reading: Reading) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (outcome,) = read_file(tmp_path / "a.html", reading, "a.html")
    assert isinstance(outcome, Found | Refused)


def test_many_comments_take_little_time(reading: Reading) -> None:
    one = "<div class=comment><b class=author>a</b><time>2024-01-01</time><p class=text>x</p></div>"
    start = time.perf_counter()
    assert len(article(page(one * 5_000), reading).comments) == 5_000
    assert time.perf_counter() - start < 10


def test_entities_are_not_expanded_or_fetched(reading: Reading) -> None:
    lines = '<!DOCTYPE html [<!ENTITY a "سر"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    found = article(lines + page(body=f"<p>{LEAD} &b; &c; &#xd800;</p><p>{TEXT}</p><p>{MORE}</p>"), reading)
    assert "سر" not in str(found.to_dict())
    assert orjson.dumps(found.to_dict())


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class=comment>",
        "</div>",
        "<time>",
        "<h1>",
        "<h2>",
        "<article>",
        "<br>",
        LEAD,
        "&#0;",
        "<",
    ]
)


@given(st.lists(TAGS, max_size=20).map("".join) | st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = article(text, Reading(ReaderOptions(NOON, UTC), NOON))
    except UnfitError:
        return
    assert found.sections or found.lead


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_an_article(path: Path, reading: Reading) -> None:
    (outcome,) = read_file(path, reading, path.name)
    assert isinstance(outcome, Found), outcome
    found = outcome.article
    assert found.title
    assert found.lead
    assert found.date_source == "stated"
    assert sum(one.copies for one in found.comments) <= (found.comments_declared or 0)


LONG = "وصل الوزير إلى المدينة صباح اليوم وافتتح الجسر الجديد بحضور كثير من الأهالي في الساعة"


def test_what_stands_too_deep_is_said(tmp_path: Path, reading: Reading) -> None:
    page = "<html><body><h1>خبر</h1>" + "".join(f"<div><p>{LONG} {at}." for at in range(600))
    found = told(tmp_path, "a.html", page, reading)
    assert any("250 deep" in what for what in found.mended)
