"""Pictures on pages: whose may be shown, and what the page's policy says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.settings import Settings
from kashshaf.search_app.web import headers, pictures
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.pictures import LONGEST, MOST_ORIGINS
from kashshaf.search_app.web.theme import Theme
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import ArticleView, Response

ARTICLE = "https://www.news.example/1"
PAGE = """{%- for hit in hits if picture(hit) %}<img src="{{ picture(hit) }}">{% endfor -%}"""


def shown(*hits: Mapping[str, object], **settings: object) -> tuple[str, str]:
    """The page with the pictures of hits, and the sources of images in its policy."""
    app = Flask("kashshaf.search_app.web")
    chosen = Settings(**settings)  # type: ignore[arg-type]
    pictures.install(app, chosen)
    headers.install(app, chosen, Theme.from_settings(chosen))
    app.add_url_rule("/", view_func=lambda: render_template_string(PAGE, hits=hits))
    response = app.test_client().get("/")
    policy = response.headers["Content-Security-Policy"]
    (images,) = [part.strip() for part in policy.split(";") if part.strip().startswith("img-src")]
    return response.get_data(as_text=True), images.removeprefix("img-src 'self'").strip()


def one(image: str, url: str = ARTICLE, *hosts: str) -> str:
    page, _ = shown({"image": image, "url": url}, image_hosts=hosts)
    return page


ALLOWED: list[tuple[str, str, tuple[str, ...]]] = [
    ("https://www.news.example/p.jpg", ARTICLE, ()),
    ("https://news.example/p.jpg", ARTICLE, ()),
    ("https://img.news.example/p.jpg?w=3#x", ARTICLE, ()),
    ("https://cdn.example/p.jpg", ARTICLE, ("cdn.example",)),
    ("https://a.cdn.example/p.jpg", ARTICLE, ("cdn.example",)),
    ("https://cdn.example:8443/p.jpg", ARTICLE, ("cdn.example:8443",)),
    ("http://cdn.example/p.jpg", ARTICLE, ("cdn.example",)),
    ("https://anywhere.example/p.jpg", "", ("*",)),
    ("https://news.example:444/p.jpg", "https://news.example:444/1", ()),
]
REFUSED: list[tuple[str, str, tuple[str, ...]]] = [
    ("", ARTICLE, ()),
    ("https://other.example/p.jpg", ARTICLE, ()),
    ("https://evilnews.example/p.jpg", ARTICLE, ()),
    ("https://example/p.jpg", ARTICLE, ()),
    ("https://news.example/p.jpg", "https://img.news.example/1", ()),
    ("http://www.news.example/p.jpg", ARTICLE, ()),
    ("http://anywhere.example/p.jpg", ARTICLE, ("*",)),
    ("https://anywhere.example:8443/p.jpg", ARTICLE, ("*",)),
    ("https://cdn.example:8443/p.jpg", ARTICLE, ("cdn.example",)),
    ("https://news.example/p.jpg", ARTICLE, ("none",)),
    ("https://cdn.example/p.jpg", ARTICLE, ("none", "cdn.example", "*")),
    ("https://news.example@evil.example/p.jpg", ARTICLE, ("*",)),
    ("https://user:word@news.example/p.jpg", ARTICLE, ("*",)),
    ("javascript:alert(1)", "javascript:alert(1)", ("*",)),
    ("data:image/png;base64,x", ARTICLE, ("*",)),
    ("//news.example/p.jpg", ARTICLE, ("*",)),
    ("https://news.example/p q.jpg", ARTICLE, ("*",)),
    ('https://news.example/".jpg', ARTICLE, ("*",)),
    ("https://news.example/<b>.jpg", ARTICLE, ("*",)),
    ("https://news.example; script-src *.evil.example/p.jpg", ARTICLE, ("*",)),
    ("https://news.example;x.example/p.jpg", ARTICLE, ("*",)),
    ("https://'unsafe-inline'.example/p.jpg", ARTICLE, ("*",)),
    ("https://*.example/p.jpg", ARTICLE, ("*",)),
    ("https://news.example\n.evil.example/p.jpg", ARTICLE, ("*",)),
    ("https://127.0.0.12/p.jpg", ARTICLE, ("*",)),
    ("https://[::1]/p.jpg", ARTICLE, ("*",)),
    ("https://localhost/p.jpg", "https://localhost/1", ("*",)),
    ("https://news.example:x/p.jpg", ARTICLE, ("*",)),
    ("https://a..example/p.jpg", ARTICLE, ("*",)),
    ("https://" + "a" * 64 + ".example/p.jpg", ARTICLE, ("*",)),
    ("https://news.example/" + "p" * LONGEST, ARTICLE, ("*",)),
    ("https://xn--ls8h\u202e.example/p.jpg", ARTICLE, ("*",)),
]


@pytest.mark.parametrize(("image", "url", "hosts"), ALLOWED)
def test_a_picture_that_may_be_shown(image: str, url: str, hosts: tuple[str, ...]) -> None:
    assert one(image, url, *hosts) == f'<img src="{image}">'


@pytest.mark.parametrize(("image", "url", "hosts"), REFUSED, ids=[repr(row[0])[:50] for row in REFUSED])
def test_a_picture_that_may_not(image: str, url: str, hosts: tuple[str, ...]) -> None:
    assert one(image, url, *hosts) == ""


def test_a_host_of_other_letters_is_named_in_ascii() -> None:
    hit = {"image": "https://صور.صحيفة.example/p.jpg", "url": "https://صحيفة.example/1"}
    page, images = shown(hit)
    assert images == "https://xn--pgb8ef.xn--mgbay3fvbi.example" or images.startswith("https://xn--")
    assert f'src="{images}/p.jpg"' in page


def test_the_policy_names_the_hosts_of_this_page_alone() -> None:
    hits = [
        {"image": "https://a.news.example/1.jpg", "url": ARTICLE},
        {"image": "https://a.news.example:443/2.jpg", "url": ARTICLE},
        {"image": "https://b.news.example/1.jpg", "url": ARTICLE},
        {"image": "https://evil.example/1.jpg", "url": ARTICLE},
        {"title": "without one"},
    ]
    page, images = shown(*hits)
    assert page.count("<img") == 3
    assert images == "https://a.news.example https://b.news.example"
    assert shown(site_logo="https://logo.example/l.png")[1] == "https://logo.example"
    assert shown()[1] == ""


def test_a_page_shows_pictures_of_so_many_hosts_and_no_more() -> None:
    hits = [{"image": f"https://h{n}.example/p.jpg"} for n in range(2 * MOST_ORIGINS)]
    page, images = shown(*hits, image_hosts=("*",))
    assert page.count("<img") == len(images.split()) == MOST_ORIGINS


@given(st.text(max_size=80) | st.text(max_size=40).map(lambda text: f"https://{text}.example/p.jpg"))
def test_no_address_gets_into_the_policy(image: str) -> None:
    page, images = shown({"image": image, "url": ""}, image_hosts=("*",))
    assert not images or (images.startswith("https://") and not set(images) & set(" ;,'\"*"))
    assert page.count("<") <= 1


def test_results_and_article_show_their_pictures(
    stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, view = stories.search, stories.view

    def pictured_search(request: SearchRequest) -> Response:
        response = search(request)
        for hit in response["hits"]:
            if hit["type"] == "article":
                hit["image"] = f"https://img.news.example/{hit['id']}.jpg"
        return response

    def pictured_view(article_id: str, *asked: Any) -> ArticleView:
        return {**view(article_id, *asked), "image": "https://img.news.example/1.jpg"}

    monkeypatch.setattr(stories, "search", pictured_search)
    monkeypatch.setattr(stories, "view", pictured_view)
    client = create_app(stories, Settings()).test_client()
    for path in ("/search?q=الميناء", f"/articles/{HARBOUR}"):
        response = client.get(path)
        (tag, *_) = re.findall(r'<img [^>]*src="https://img\.news\.example/[^>]*>', response.text)
        assert 'referrerpolicy="no-referrer"' in tag
        assert 'alt=""' in tag
        policy = response.headers["Content-Security-Policy"]
        assert "img-src 'self' https://img.news.example;" in policy
    off = create_app(stories, Settings(image_hosts=("none",))).test_client().get("/search?q=الميناء")
    assert "img.news.example" not in off.text + off.headers["Content-Security-Policy"]
