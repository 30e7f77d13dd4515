"""In the order of dates: the words as they stand, beside all results that have them anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from lxml import html

from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

APART = "وقع الحادث قبل شهرين، وبعد مرور أسابيع على التحقيق أعلنت اللجنة نتائجها."
TOGETHER = "أصيب أربعة أشخاص صباح اليوم في حادث مرور على الطريق الساحلي."
ELSEWHERE = "مع مرور الأيام نسي الناس ما قيل عن ذلك الحادث، وبقيت لوحة صغيرة عند المدخل."
ROWS = [("apart", "2020-03-01", APART), ("far", "2020-02-01", ELSEWHERE), ("near", "2020-01-01", TOGETHER)]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("apart")
    source = folder / "news.jsonl"
    rows = ({"id": id_, "title": f"خبر {id_}", "date": date, "body": body} for id_, date, body in ROWS)
    source.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    settings = replace(Settings(), index=folder / "index")
    rebuild(settings, [source], Options(None, UTC), silent)
    service = SearchService(settings)
    yield create_app(service, settings).test_client()
    service.close()


def _page(client: FlaskClient, url: str = "/search", **query: str) -> Any:  # lxml has no types
    return html.fromstring(client.get(url, query_string=query or None).data.decode())


def _titles(page: Any) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.cssselect(".hit h2")]


def test_the_words_as_they_stand_are_one_click_away(client: FlaskClient) -> None:
    page = _page(client, q="حادث  مرور", sort="newest")
    assert len(_titles(page)) == 3
    (line,) = page.cssselect(".notice")
    assert " ".join(line.text_content().split()) == (
        "قد تتباعد الكلمات في هذه النتائج. المتجاورة وحدها: «حادث مرور» نتيجة واحدة"
    )
    narrowed = _page(client, line.cssselect("a")[0].get("href"))
    assert _titles(narrowed) == ["خبر near"]
    assert narrowed.cssselect("#q")[0].get("value") == '"حادث مرور"'
    assert not narrowed.cssselect(".notice")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("حادث مرور", "relevance"),  # the words side by side come first
        ("حادث", "newest"),
        ('"حادث مرور"', "newest"),
        ("حادث أو مرور", "newest"),
        ("مرور حادث", "oldest"),  # nowhere side by side
        ("حادث مرور الطريق", "newest"),
        ("أربعة أشخاص", "newest"),  # nowhere apart
        ("حادث مرور من:2019", "newest"),
        ("", "newest"),
    ],
)
def test_nothing_is_offered_where_it_would_not_help(client: FlaskClient, text: str, sort: str) -> None:
    assert not _page(client, q=text, sort=sort).cssselect(".notice")


def test_nor_where_any_of_the_words_is_enough(client: FlaskClient) -> None:
    assert not _page(client, q="حادث مرور", sort="newest", match="any").cssselect(".notice")
