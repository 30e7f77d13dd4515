from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.web import export
from tests.search_app.stories import CROWD, HARBOUR, HOSTILE

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import CommentHit


def _csv(client: FlaskClient, **query: object) -> list[list[str]]:
    response = client.get(
        "/search.csv", query_string={key.rstrip("_"): value for key, value in query.items()}
    )
    assert response.status_code == 200
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_articles_are_exported_for_spreadsheets(client: FlaskClient) -> None:
    head, *rows = _csv(client, q="الميناء")
    assert head == list(export.ARTICLE_COLUMNS.values())
    assert [row[0] for row in rows] == [str(number) for number in range(1, 7)]
    harbour = next(row for row in rows if row[2] == "https://news.example/economy/2016/harbour")
    assert harbour[3:] == [
        "صحيفة الساحل",
        "اقتصاد",
        "ليلى الحموي",
        "2016-05-24T10:00:00+03:00",
        "4",
        "كاملة",
    ]
    assert next(row for row in rows if "last" not in row[2] and "localhost" in row[2])[2].startswith(
        "http://localhost/articles/brief/"
    )


def test_comments_are_exported_whole(client: FlaskClient) -> None:
    head, *rows = _csv(client, q="الميناء", in_="comments", article=HARBOUR)
    assert head == list(export.COMMENT_COLUMNS.values())
    first = next(row for row in rows if row[1] == "1")
    assert first[3:6] == [HARBOUR, "2016-05-24T19:20:00+03:00", "14"]
    assert first[6].endswith("\n\nاللي بدنا ياه رصيف واحد بس!")


def test_an_export_goes_on_over_pages_and_ends_at_its_bound(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = _csv(client, in_="comments", article=CROWD, page=3, size=5)[1:]
    assert len(every) == len({row[1] for row in every}) == 620
    monkeypatch.setattr(export, "MOST", 150)
    assert _csv(client, in_="comments", article=CROWD)[1:] == every[:150]


def test_json_has_the_query_its_totals_and_the_rows(client: FlaskClient) -> None:
    response = client.get("/search.json", query_string={"q": "الميناء"})
    assert response.headers["Content-Disposition"] == "attachment; filename=search-results.json"
    found = response.get_json()
    assert (found["query"]["text"], found["total"], found["total_partial"]) == ("الميناء", 6, 0)
    assert [list(row) for row in found["results"]] == [list(export.ARTICLE_COLUMNS)] * 6
    comments = client.get("/search.json?in=comments").get_json()["results"]
    assert list(comments[0]) == list(export.COMMENT_COLUMNS)
    assert client.get("/search.json", query_string={"q": "zzz"}).get_json()["results"] == []


def test_a_corrected_query_is_read_once(client: FlaskClient) -> None:
    assert client.get("/search.json?q=hgldkhx").get_json()["query"]["corrected_from"] == "hgldkhx"
    assert len(_csv(client, q="hgldkhx")) == 7
    assert len(_csv(client, q="hgldkhx", correct="no")) == 1


def test_a_mistake_is_told_before_anything_is_sent(client: FlaskClient) -> None:
    for kind in ("csv", "json"):
        refused = client.get(f"/search.{kind}?from=x")
        assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")
    problem = client.get("/search.json?colour=x")
    assert (problem.status_code, problem.mimetype) == (400, "application/problem+json")


def test_a_comment_whose_article_went_meanwhile_is_listed_without_its_text(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stories.comment_texts

    def gone(hits: list[CommentHit]) -> list[str]:
        for hit in hits:
            hit["article_id"] = "gone"
        return whole(hits)

    monkeypatch.setattr(stories, "comment_texts", gone)
    assert {row[6] for row in _csv(client, in_="comments", article=HARBOUR)[1:]} == {""}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+966", "'+966"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1", "'\uff1d1"),
        ("الميناء = 1", "الميناء = 1"),
        ("", ""),
        (-5, -5),
    ],
)
def test_no_cell_is_run_as_a_formula(cell: str | int, expected: str | int) -> None:
    assert export.guarded(cell) == expected


def test_hostile_text_stays_in_its_cell(client: FlaskClient) -> None:
    _, row = _csv(client, q="وسوم")
    assert row[1] == f"عنوان فيه {HOSTILE}"
    assert row[2] == "http://localhost/articles/hostile"


def test_the_results_link_to_their_export(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "الميناء", "in": "comments", "page": 2, "size": 2})
    text = page.get_data(as_text=True)
    assert 'href="/search.csv?q=%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1&amp;in=comments"' in text
    assert 'href="/search.json?q=%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1&amp;in=comments"' in text
