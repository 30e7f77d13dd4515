"""``kashshaf serve`` as it runs in production: its own process, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

import psutil
import pytest

from tests.end_to_end.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.settings import Settings
    from kashshaf.indexer.report import Report
    from tests.end_to_end.server import Server

KASHSHAF = Path(sys.executable).parent / "kashshaf"


@contextmanager
def served(index: Path) -> Iterator[str]:
    command = [str(KASHSHAF), "--index", str(index), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.match(r"(http://\S+?)/ ", process.stdout.readline())
        assert found
        try:
            yield found[1]
        finally:
            process.terminate()
            process.wait(10)


def fetch(url: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


@pytest.fixture(scope="module")
def site(samples_index: tuple[Settings, Report]) -> Iterator[str]:
    with served(samples_index[0].index) as url:
        yield url


def test_the_page_and_the_api_agree(site: str) -> None:
    _, kind, body = fetch(f"{site}/api/v1/search?q={quote('المدارس')}")
    found = json.loads(body)
    assert kind == "application/json"
    assert found["total"] > 0
    _, kind, page = fetch(f"{site}/search?q={quote('المدارس')}")
    assert kind.startswith("text/html")
    assert all(hit["id"] in page.decode() for hit in found["hits"])


def test_an_article_is_there_whole(site: str) -> None:
    hit = json.loads(fetch(f"{site}/api/v1/search?q={quote('المدارس')}")[2])["hits"][0]
    article = json.loads(fetch(f"{site}/api/v1/articles/{quote(hit['id'])}")[2])
    assert article["title"] == hit["title"]
    assert len(article["comments"]) == hit["comments"]["total"]
    status, _, page = fetch(f"{site}/articles/{quote(hit['id'])}")
    assert status == 200
    assert b"<h1" in page


def test_errors_are_problems(site: str) -> None:
    status, kind, body = fetch(f"{site}/api/v1/search?colour=red")
    assert (status, kind) == (400, "application/problem+json")
    assert json.loads(body)["param"] == "colour"
    assert fetch(f"{site}/api/v1/articles/nowhere")[0] == 404
    assert fetch(f"{site}/nowhere")[0] == 404


def test_health(site: str) -> None:
    assert fetch(f"{site}/healthz")[0] == 200
    assert fetch(f"{site}/readyz")[0] == 200


def test_without_an_index_it_lives_but_is_not_ready_until_there_is_one(tmp_path: Path) -> None:
    with served(tmp_path / "index") as url:
        assert fetch(f"{url}/healthz")[0] == 200
        assert fetch(f"{url}/readyz")[0] == 503
        assert fetch(f"{url}/")[0] == 503
        source = tmp_path / "one.jsonl"
        source.write_text('{"title": "عنوان", "body": "نص المقال كله"}\n', encoding="utf-8")
        subprocess.run(
            [KASHSHAF, "--index", tmp_path / "index", "reindex", source], check=True, capture_output=True
        )
        assert fetch(f"{url}/readyz")[0] == 200
        assert json.loads(fetch(f"{url}/api/v1/search?q={quote('المقال')}")[2])["total"] == 1


def test_a_worker_that_dies_is_replaced(samples_index: tuple[Settings, Report]) -> None:
    command = [
        str(KASHSHAF),
        "--index",
        str(samples_index[0].index),
        "serve",
        "--port",
        "0",
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split("/ ")[0]
        try:
            assert fetch(f"{url}/readyz")[0] == 200
            (worker,) = psutil.Process(process.pid).children()
            worker.kill()
            worker.wait(10)
            assert fetch(f"{url}/readyz")[0] == 200
        finally:
            process.terminate()
            _, said = process.communicate(timeout=30)
    assert str(worker.pid) in said
    assert process.returncode == 0


def test_a_port_that_is_taken_is_named(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    done = subprocess.run([KASHSHAF, "serve", "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"the port {port} of " in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_health_is_told_beside_eight_hostile_queries(site: str) -> None:
    words = [
        "من",
        "في",
        "على",
        "إلى",
        "عن",
        "أن",
        "هذا",
        "التي",
        "الذي",
        "كان",
        "قال",
        "بعد",
        "قبل",
        "كل",
        "بين",
        "حتى",
        "أو",
        "ما",
        "لا",
        "مع",
    ]
    text = " ".join(f'"{word}" {word}* ={word} {word}~' for word in words)
    asked = [f"{site}/search?size=100&page={page}&q={quote(text)}" for page in range(1, 9)]
    with ThreadPoolExecutor(len(asked)) as pool:
        answers = pool.map(fetch, asked)
        waits = []
        for _ in range(20):
            begun = time.monotonic()
            assert fetch(f"{site}/healthz")[0] == 200
            waits.append(time.monotonic() - begun)
        assert {status for status, *_ in answers} <= {200, 503}
    assert median(waits) < 1


def held(server: Server, connections: int) -> list[int]:
    """The connections that each worker has of some that come one after the other."""
    with ExitStack() as opened:
        for _ in range(connections):
            client = opened.enter_context(closing(http.client.HTTPConnection(*server.place, timeout=10)))
            client.request("GET", "/healthz")
            client.getresponse().read()
        workers = psutil.Process(server.process.pid).children()
        return [len(each.net_connections(kind="tcp")) - 1 for each in workers]  # one listens


def test_connections_are_shared_out_among_the_workers(samples_index: tuple[Settings, Report]) -> None:
    """Where the other worker does not come in time, as on a busy machine, one takes all for a second."""
    with serving(samples_index[0].index, "--workers", "2") as server:
        latest = time.monotonic() + 30
        while not all(held(server, 12)) and time.monotonic() < latest:  # the second is not there at once
            time.sleep(0.5)
        found = []
        for _ in range(4):
            time.sleep(1.1)
            found.append(held(server, 12))
        assert {sum(each) for each in found} == {12}
        assert min(max(each) - min(each) for each in found) <= 2
