"""From a real WordPress into a running server: what is published is found in seconds, what goes is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

from tests.integrations.processes import free_port, running
from tests.kashshaf.command import COMMAND, kashshaf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integrations.wordpress.site import Wordpress


class Server(NamedTuple):
    """A running server, and a key that may write to it."""

    home: str
    key: str

    def found(self, text: str, **more: str) -> list[dict[str, Any]]:
        answer = httpx.get(f"{self.home}/api/v1/search", params={"q": text, **more}, trust_env=False)
        return list(answer.raise_for_status().json()["hits"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over an index that one article begins."""
    folder: Path = tmp_path_factory.mktemp("server")
    index, port = folder / "index", free_port()
    kashshaf("reindex", "-", index=index, stdin='{"id": "first", "title": "أول خبر"}'.encode())
    key = kashshaf("keys", "create", "wordpress", "--admin", "--json", index=index).json()["key"]
    serve = [COMMAND, "--index", str(index), "serve", "--port", str(port), "--workers", "2"]
    with running(serve, port, folder / "log", cwd=folder):
        yield Server(f"http://127.0.0.1:{port}", key)


@pytest.fixture
def linked(site: Wordpress, server: Server) -> Iterator[Wordpress]:
    site.set_up(server=server.home, admin_key=server.key)
    yield site
    site.set_up()


def test_found_within_seconds_and_gone_as_soon(linked: Wordpress, server: Server) -> None:
    post = linked.publish(post_title="افتتاح الجسر الجديد", post_content="افتُتح الجسر أمس.")
    [hit] = linked.wait_for(lambda: server.found("الجسور"))
    assert hit["title"] == "افتتاح الجسر الجديد"
    assert linked.call("get_post_meta", post, "_kashshaf_id", True) == hit["id"]
    comment = linked.comment(post, "مبروك للمدينة كلها")
    [said] = linked.wait_for(lambda: server.found("مبروك", **{"in": "comments"}))
    assert (said["id"], said["article_id"]) == (str(comment), hit["id"])
    linked.call("wp_delete_comment", comment, True)
    linked.wait_for(lambda: not server.found("مبروك", **{"in": "comments"}))
    linked.call("wp_trash_post", post)
    linked.wait_for(lambda: not server.found("الجسور"))
    linked.call("wp_untrash_post", post)
    linked.call("wp_publish_post", post)
    linked.wait_for(lambda: server.found("الجسور"))
    assert linked.faults() == ""


def test_all_that_was_there_before(linked: Wordpress, server: Server) -> None:
    linked.set_up()
    rows = [{"post_title": f"بلدة رقم {number}", "post_status": "publish"} for number in range(60)]
    linked.call("array_map", "wp_insert_post", rows)
    linked.set_up(server=server.home, admin_key=server.key)
    linked.call("Kashshaf_Sync::begin")
    linked.wait_for(lambda: len(server.found("بلدة", size="100")) == 60)
    assert linked.call("Kashshaf_Outbox::refused") == 0


def test_a_wrong_key_is_tried_again(linked: Wordpress, server: Server) -> None:
    linked.set_up(server=server.home, admin_key=server.key[:-1] + "x")
    post = linked.publish(post_title="خبر المفتاح الخاطئ")
    assert linked.wait_until("wp_next_scheduled", "kashshaf_send", [post])
    linked.set_up(server=server.home, admin_key=server.key)
    linked.call("do_action", "kashshaf_send", post)
    found = linked.wait_for(lambda: server.found("=الخاطئ"))
    assert [hit["title"] for hit in found] == ["خبر المفتاح الخاطئ"]
