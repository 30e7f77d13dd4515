"""Comment feeds: followed from a feed of the web, bounded, and no comment lost that they no longer list."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.ingest.web import crawl
from kashshaf.indexer.live.documents import read_article
from kashshaf.indexer.live.writer import LiveWriter
from tests.indexer.ingest.web.server import Answer, Web, xml
from tests.indexer.ingest.web.test_crawl import Fetched

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Comment

WFW = 'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def item(web: Web, name: str, feed: str = "") -> str:
    comments = f"<wfw:commentRss>{feed or f'{web.home}/{name}/feed/'}</wfw:commentRss>"
    link = f"<link>{web.home}/{name}</link>"
    return f"<item><title>خبر {name}</title>{link}<description>نص</description>{comments}</item>"


def feed(*items: str) -> Answer:
    return xml(f"<rss version='2.0' {WFW}><channel><title>الساحل</title>{''.join(items)}</channel></rss>")


def said(*comments: tuple[int, str, str]) -> Answer:
    return feed(
        *(
            f"<item><title>بواسطة {author}</title><link>https://a.example/1#comment-{number}</link>"
            f"<dc:creator>{author}</dc:creator><pubDate>Tue, 24 May 2016 10:{number:02}:00 +0000</pubDate>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
            for number, author, text in comments
        )
    )


def answered(listed: Answer, number: int) -> Answer:
    """A comment feed whose «بل أحزنني» answers the comment of a number, as WordPress says it."""
    address = f"https://a.example/1#comment-{number}"
    reply = f"&lt;p&gt;رداً على &lt;a href=&quot;{address}&quot;&gt;ليث&lt;/a&gt;.&lt;/p&gt;"
    return listed._replace(body=listed.body.replace("&lt;p&gt;بل".encode(), f"{reply}&lt;p&gt;بل".encode()))


@pytest.fixture
def site(tmp_path: Path, web: Web) -> Fetched:
    web.routes |= {
        "/feed": feed(item(web, "a"), item(web, "b")),
        "/a/feed/": said((2, "هدى", "نعم &amp;amp; لا"), (1, "ليث", "خبر سعيد")),
        "/b/feed/": said(),
    }
    site = Fetched(tmp_path, web)
    site.of("/feed", again=True)
    return site


def comments(site: Fetched, name: str = "a") -> list[Comment]:
    return next(list(each.comments) for each in site.stored().values() if each.title == f"خبر {name}")


def test_the_comments_of_each_item_the_oldest_first(site: Fetched) -> None:
    assert [(one.id, one.author, one.date, one.text) for one in comments(site)] == [
        ("comment-1", "ليث", "2016-05-24T10:01:00+00:00", "خبر سعيد"),
        ("comment-2", "هدى", "2016-05-24T10:02:00+00:00", "نعم & لا"),
    ]
    assert comments(site, "b") == []


def test_what_a_comment_feed_no_longer_lists_stays(site: Fetched) -> None:
    site.web.routes |= {
        "/feed": feed(item(site.web, "a"), item(site.web, "c")),
        "/a/feed/": said((3, "مريم", "صدقت"), (2, "هدى", "نعم، بعد تعديل")),
        "/c/feed/": said(),
    }
    report = site.of("/feed")
    assert (report.added, report.updated) == (1, 1)
    assert [one.text for one in comments(site)] == ["خبر سعيد", "نعم، بعد تعديل", "صدقت"]
    assert site.of("/feed").updated == 0


def test_one_that_the_write_api_gave_too_stands_once(site: Fetched) -> None:
    row = {
        "url": f"{site.web.home}/b",
        "title": "خبر b",
        "comments": [{"id": "7", "author": "ليث", "text": "خبر  سعيد", "likes": 2}],
    }
    LiveWriter(site.settings).put_articles([read_article(row, UTC)])
    site.web.routes |= {
        "/feed": feed(item(site.web, "b")),
        "/b/feed/": answered(said((8, "هدى", "بل أحزنني"), (7, "ليث", "خبر سعيد")), 7),
    }
    for _ in range(2):
        site.of("/feed")
        found = comments(site, "b")
        assert [(one.id, one.likes, one.copies) for one in found] == [("7", 2, 1), ("comment-8", 0, 1)]
        assert found[1].parent == "7"


@pytest.mark.parametrize("answer", [Answer(status=500), xml("<svg/>"), Answer(b"\x89PNG\0\0", headers=())])
def test_one_that_fails_is_said_and_nothing_is_lost(answer: Answer, site: Fetched) -> None:
    site.web.routes |= {
        "/feed": feed(item(site.web, "a"), "<item><title>آخر</title></item>"),
        "/a/feed/": answer,
    }
    report = site.of("/feed")
    assert any("comment" in row["what"] for row in report.mended)
    assert len(comments(site)) == 2


def test_those_of_other_hosts_are_not_fetched(tmp_path: Path, web: Web) -> None:
    web.routes["/feed"] = feed(item(web, "a", "http://other.example/feed/"))
    site = Fetched(tmp_path, web)
    assert site.of("/feed", again=True).articles == 1
    assert "other.example" not in "".join(asked.path for asked in web.asked)


def test_they_are_bounded(tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "MOST_COMMENT_FEEDS", 1)
    web.routes |= {"/feed": feed(item(web, "a"), item(web, "b")), "/a/feed/": said(), "/b/feed/": said()}
    Fetched(tmp_path, web).of("/feed", again=True)
    assert web.paths() == ["/feed", "/a/feed/"]


def test_an_answer_is_one_without_the_paragraph_that_says_so(tmp_path: Path, web: Web) -> None:
    answer = answered(said((2, "هدى", "بل أحزنني"), (1, "ليث", "خبر سعيد")), 1)
    web.routes |= {"/feed": feed(item(web, "a")), "/a/feed/": answer}
    site = Fetched(tmp_path, web)
    site.of("/feed", again=True)
    assert [(one.text, one.parent) for one in comments(site)] == [
        ("خبر سعيد", ""),
        ("بل أحزنني", "comment-1"),
    ]
