"""The picture of an article in every kind of source, and what is said of one that cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.indexer.profiles.profile_file import parse
from kashshaf.indexer.sources.outcome import Found
from kashshaf.indexer.sources.reader import complete_all
from kashshaf.indexer.sources.source import Query
from tests.indexer.sources.told import told, with_options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kashshaf.indexer.sources.profile import Profile
    from kashshaf.indexer.sources.reading import Reading

P = "https://a.example/p.jpg"
BODY = "وقال الوزير إن المحطة ستغذي أربع مدن كانت تعاني من انقطاع المياه في فصل الصيف منذ سنوات طويلة."
UNUSABLE = "image is no address of a picture and was left out"


def page(*head: str, body: str = "") -> str:
    return (
        f"<html><head><title>محطة جديدة</title>{''.join(head)}"
        '<link rel="canonical" href="https://a.example/news/1"></head><body><article>'
        f"<h1>محطة جديدة</h1>{body}<p>{BODY}</p><p>{BODY} نعم.</p></article></body></html>"
    )


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def linked(image: object) -> str:
    data = {"@type": "NewsArticle", "headline": "محطة جديدة", "image": image}
    return f'<script type="application/ld+json">{orjson.dumps(data).decode()}</script>'


PAGES: list[tuple[str, list[str], str]] = [
    ("OpenGraph", [meta("og:image", P)], P),
    ("relative to the page", [meta("og:image", "/p.jpg")], P),
    ("a card", [meta("twitter:image", P)], P),
    ("OpenGraph before cards", [meta("twitter:image", "/q.jpg"), meta("og:image", P)], P),
    ("the first that can be one", [meta("og:image", "/logo.svg"), meta("twitter:image", P)], P),
    ("too small", [meta("og:image", "/x.gif"), meta("og:image:width", "1"), meta("twitter:image", P)], P),
    ("JSON-LD, an address", [linked(P)], P),
    ("JSON-LD, a list", [linked([{"@type": "ImageObject", "url": P}, "/q.jpg"])], P),
    ("JSON-LD, an object", [linked({"@type": "ImageObject", "contentUrl": P})], P),
    ("a link", [f'<link rel="image_src" href="{P}">'], P),
    ("none", [], ""),
    ("none that can be used", [meta("og:image", "data:image/gif;base64,x")], ""),
]


@pytest.mark.parametrize(("head", "image"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_a_page(head: list[str], image: str, tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.html", page(*head), reading)
    assert found.articles[0].image == image
    assert UNUSABLE not in found.mended


@dataclass
class Only:
    """A choice of one profile."""

    profile: Profile

    def of(self, hosts: Sequence[str]) -> Sequence[Profile]:
        del hosts
        return [self.profile]


BODIES: list[tuple[str, str]] = [
    (f'<figure><img src="/x.svg"><img src="{P}"></figure>', P),
    (f'<figure><img src="/blank.gif" data-src="{P}"></figure>', P),
    ('<figure><img src="/face.jpg" width="32"></figure>', ""),
    ('<p><img src="/face.jpg"></p>', ""),
    (f'<figure><img src="/q.jpg"></figure><div><img itemprop="image" src="{P}"></div>', P),
]


@pytest.mark.parametrize(("body", "image"), BODIES)
def test_a_page_that_states_none(body: str, image: str, tmp_path: Path, reading: Reading) -> None:
    assert told(tmp_path, "a.html", page(body=body), reading).articles[0].image == image


def test_a_profile_says_where_the_picture_stands(tmp_path: Path, reading: Reading) -> None:
    text = '[article]\ntext = "p"\nimage = { select = "img.lead", attribute = "src" }'
    content = page(meta("og:image", "/q.jpg"), body='<img class="lead" src="/p.jpg">')
    found = told(
        tmp_path, "a.html", content, replace(reading, profiles=Only(parse(text, tmp_path / "a.toml")))
    )
    assert found.articles[0].image == P


MEDIA = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
ITEMS: list[tuple[str, str, str]] = [
    ("content", f'<media:content url="{P}" medium="image"/>', P),
    ("content by its name", f'<media:content url="{P}"/>', P),
    ("content by its type", '<media:content url="/p" type="image/webp"/>', "https://a.example/p"),
    ("a film is none", f'<media:content url="/v.mp4" medium="video"/><media:thumbnail url="{P}"/>', P),
    ("content before thumbnail", f'<media:thumbnail url="/s.jpg"/><media:content url="{P}"/>', P),
    ("a group", f'<media:group><media:content url="{P}"/></media:group>', P),
    ("a pixel", '<media:content url="/x.gif" medium="image" width="1" height="1"/>', ""),
    ("enclosed", f'<enclosure url="{P}" type="image/jpeg" length="9"/>', P),
    ("enclosed sound", '<enclosure url="/p.mp3" type="audio/mpeg"/>', ""),
    ("enclosed in Atom", f'<atom:link rel="enclosure" type="image/jpeg" href="{P}"/>', P),
    ("an element of its own", f"<image><url>{P}</url></image>", P),
    ("an element with the address", f"<image>{P}</image>", P),
    ("in the text", f"<content:encoded>&lt;p&gt;نص&lt;img alt='' src='{P}'&gt;</content:encoded>", P),
    (
        "in the text, shown late",
        f"<content:encoded>&lt;img src='data:,' data-src='{P}?a=1&amp;amp;b=2'&gt;</content:encoded>",
        f"{P}?a=1&b=2",
    ),
    (
        "in the text, after signs",
        "<content:encoded>&lt;img src='/s.png' width='16'&gt;&lt;img class='wp-smiley' src='/e.png'&gt;"
        f"&lt;img src='{P}'&gt;</content:encoded>",
        P,
    ),
    ("none", "", ""),
]


@pytest.mark.parametrize(("more", "image"), [row[1:] for row in ITEMS], ids=[row[0] for row in ITEMS])
def test_an_item_of_a_feed(more: str, image: str, tmp_path: Path, reading: Reading) -> None:
    content = (
        f'<rss version="2.0" {MEDIA}><channel><title>ص</title><item><title>خبر</title>'
        f"<link>https://a.example/1</link><description>نص</description>{more}</item></channel></rss>"
    )
    assert told(tmp_path, "a.xml", content, reading).articles[0].image == image


OBJECTS: list[tuple[dict[str, Any], str, bool]] = [
    ({"image": P}, P, False),
    ({"image_url": P}, P, False),
    ({"image": "/p.jpg", "url": "https://a.example/1"}, P, False),
    ({"image": {"url": P}}, P, False),
    ({"image": ["/x.svg", P]}, P, False),
    ({"image": None}, "", False),
    ({"image": ""}, "", False),
    ({"image": "/p.jpg"}, "", True),
    ({"image": "javascript:alert(1)"}, "", True),
    ({"image": 7}, "", True),
]


@pytest.mark.parametrize(("given", "image", "said"), OBJECTS)
def test_json(given: dict[str, Any], image: str, said: bool, tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.jsonl", orjson.dumps({"title": "خبر", **given}), reading)
    assert found.articles[0].image == image
    assert any("image" in sentence for sentence in found.mended) is said


def test_a_table(tmp_path: Path, reading: Reading) -> None:
    content = f"title,image\nخبر,{P}\nآخر,\nثالث,data:x\n"
    found = told(tmp_path, "a.csv", content, reading)
    assert [article.image for article in found.articles] == [P, "", ""]
    assert found.mended == [UNUSABLE]
    named = with_options(reading, columns=(("image", "photo"),))
    assert told(tmp_path, "b.csv", f"title,photo\nخبر,{P}\n", named).articles[0].image == P


def test_a_database(tmp_path: Path, reading: Reading) -> None:
    sql = pytest.importorskip("kashshaf.indexer.sources.sql", reason="the extra sql is not installed")
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE posts (title TEXT, image TEXT)")
        made.execute("INSERT INTO posts VALUES ('خ', ?)", (P,))
        made.commit()
    query = Query(f"sqlite:///{path}", "SELECT title, image FROM posts")
    (found,) = complete_all(sql.read_rows(query, reading, "a"), reading, "a")
    assert isinstance(found, Found)
    assert found.article.image == P
