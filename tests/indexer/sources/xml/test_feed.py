"""Feeds of every kind: their items as articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.indexer.sources.told import told

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.reading import Reading

RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<atom:link href="https://a.example/feed" rel="self"/><title>صحيفة</title><link>https://a.example/</link>
<item><title>خبر &amp;quot;أول&amp;quot;</title><link>https://a.example/1</link>
<pubDate>Tue, 24 May 2016 10:00:00 +0300</pubDate>
<dc:creator><![CDATA[علي حسن]]></dc:creator>
<category>سياسة</category><category>مجلس</category>
<description>مقدمة</description>
<content:encoded><![CDATA[<p>نص</p><h2>عنوان</h2><p>تتمة</p>]]></content:encoded>
<slash:comments>7</slash:comments></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة</title><link href="https://a.example/"/>
<entry><title type="html">خبر &amp;quot;أول&amp;quot;</title>
<link rel="replies" href="/r"/><link href="/1"/><id>tag:1</id>
<published>2016-05-24T10:00:00+03:00</published><updated>2017-01-01T00:00:00Z</updated>
<author><name>علي حسن</name></author>
<category term="سياسة"/><category term="x" label="مجلس"/><summary>مقدمة</summary>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>نص</p><h2>عنوان</h2><p>تتمة</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://a.example/"><title>صحيفة</title><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/1"><title>خبر "أول"</title>
<dc:date>2016-05-24T10:00:00+03:00</dc:date>
<dc:creator>علي حسن</dc:creator><dc:subject>سياسة</dc:subject><dc:subject>مجلس</dc:subject>
<description>مقدمة</description>
<content:encoded><![CDATA[<p>نص</p><h2>عنوان</h2><p>تتمة</p>]]></content:encoded></item>
</rdf:RDF>"""


@pytest.mark.parametrize(
    ("content", "comments"), [(RSS, 7), (ATOM, None), (RDF, None)], ids=["rss", "atom", "rdf"]
)
def test_an_item(content: str, comments: int | None, tmp_path: Path, reading: Reading) -> None:
    (article,) = told(tmp_path, "a.xml", content, reading).articles
    assert (article.title, article.url, article.author) == ('خبر "أول"', "https://a.example/1", "علي حسن")
    assert (article.date, article.source) == ("2016-05-24T10:00:00+03:00", "صحيفة")
    assert (article.section, article.tags, article.lead) == ("سياسة", ("مجلس",), "مقدمة")
    assert [(part.heading, part.text) for part in article.sections] == [("", "نص"), ("عنوان", "تتمة")]
    assert article.comments_declared == comments


def item(inner: str) -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><item>{inner}</item></channel></rss>'


PARTS = {
    "a description alone is the text": ("<title>أ</title><description>نص</description>", "sections", "نص"),
    "a title alone": ("<title>أ</title>", "title", "أ"),
    "a permalink": ("<title>أ</title><guid>https://a.example/1</guid>", "url", "https://a.example/1"),
    "an id that is no link": (
        '<title>أ</title><guid isPermaLink="false">https://a.example/1</guid>', "url", ""),
    "an author with a mailbox": ("<title>أ</title><author>a@a.example (علي)</author>", "author", "علي"),
    "a link without a site": ("<title>أ</title><link>/1</link>", "url", "/1"),
    "the beginning again is no lead": (
        "<title>أ</title><description>كلام كثير في أول النص […]</description>"
        "<content:encoded>كلام كثير في أول النص ثم غيره</content:encoded>", "lead", ""),
    "markup in a title": ("<title><![CDATA[خبر <b>مهم</b>]]></title>", "title", "خبر مهم"),
    "a script in a description": (
        "<title>أ</title><description>&lt;script&gt;x&lt;/script&gt;نص</description>",
        "sections", "نص"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_an_item(name: str, tmp_path: Path, reading: Reading) -> None:
    inner, field, expected = PARTS[name]
    (article,) = told(tmp_path, "a.xml", item(inner), reading).articles
    value = article.sections[0].text if field == "sections" else getattr(article, field)
    assert value == expected


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.rdf", "feed", "a.xml.gz"])
def test_by_any_name(name: str, tmp_path: Path, reading: Reading) -> None:
    assert told(tmp_path, name, RSS, reading).titles == ['خبر "أول"']


LINK = "<title>أ</title><link>https://a.example/1</link>"
CREDIT = (
    '<p>ظهرت المقالة <a href="https://a.example/1/">عنوان المقالة</a>'
    ' أولاً على <a href="https://a.example">صحيفة</a>.</p>'
)
LAST = {
    "a credit line goes": (f"<p>نص</p>{CREDIT}", "نص"),
    "but not in the middle": (
        f"<p>نص</p>{CREDIT}<p>آخر</p>", "نص\n\nظهرت المقالة عنوان المقالة أولاً على صحيفة.\n\nآخر"),
    "nor if it is all": (
        '<p>نص <a href="https://a.example/1">تتمة المقالة كلها</a></p>',
        "نص تتمة المقالة كلها"),
    "nor one that leads elsewhere": ('<p>نص</p><p><a href="https://b.example/">مصدر</a></p>', "نص\n\nمصدر"),
    "nor one that says more": (
        '<p>نص</p><p>كما كتبنا في <a href="https://a.example/1">أول خبر</a> عن هذه المدينة وأهلها</p>',
        "نص\n\nكما كتبنا في أول خبر عن هذه المدينة وأهلها"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAST)
def test_the_last_paragraph(name: str, tmp_path: Path, reading: Reading) -> None:
    html, expected = LAST[name]
    content = item(f"{LINK}<content:encoded><![CDATA[{html}]]></content:encoded>")
    (article,) = told(tmp_path, "a.xml", content, reading).articles
    assert article.sections[0].text == expected


def test_an_impossible_date_is_said(tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.xml", item("<title>أ</title><pubDate>31 February 2016</pubDate>"), reading)
    assert found.articles[0].date is None
    assert "31 February 2016" in found.mended[0]


def test_html_that_nobody_escaped_keeps_its_paragraphs(tmp_path: Path, reading: Reading) -> None:
    text = (
        "<rss><channel><item><title>خبر <b>عاجل</b></title>"
        "<description><p>أمطرت<br>السماء & الأرض.</p>"
        "<p>وفاض <a href='/x?a=1&b'>النهر</a>.</p></description></item>"
        "<item><title>ثان</title></item></channel></rss>"
    )
    found = told(tmp_path, "a.rss", text, reading)
    assert found.titles == ["خبر عاجل", "ثان"]
    assert found.articles[0].sections[0].text == "أمطرت\n\nالسماء & الأرض.\n\nوفاض النهر."
