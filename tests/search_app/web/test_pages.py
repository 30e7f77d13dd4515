from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from index.errors import SettingsError
from index.settings import Settings
from search_app.results.service import SearchService
from search_app.web.app import create_app
from search_app.web.pages import offers
from tests.conftest import ROOT
from tests.kashshaf.site import BRIDGE, Site
from tests.search_app.failing import FailingService
from tests.search_app.stories import CROWD, HARBOUR, HOSTILE_ID

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

DOCS = ROOT / "docs"
EMBED_LIMIT = 15_000
"""Bytes of the element: it is loaded by every page it stands in."""


def _page(client: FlaskClient, path: str, status: int = 200, **query: object) -> Any:  # lxml has no types
    response = client.get(path, query_string={key.rstrip("_"): value for key, value in query.items()} or None)
    assert response.status_code == status
    return html.fromstring(response.data.decode())


def _text(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_the_first_page_says_what_there_is(client: FlaskClient) -> None:
    page = _page(client, "/")
    assert "في الفهرس 13 مقالاً، وعليها 629 تعليقاً." in _text(page)
    assert len(page.cssselect(".story")) == 7
    assert page.cssselect("input[name=q]")[0].get("dir") == "auto"


def test_an_empty_index_says_what_to_run(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    site.remove("bridge")
    client = create_app(SearchService(site.settings), site.settings).test_client()
    assert "kashshaf index SOURCE" in _text(_page(client, "/"))


def test_results_say_query_total_and_facts(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء")
    assert page.findtext(".//title").startswith("الميناء — ")
    assert f"{len(page.cssselect('.hit'))} نتائج في المقالات" in _text(page)
    hit = next(hit for hit in page.cssselect(".hit") if "ميناء المدينة القديم" in _text(hit))
    assert "صحيفة الساحل اقتصاد ليلى الحموي 24 مايو 2016" in _text(hit)
    assert hit.cssselect("time")[0].get("datetime") == "2016-05-24T10:00:00+03:00"
    assert hit.cssselect(".original")[0].get("href") == "https://news.example/economy/2016/harbour"


def test_matching_comments_stand_under_their_article(client: FlaskClient) -> None:
    page = _page(client, "/search", q="سريع")
    block = page.cssselect("details.replies")[0]
    assert block.get("open") is not None
    assert "155 تعليقاً مطابقاً من 620" in _text(block)
    links = [link.get("href") for link in block.cssselect("a")]
    assert len(links) == 4
    assert links[0].endswith("#c-100")
    assert f"in=comments&article={CROWD}" in links[3]


def test_comments_are_found_with_their_article(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء", in_="comments")
    hit = page.cssselect(".hit")[0]
    assert "ميناء المدينة القديم" in _text(hit.cssselect("h2")[0])
    assert hit.cssselect("h2 a")[0].get("href").endswith("#c-7")
    assert "إعجاب واحد" in _text(hit)


def test_filters_keep_what_the_form_does_not_show(client: FlaskClient) -> None:
    page = _page(client, "/search", q="x", tag=["أ", "ب"], source=["س", "ش"], article="z", size=5)
    hidden = {(field.get("name"), field.get("value")) for field in page.cssselect("input[type=hidden]")}
    assert hidden == {("tag", "أ"), ("tag", "ب"), ("source", "ش"), ("article", "z"), ("size", "5")}
    assert len(page.cssselect(".chips li")) == 6
    assert page.cssselect("#source option[selected]")[0].get("value") == "س"


def test_a_search_without_results_helps(client: FlaskClient) -> None:
    page = _page(client, "/search", q="قطار الأنفاق", section="رياضة")
    links = [link.get("href") for link in page.cssselect(".empty a")]
    assert len(links) == 5
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_page_too_far_leads_back(client: FlaskClient) -> None:
    page = _page(client, "/search", q="الميناء", page=50)
    assert page.cssselect(".empty a")[0].get("href").startswith("/search?q=")


def test_paging_goes_on_and_back(client: FlaskClient) -> None:
    page = _page(client, "/search", size=2, page=3)
    assert [link.get("rel") for link in page.cssselect(".pager .step")] == ["prev", "next"]
    assert _text(page.cssselect(".pager [aria-current=page]")[0]) == "3"
    assert all(client.get(link.get("href")).status_code == 200 for link in page.cssselect(".pager a"))


def test_a_chosen_value_is_offered_even_if_unknown() -> None:
    assert offers([("a", 2), ("", 1)], ("z",)) == [("a", 2), ("z", None)]


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    for path in ("/", "/search?q=وسوم", "/search?in=comments&q=وسوم", f"/articles/{HOSTILE_ID}?q=وسوم"):
        page = _page(client, path)
        assert all("/static/search.js" in script.get("src") for script in page.cssselect("script"))
        assert page.cssselect("main img") == []
        assert not [link for link in page.cssselect("a[href]") if link.get("href").startswith("javascript")]
    query = "<script>alert(1)</script>\"'><b>"
    assert _page(client, "/search", q=query, tag=query).cssselect("body script, b") == []


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/search?colour=x", 400, "colour"),
        ("/search?from=x", 400, "اكتب التاريخ هكذا"),
        ("/articles/nothing", 404, "لا وجود لهذا المقال"),
        ("/nothing", 404, "الصفحة غير موجودة"),
    ],
)
def test_errors_are_told_in_arabic(client: FlaskClient, path: str, status: int, says: str) -> None:
    assert says in _text(_page(client, path, status))


def test_without_an_index_the_page_says_what_to_run(bare_client: FlaskClient) -> None:
    text = _text(_page(bare_client, "/", 503))
    assert "kashshaf reindex SOURCE" in text
    assert "secret" not in text


def test_a_failure_shows_nothing_of_the_inside() -> None:
    client = create_app(FailingService(RuntimeError("/secret")), Settings()).test_client()
    assert "secret" not in _text(_page(client, "/", 500))


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    for path in ("/", "/search?q=x", f"/articles/{HARBOUR}"):
        text = client.get(path).get_data(as_text=True)
        assert " style=" not in text
        assert "<style" not in text


def test_only_the_first_page_is_for_other_search_engines(client: FlaskClient) -> None:
    assert "X-Robots-Tag" not in client.get("/").headers
    for path in ("/search", f"/articles/{HARBOUR}", "/nothing"):
        response = client.get(path)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert b'<meta name="robots" content="noindex">' in response.data


def test_files_are_kept_by_the_address_of_their_content(client: FlaskClient) -> None:
    sheets = [link.get("href") for link in _page(client, "/").cssselect("link[rel=stylesheet]")]
    for sheet in sheets:
        assert "?v=" in sheet
        assert "immutable" in client.get(sheet, buffered=True).headers["Cache-Control"]
    unversioned = client.get("/static/style.css", buffered=True)
    assert "immutable" not in unversioned.headers["Cache-Control"]
    again = client.get(
        "/static/style.css", headers={"If-None-Match": unversioned.headers["ETag"]}, buffered=True
    )
    assert again.status_code == 304


def test_the_sheet_is_right_to_left_by_design(client: FlaskClient) -> None:
    sheet = client.get("/static/style.css", buffered=True).get_data(as_text=True)
    assert not re.search(r"[{;\s](?:margin|padding|border)-(?:left|right|top|bottom)\s*:", sheet)
    assert "url(" not in sheet


def test_the_theme_follows_the_settings(stories: SearchService) -> None:
    settings = Settings(
        accent="#123456", accent_dark="#abcdef", site_name="<اسم>", site_logo="https://cdn.example/a.svg"
    )
    client = create_app(stories, settings).test_client()
    sheet = client.get("/theme.css").get_data(as_text=True)
    assert "#123456" in sheet
    assert "#abcdef" in sheet
    response = client.get("/")
    assert "img-src 'self' https://cdn.example;" in response.headers["Content-Security-Policy"]
    assert html.fromstring(response.data.decode()).cssselect(".name img")[0].get("src") == settings.site_logo


def test_a_file_may_be_the_logo(tmp_path: Path, stories: SearchService) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    client = create_app(stories, Settings(site_logo=str(logo))).test_client()
    assert _page(client, "/").cssselect(".name img")[0].get("src") == "/logo"
    assert client.get("/logo", buffered=True).mimetype == "image/svg+xml"


@pytest.mark.parametrize("logo", ["/nowhere/logo.png", __file__, "javascript:x"])
def test_a_logo_that_is_no_image_is_refused_at_the_start(logo: str) -> None:
    with pytest.raises(SettingsError, match="site_logo"):
        create_app(SearchService(Settings()), Settings(site_logo=logo))


def test_the_element_may_be_loaded_by_any_page(client: FlaskClient) -> None:
    response = client.get("/embed.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(response.data) < EMBED_LIMIT
    assert "innerHTML" not in response.get_data(as_text=True)
    assert "section 7" in response.get_data(as_text=True)


def test_every_attribute_of_the_element_is_documented(client: FlaskClient) -> None:
    script = client.get("/embed.js").get_data(as_text=True)
    text = (DOCS / "embedding.md").read_text(encoding="utf-8")
    attributes = re.findall(r'getAttribute\("([a-z]+)"\)', script)
    properties = re.findall(r"var\((--kashshaf-[a-z-]+)", script)
    assert {"api", "in", "size", "placeholder"} == {*attributes}
    assert [name for name in (*attributes, *properties) if f"`{name}`" not in text] == []
