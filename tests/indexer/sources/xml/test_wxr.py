"""Exports of WordPress: published posts with approved comments, and what was left out named by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.xml import pictures
from kashshaf.indexer.sources.xml.pictures import WAITING
from tests.indexer.sources.told import told, with_options

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.reading import Reading

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{0}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{0}/"><channel><title>صحيفة</title><link>https://a.example</link>
<wp:author><wp:author_login>ali</wp:author_login>
<wp:author_display_name><![CDATA[علي حسن]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>"


def post(
    title: str = "خبر", *more: str, status: str = "publish", kind: str = "post", text: str = "نص"
) -> str:
    return (
        f"<item><title><![CDATA[{title}]]></title><link>https://a.example/{title}/</link><dc:creator>ali</dc:creator>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{''.join(more)}</item>\n"
    )


def comment(number: int, text: str, parent: int = 0, approved: str = "1", kind: str = "") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        f"<wp:comment_author><![CDATA[قارئ {number}]]></wp:comment_author>"
        f"<wp:comment_date>2016-05-25 10:00:00</wp:comment_date>"
        f"<wp:comment_date_gmt>2016-05-25 07:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def wxr(*items: str, version: str = "1.2") -> str:
    return HEAD.format(version) + "".join(items) + TAIL


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post(version: str, tmp_path: Path, reading: Reading) -> None:
    more = (
        "<excerpt:encoded><![CDATA[مقدمة الخبر]]></excerpt:encoded>"
        "<wp:post_date>2016-05-24 10:00:00</wp:post_date>"
        "<wp:post_date_gmt>2016-05-24 07:00:00</wp:post_date_gmt>"
        '<category domain="category" nicename="a"><![CDATA[سياسة]]></category>'
        '<category domain="category" nicename="b"><![CDATA[محليات]]></category>'
        '<category domain="post_tag" nicename="c"><![CDATA[مجلس]]></category>'
    )
    (article,) = told(tmp_path, "a.xml", wxr(post("خبر", more), version=version), reading).articles
    assert (article.title, article.lead, article.author) == ("خبر", "مقدمة الخبر", "علي حسن")
    assert (article.section, article.tags, article.source) == ("سياسة", ("محليات", "مجلس"), "صحيفة")
    assert (article.date, article.url) == ("2016-05-24T07:00:00+00:00", "https://a.example/خبر/")


def test_threads_and_what_of_comments_is_left_out(tmp_path: Path, reading: Reading) -> None:
    comments = (
        comment(1, "أول"),
        comment(2, "رد &amp; ثان", parent=1),
        comment(3, "ينتظر", approved="0"),
        comment(4, "دعاية", approved="spam"),
        comment(5, "محذوف", approved="trash"),
        comment(6, "أشار إلى", kind="pingback"),
        comment(7, "أشار", kind="trackback"),
        comment(8, "رد على من ينتظر", parent=3, kind="comment"),
    )
    (article,) = told(tmp_path, "a.xml", wxr(post("خبر", *comments)), reading).articles
    said = [(each.id, each.text, each.parent) for each in article.comments]
    assert said == [("1", "أول", ""), ("2", "رد & ثان", "1"), ("8", "رد على من ينتظر", "")]
    assert (article.comments[0].author, article.comments[0].date) == ("قارئ 1", "2016-05-25T07:00:00+00:00")


LEFT_OUT = [
    (post("مسودة", status="draft"), "1 left out that are not public: draft"),
    (post("خاص", status="private"), "1 left out that are not public: private"),
    (post("غداً", status="future"), "1 left out that are not public: future"),
    (post("سر", "<wp:post_password>x</wp:post_password>"), "with a password"),
    (post("من نحن", kind="page"), "--types post,page takes them"),
    (post("مقال", kind="opinion"), "1 of the type 'opinion' left out; --types post,opinion takes them"),
]


@pytest.mark.parametrize(("item", "what"), LEFT_OUT)
def test_what_is_left_out_is_noted(item: str, what: str, tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.xml", wxr(post("خبر"), item), reading)
    assert (found.titles, found.refused) == (["خبر"], [])
    assert what in "\n".join(found.mended)


def test_attachments_are_not_worth_a_word(tmp_path: Path, reading: Reading) -> None:
    assert told(tmp_path, "a.xml", wxr(post("خبر"), post("صورة", kind="attachment")), reading).mended == []


def test_other_types_when_asked_for(tmp_path: Path, reading: Reading) -> None:
    asked = with_options(reading, types=("page", "post"))
    assert told(tmp_path, "a.xml", wxr(post("خبر"), post("من نحن", kind="page")), asked).titles == [
        "خبر",
        "من نحن",
    ]


TEXTS = {
    "lines": ("أولى\n\nثانية\nثالثة", [("", "أولى\n\nثانية\n\nثالثة")]),
    "blocks": (
        "<!-- wp:paragraph --><p>أولى\nتتمة</p><!-- /wp:paragraph -->\n\n<p>ثانية</p>",
        [("", "أولى تتمة\n\nثانية")]),
    "headings": (
        "أولى\n<h2>عنوان</h2>\nثانية\n\nثالثة<h3>بلا نص</h3>",
        [("", "أولى"), ("عنوان", "ثانية\n\nثالثة")]),
    "a script": ("نص<script>alert(1)</script><style>p{}</style>", [("", "نص")]),
    "a gallery": ('نص\n[gallery ids="1,2"]\n[gallery]', [("", "نص")]),
    "a caption": ('[caption id="a"]<img src="x"/> شرح[/caption]', [("", "شرح")]),
    "a pair of any name": ("[اقتباس] [box]نص[/box]", [("", "[اقتباس] نص")]),
    "brackets that are none": ("قال [sic] و[1] و[المحرر]", [("", "قال [sic] و[1] و[المحرر]")]),
    "an address by itself": ("نص\n\nhttps://video.example/1\n\nآخر", [("", "نص\n\nآخر")]),
    "entities": ("<p>a &amp;amp; b&nbsp;c</p>", [("", "a &amp; b c")]),
    "nested without end": ("<div>" * 10_000 + "نص", None),
    "many brackets": ("[a " * 100_000, None),
    "half a shortcode": ("[gallery ids=" + "x" * 200_000, None),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_a_post(name: str, tmp_path: Path, reading: Reading) -> None:
    text, sections = TEXTS[name]
    (article,) = told(tmp_path, "a.xml", wxr(post("خبر", text=text)), reading).articles
    if sections is not None:
        assert [(part.heading, part.text) for part in article.sections] == sections


def test_a_date_of_its_own_zone(tmp_path: Path, reading: Reading) -> None:
    more = "<wp:post_date>2016-05-24 10:00:00</wp:post_date>"
    more += "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    (article,) = told(tmp_path, "a.xml", wxr(post("خبر", more)), reading).articles
    assert article.date == "2016-05-24T10:00:00+00:00"


def attachment(number: int, name: str, parent: int = 0) -> str:
    more = (
        f"<wp:post_id>{number}</wp:post_id><wp:post_parent>{parent}</wp:post_parent>",
        f"<wp:attachment_url>https://a.example/{name}</wp:attachment_url>",
    )
    return post(name, *more, status="inherit", kind="attachment")


def numbered(number: int, thumbnail: int = 0) -> str:
    chosen = (
        "<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"
        f"<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{thumbnail}</wp:meta_value>"
        "</wp:postmeta>"
    )
    return post(f"خبر {number}", f"<wp:post_id>{number}</wp:post_id>", chosen if thumbnail else "")


def test_the_picture_is_the_one_chosen_else_the_first_attached(tmp_path: Path, reading: Reading) -> None:
    items = (
        attachment(1, "old.jpg"),
        numbered(2, thumbnail=5),
        numbered(3, thumbnail=1),
        attachment(4, "report.pdf", parent=6),
        attachment(5, "new.png", parent=2),
        numbered(6),
        attachment(7, "first.jpg", parent=6),
        attachment(8, "second.jpg", parent=6),
        numbered(9),
    )
    found = told(tmp_path, "a.xml", wxr(*items), reading)
    assert [(article.title, article.image.rpartition("/")[2]) for article in found.articles] == [
        ("خبر 2", "new.png"),
        ("خبر 3", "old.jpg"),
        ("خبر 6", "first.jpg"),
        ("خبر 9", ""),
    ]


@pytest.mark.parametrize(("between", "image"), [(WAITING - 1, "late.jpg"), (WAITING + 1, "")])
def test_posts_wait_for_their_attachments_but_not_for_ever(
    between: int, image: str, tmp_path: Path, reading: Reading
) -> None:
    others = [numbered(number) for number in range(10, 10 + between)]
    found = told(tmp_path, "a.xml", wxr(numbered(1, 2), *others, attachment(2, "late.jpg")), reading)
    assert [article.title for article in found.articles][:2] == ["خبر 1", "خبر 10"]
    assert len(found.articles) == between + 1
    assert found.articles[0].image.rpartition("/")[2] == image


def test_large_posts_do_not_gather(tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST_WAITING", 1)
    found = told(tmp_path, "a.xml", wxr(numbered(1, 2), attachment(2, "late.jpg")), reading)
    assert [article.image for article in found.articles] == [""]


def test_without_attachments_the_first_picture_in_the_text(tmp_path: Path, reading: Reading) -> None:
    text = "<p>نص</p><img src='https://a.example/in-text.jpg'>"
    found = told(tmp_path, "a.xml", wxr(post(text=text)), reading)
    assert found.articles[0].image == "https://a.example/in-text.jpg"
