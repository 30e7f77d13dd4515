"""The compose files: what they name is there, and says what the engine needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index import settings
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

yaml = pytest.importorskip("yaml")  # another tool of development brings it along
DEPLOY = ROOT / "deploy"
FILES = sorted(DEPLOY.rglob("compose.yaml"))


def composed(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_bytes())
    return read


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(DEPLOY)) for path in FILES])
def test_what_a_service_names_is_there(path: Path) -> None:
    made = composed(path)
    for service in made["services"].values():
        assert {*service.get("depends_on", ())} <= made["services"].keys()
        assert {*service["networks"]} <= made["networks"].keys()
        for source in (volume.split(":")[0] for volume in service["volumes"]):
            assert (path.parent / source).exists() if source.startswith(".") else source in made["volumes"]
        if "build" in service:
            assert (path.parent / service["build"]["context"] / service["build"]["dockerfile"]).exists()


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(DEPLOY)) for path in FILES])
def test_the_settings_are_ones_that_there_are(path: Path) -> None:
    said = composed(path)["services"]["search"]["environment"]
    read = settings.load(environment={name: str(value) for name, value in said.items()})
    assert read.engine


def test_the_nodes_meet_and_make_no_index_unasked() -> None:
    services = composed(DEPLOY / "opensearch" / "compose.yaml")["services"]
    urls = settings.load(environment=services.pop("search")["environment"]).opensearch_url
    assert [url.removeprefix("http://").removesuffix(":9200") for url in urls] == [*services]
    for name, node in services.items():
        said = node["environment"]
        assert said["node.name"] == name
        assert said["discovery.seed_hosts"].split(",") == [*services]
        assert said["action.auto_create_index"] == "false"
