"""The contract: in step with the routes, the tables and the answers; and versioned when any of it changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import orjson
import pytest

from bench.shipped import contract
from kashshaf.index.documents import Article, Comment, Section
from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import PARAMETERS
from kashshaf.search_app.results import shapes
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.contract.digest import digest
from kashshaf.search_app.web.contract.document import VERSION, document
from kashshaf.search_app.web.contract.operations import operations
from kashshaf.search_app.web.contract.schemas import schemas
from kashshaf.search_app.web.contract.sentences import of_fields
from kashshaf.writing import routes as writing
from tests.conftest import ROOT
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from kashshaf.search_app.results.service import SearchService

DOCS = ROOT / "docs"
COVERED = re.compile(r"/api/|/healthz|/readyz|/search\.atom")
DOCUMENT = document(Settings())


def test_every_route_of_the_api_is_an_operation_and_the_other_way_round(stories: SearchService) -> None:
    app = create_app(stories, Settings(), additions=[writing.install])
    routes = {
        (method.lower(), re.sub(r"<(?:\w+:)?(?:article_)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if COVERED.match(rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(each.method, each.path) for each in operations(Settings())} == routes


def test_the_parameters_of_a_search_are_those_of_the_table() -> None:
    told = DOCUMENT["paths"]["/api/v1/search"]["get"]["parameters"]
    assert [each["name"] for each in told] == [*PARAMETERS]
    size = next(each for each in told if each["name"] == "size")["schema"]
    assert size == {"type": "integer", "minimum": 1, "maximum": 100, "default": 10}


PAGING = ("comments_total", "comments_page", "comments_pages", "part", "parts")


def test_an_article_has_the_fields_that_it_is_kept_with() -> None:
    kept = Article(sections=(Section("", ""),), comments=(Comment(),)).to_dict()
    assert {*shapes.StoredArticle.__annotations__} == {*kept, "also_at", *PAGING}
    assert {*shapes.StoredSection.__annotations__} == {*kept["sections"][0]}
    assert {*shapes.StoredComment.__annotations__} == {*kept["comments"][0]}


def _strict(shape: str) -> jsonschema_rs.Validator:
    """A validator of a shape to which any field that it does not have is a fault."""
    closed = {
        name: {**each, "additionalProperties": False}
        for name, each in DOCUMENT["components"]["schemas"].items()
    }
    return jsonschema_rs.validator_for(
        {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": closed}}
    )


ANSWERS = {
    "/api/v1/search?q=الميناء&facets=source,year,type&explain=1": "Response",
    "/api/v1/search?q=الميناء&in=comments&explain=1": "Response",
    "/api/v1/search?from=2012&q=حادث": "Response",
    "/api/v1/suggest?q=ال": "Suggestions",
    f"/api/v1/articles/{HARBOUR}": "StoredArticle",
    f"/api/v1/articles/{HARBOUR}/similar": "Similar",
    "/healthz": "Alive",
    "/readyz": "Ready",
    "/api/v1/search?page=0": "Problem",
    "/api/v1/nothing": "Problem",
}


@pytest.mark.parametrize(("path", "shape"), ANSWERS.items())
def test_an_answer_has_the_fields_of_its_shape_and_no_others(
    client: FlaskClient, path: str, shape: str
) -> None:
    answer = orjson.loads(client.get(path).data)
    _strict(shape).validate(answer)
    with pytest.raises(jsonschema_rs.ValidationError):
        _strict(shape).validate({**answer, "new": 1})


def test_every_field_has_a_sentence_in_both_languages_and_no_sentence_is_left_over() -> None:
    found: dict[str, Any] = DOCUMENT["components"]["schemas"]
    used = {
        name
        for shape, each in found.items()
        for field in each["properties"]
        for name in (field, f"{shape}.{field}")
    }
    for name, said in of_fields().items():
        assert name in used, name
        assert said.en, name
        assert re.search("[ء-ي]", said.ar), name


def test_a_field_without_a_sentence_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shapes.FacetValue.__annotations__, "colour", str)
    with pytest.raises(KeyError, match="colour"):
        schemas([shapes.FacetValue])


def test_the_file_of_the_contract_is_that_of_the_code() -> None:
    """After a change: raise VERSION, add its row to docs/api.md, run ``python -m bench.shipped.contract``."""
    assert (DOCS / "openapi.json").read_bytes() == contract.text()


def test_a_changed_contract_has_a_version_with_a_note() -> None:
    rows = re.findall(
        r"^\| (\d+\.\d+\.\d+) \| `(\w+)` \| (.+) \|$", (DOCS / "api.md").read_text("utf-8"), re.MULTILINE
    )
    versions = [version for version, _, _ in rows]
    assert versions[0] == VERSION
    assert len({*versions}) == len(versions)
    assert rows[0][1] == digest(DOCUMENT)


def test_the_digest_tells_a_change_but_for_the_version() -> None:
    told = digest(DOCUMENT)
    assert digest({**DOCUMENT, "info": {**DOCUMENT["info"], "version": "9"}}) == told
    assert digest({**DOCUMENT, "paths": {}}) != told


def test_the_place_of_the_service_is_that_of_the_request(client: FlaskClient) -> None:
    assert orjson.loads(client.get("/api/v1/openapi.json").data)["servers"] == [{"url": "/"}]
    below = client.get("/api/v1/openapi.json", environ_overrides={"SCRIPT_NAME": "/find"})
    assert orjson.loads(below.data)["servers"] == [{"url": "/find"}]
    tag = below.headers["ETag"]
    assert client.get("/api/v1/openapi.json", headers={"If-None-Match": tag}).status_code == 200
