"""Similar articles, on both engines: those that share the words that tell most; never the article itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.errors import NotFoundError
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.results.shapes import Similar
from kashshaf.search_app.results.similar import MOST_SHOWN
from kashshaf.search_app.terminal import similar_text
from tests.kashshaf.site import Site, row
from tests.opensearch.cluster import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

MATCH = "فاز فريق المدينة على ضيفه في مباراة كرة القدم، وسجل المهاجم هدفين في الملعب الكبير أمام جمهوره."
HARVEST = "خرج المزارعون إلى قطاف الزيتون في الحقول، والموسم وفير، والمعاصر تعمل ليلاً ونهاراً على الزيت."
ARTICLES = [
    row("match", "فريق المدينة يفوز في مباراة القمة", body=MATCH),
    row("again", "فريق المدينة يفوز في مباراة القمة", source="وكالة", body=MATCH),
    row("league", "كرة القدم: مباراة حاسمة لفريق الساحل", body="يلعب الفريق غداً في الملعب، والمهاجم مصاب."),
    row("olives", "موسم الزيتون يبدأ", body=HARVEST),
    row(
        "oil", "أسعار الزيت", body="هبط سعر الزيت مع وفرة الموسم، وقال المزارعون إن المعاصر ممتلئة بالزيتون."
    ),
    row("lonely", "ندوة", body="محاضرة فلسفية."),
]


@pytest.fixture(scope="module", params=KEPT)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    site = Site(folder)
    site.settings = replace(site.settings, engine=request.param)
    site.build(*ARTICLES)
    service = SearchService(site.settings)
    yield service
    service.close()


def ids(found: Similar) -> list[str]:
    return [hit["id"] for hit in found["hits"]]


def test_those_of_the_same_matter_are_alike(service: SearchService) -> None:
    assert ids(service.similar("olives")) == ["oil"]
    assert ids(service.similar("league"))[0] in ("match", "again")


def test_an_article_is_not_like_itself_nor_like_its_copies(service: SearchService) -> None:
    assert ids(service.similar("match")) == ["league"]


def test_copies_of_one_text_are_one(service: SearchService) -> None:
    (hit,) = service.similar("league")["hits"]
    assert {hit["id"], *(other["id"] for other in hit["also_at"])} == {"match", "again"}


def test_nothing_is_like_an_article_that_shares_no_word(service: SearchService) -> None:
    assert service.similar("lonely") == {"hits": []}
    assert "No other article" in similar_text({"hits": []})


def test_nothing_is_marked(service: SearchService) -> None:
    assert b"<mark>" not in orjson.dumps(service.similar("olives"))


def test_an_unknown_article_is_an_error(service: SearchService) -> None:
    with pytest.raises(NotFoundError, match="no article with the id 'x'"):
        service.similar("x")


def test_the_api_gives_them(client: FlaskClient) -> None:
    body = orjson.loads(client.get("/api/v1/articles/brief/1/similar").data)
    assert {*body} == {*Similar.__annotations__}
    assert len(body["hits"]) <= MOST_SHOWN
    assert "brief/1" not in ids(body)


def test_the_api_says_what_it_does_not_have(client: FlaskClient) -> None:
    assert client.get("/api/v1/articles/x/similar").status_code == 404
    assert client.get("/api/v1/articles/brief/1/similar?q=x").status_code == 400
