"""Saved HTML pages: metadata, title, text and comments, each by its rule; never the furniture."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Section
from indexer.sources import html, read
from indexer.sources.base import Found, Reading, Refused, UnfitError
from tests.indexer.conftest import NOON

if TYPE_CHECKING:
    from index.documents import Article

ROOT = Path(__file__).parents[3]
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
    return html.read(text, reading, "page").article


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
    (outcome,) = read(tmp_path / "a.html", reading, "a.html")
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
        found = article(text, Reading(NOON, NOON, NOON.tzinfo))  # type: ignore[arg-type]
    except UnfitError:
        return
    assert found.sections or found.lead


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_an_article(path: Path, reading: Reading) -> None:
    (outcome,) = read(path, reading, path.name)
    assert isinstance(outcome, Found), outcome
    found = outcome.article
    assert found.title
    assert found.lead
    assert found.date_source == "stated"
    assert sum(one.copies for one in found.comments) <= (found.comments_declared or 0)
