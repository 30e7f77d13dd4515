"""The commands that write: reports, exit statuses, and what is said of documents that are refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.indexer.rebuild.spool import SPOOL_FILE as SPOOL
from tests.kashshaf.command import COMMAND, kashshaf, one_line, without_rights
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kashshaf.command import Ran, Word

KEYS = ["read", "added", "updated", "unchanged", "removed", "mended", "refused"]
KEYS += ["articles", "comments", "seconds", "generation", "engine"]
"""The keys of a report: fixed, as INTERFACES of the project has them."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.write("a.jsonl", BRIDGE, SCHOOL)
    return site


def run(site: Site, *words: Word, stdin: bytes = b"") -> Ran:
    return kashshaf(*words, index=site.settings.index, stdin=stdin, cwd=site.folder)


def spoil(site: Site) -> None:
    path = site.write("b.jsonl", HARVEST, {"id": "bare"})
    path.write_bytes(path.read_bytes() + b"no json\n")


def test_a_day_of_a_site(site: Site) -> None:
    built = run(site, "reindex", "sources", "--json")
    assert built.status == 0
    report = built.json()
    assert sorted(report) == sorted(KEYS)
    assert (report["read"], report["added"], report["articles"], report["comments"]) == (2, 2, 2, 3)
    assert (report["mended"], report["refused"], report["engine"]) == ([], [], "whoosh")
    assert report["generation"] == site.store.current().name
    spoil(site)
    site.write("a.jsonl", {**BRIDGE, "title": "إغلاق الميناء"}, SCHOOL)
    updated = run(site, "index", "sources", "--json")
    assert updated.status == 3
    report = updated.json()
    assert sorted(report) == sorted(KEYS)
    assert [report[key] for key in KEYS[:5]] == [5, 1, 1, 1, 0]
    assert [each["source"] for each in report["refused"]] == ["b.jsonl:2", "b.jsonl:3"]
    for each in report["refused"]:
        assert set(each) == {"source", "reason"}
        assert f"refused: {each['source']}: {each['reason']}" in updated.err
    again = run(site, "index", "sources", "--json")
    assert again.status == 3  # what was refused is named until it is mended
    assert [again.json()[key] for key in KEYS[:5]] == [3, 0, 0, 3, 0]
    removed = run(site, "remove", "harvest", "school/c1")
    assert (removed.status, removed.out) == (
        0,
        "removed article harvest\nremoved comment c1 of article school\n",
    )
    assert run(site, "reindex", "--json").json()["articles"] == 2
    assert run(site, "rollback").status == 0
    assert run(site, "verify").status == 0
    assert run(site, "rollback").status == 1
    assert site.found() == {"bridge", "school"}


def test_some_refused_by_a_rebuild(site: Site) -> None:
    spoil(site)
    ran = run(site, "reindex", "sources")
    assert ran.status == 3
    assert ran.err.count("refused: b.jsonl:") == 2
    assert "3 added" in ran.out


def test_nothing_readable_leaves_the_old_index(site: Site) -> None:
    run(site, "reindex", "sources")
    bad = site.folder / "bad"
    bad.mkdir()
    (bad / "x.jsonl").write_bytes(b"no json\n")
    for words in (["reindex", "bad"], ["reindex", "bad", "--json"]):
        ran = run(site, *words)
        assert (ran.status, ran.out) == (1, "")
        assert "nothing was changed" in ran.err
        assert "x.jsonl" in ran.err
    (bad / "x.jsonl").unlink()
    assert run(site, "reindex", "bad").status == 1
    assert site.found() == {"bridge", "school"}
    assert len(site.generations()) == 1


def test_an_unknown_id_is_told(site: Site) -> None:
    run(site, "reindex", "sources")
    for words in (["nobody"], ["bridge", "nobody"], [b"\xff"], ["--", "-x"]):
        ran = run(site, "remove", *words)
        assert (ran.status, ran.out) == (1, "")
        assert one_line(ran.err)
    several = run(site, "remove", "c1")
    assert several.status == 2
    assert "bridge/c1" in several.err
    assert site.found() == {"bridge", "school"}


@pytest.mark.parametrize("command", ["reindex", "index", "extract"])
def test_a_source_that_is_not_there(site: Site, command: str) -> None:
    ran = run(site, command, "nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert "nowhere" in ran.err
    assert not site.store.exists()


def test_an_unknown_engine(site: Site) -> None:
    ran = run(site, "reindex", "sources", "--engine", "lucene")
    assert ran.status in (1, 2)
    assert ran.out == ""
    assert one_line(ran.err)
    assert "whoosh" in ran.err
    assert not site.store.exists()


def test_the_reference_engine_is_none_for_a_site(site: Site) -> None:
    run(site, "reindex", "sources")
    assert run(site, "reindex", "--engine", "memory").status in (1, 2)
    assert run(site, "search", "الجسر").status == 0


@pytest.mark.parametrize("given", ["yesterday", "", "2024-13-01", b"\xff", "99999-01-01", "24/03/2024x"])
def test_a_bad_as_of(site: Site, given: Word) -> None:
    ran = run(site, "index", "sources", "--as-of", given)
    assert (ran.status, ran.out) == (2, "")
    assert "--as-of" in ran.err
    assert not site.store.exists()


@pytest.mark.parametrize("given", ["0001-01-01", "9999-12-31T23:59:59+00:00", "2024-03-24T10:00:00+03:00"])
def test_an_as_of_at_the_edge(site: Site, given: str) -> None:
    site.write("a.jsonl", row("x", "خبر", ("c", "نص"), date="منذ 3 سنوات"))
    assert run(site, "extract", "sources", "--as-of", given).status == 0
    assert run(site, "reindex", "sources", "--as-of", given).status == 0
    assert site.found() == {"x"}


def test_standard_input(site: Site) -> None:
    lines = orjson.dumps(HARVEST) + b"\n" + orjson.dumps({**BRIDGE, "id": ""})
    built = run(site, "reindex", "-", "--json", stdin=lines)
    assert (built.status, built.json()["added"]) == (0, 2)
    extracted = run(site, "extract", "-", stdin=lines)
    assert [orjson.loads(line)["file"] for line in extracted.out.splitlines()] == ["-", "-"]
    again = run(site, "index", "-", "--json", "--sync", stdin=orjson.dumps(HARVEST))
    assert [again.json()[key] for key in KEYS[:5]] == [1, 0, 0, 1, 1]
    assert run(site, "reindex", "-", stdin=b"").status == 1
    assert site.found() == {"harvest"}
    assert run(site, "status", "--json").json()["hints"] == []


def test_extract_prints_what_is_then_stored(site: Site) -> None:
    spoil(site)
    ran = run(site, "extract", "sources", "sources/a.jsonl")
    assert ran.status == 3
    assert "refused: sources/b.jsonl" in ran.err
    rows = [orjson.loads(line) for line in ran.out.splitlines()]
    assert [each.pop("file") for each in rows] == ["sources/a.jsonl"] * 2 + ["sources/b.jsonl"] + [
        "sources/a.jsonl"
    ] * 2
    site.reindex(site.sources)
    stored = site.stored()
    assert {each["id"]: each for each in rows} == {name: each.to_dict() for name, each in stored.items()}
    assert site.store.exists()


def test_extract_needs_no_index_and_makes_none(site: Site) -> None:
    assert run(site, "extract", "sources").status == 0
    assert not site.settings.index.exists()


def test_a_second_writer_is_told_who_writes(site: Site) -> None:
    run(site, "reindex", "sources")
    with site.store.lock("a test"):
        for words in (["reindex", "sources"], ["index", "sources"], ["remove", "bridge"], ["rollback"]):
            ran = run(site, *words)
            assert (ran.status, ran.out) == (1, "")
            assert one_line(ran.err)
            assert f"process {os.getpid()} (kashshaf a test" in ran.err
        assert run(site, "search", "الجسر").status == 0
        assert run(site, "status").status == 0


@pytest.fixture
def _heard() -> Iterator[None]:
    """Ctrl-C is ignored where tests run in the background of a shell, and so it would be in a command."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heard")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_rebuild_that_is_interrupted(site: Site, sent: signal.Signals, status: int) -> None:
    """While it waits for standard input: one line, the old index serves, and it can go on."""
    run(site, "reindex", "sources")
    command = [COMMAND, "--index", str(site.settings.index), "reindex", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        for _ in range(200):
            if list(site.store.root.rglob(SPOOL)):
                break
            time.sleep(0.05)
        process.send_signal(sent)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (status, b""), err.decode()
    assert b"Traceback" not in err
    assert b"stopped" in err
    assert b"--resume" in err
    assert any("--resume" in hint for hint in run(site, "status", "--json").json()["hints"])
    assert site.found() == {"bridge", "school"}
    assert run(site, "reindex", "-", "--resume", stdin=orjson.dumps(HARVEST)).status == 0
    assert site.found() == {"harvest"}
    assert run(site, "status", "--json").json()["hints"] == []


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "NUL": b'{"title": "\0"}',
    "control characters": b'{"id": "\\u0000\\u0001", "title": "a\\u0000b\\u202e", "comments": ["\\u0007"]}',
    "lone surrogates": (
        b'{"id": "\\ud800", "title": "\\ud800 \\udfff", "comments": [{"id": "\\udc00", "text": "\\ud800x"}]}'
    ),
    "deep": b"[" * 100_000,
    "a number": b"1" * 100_000,
    "a list of nothing": b"[[], null, 1, true, {}]",
    "wrong types": b'{"id": {}, "title": ["a"], "date": 5, "tags": 5, "comments": 5, "sections": {"a": 1}}',
    "gzip cut short": b"\x1f\x8b\x08\0\0\0\0\0\0\3\xab",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_in_a_status(site: Site, content: bytes) -> None:
    (site.sources / "b.jsonl").write_bytes(content)
    built = run(site, "reindex", "sources", "--json")
    assert built.status in (0, 3)
    report = built.json()
    assert report["articles"] + len(report["refused"]) >= 3
    assert site.verify().articles == report["articles"]


def test_the_first_run(site: Site) -> None:
    """What ``make run`` does: an index of the samples where there is none, and nothing where there is one."""
    command = [sys.executable, "-m", "kashshaf.first_run", "sources"]
    env = {**os.environ, "KASHSHAF_INDEX": str(site.settings.index)}
    first = subprocess.run(command, env=env, cwd=site.folder, capture_output=True, check=False)
    assert first.returncode == 0
    assert b"2 articles, 3 comments" in first.stderr
    name = site.store.current().name
    second = subprocess.run(command, env=env, cwd=site.folder, capture_output=True, check=False)
    assert (second.returncode, second.stdout, second.stderr) == (0, b"", b"")
    assert site.store.current().name == name
    site.edit_json("manifest.json", fingerprint="0")
    other = subprocess.run(command, env=env, cwd=site.folder, capture_output=True, check=False)
    assert other.returncode == 1
    assert b"kashshaf reindex" in other.stderr


def test_a_folder_that_may_not_be_entered(site: Site) -> None:
    closed = site.sources / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        ran = kashshaf(
            "reindex", "sources", index=site.settings.index, cwd=site.folder, prefix=without_rights()
        )
    finally:
        closed.chmod(0o755)
    assert ran.status in (0, 3)
    assert "closed" in ran.err


def test_a_file_that_may_not_be_read(site: Site) -> None:
    path = site.write("b.jsonl", HARVEST)
    path.chmod(0)
    ran = kashshaf("reindex", "sources", index=site.settings.index, cwd=site.folder, prefix=without_rights())
    assert ran.status == 3
    assert "refused: b.jsonl: it cannot be read" in ran.err
    assert site.found() == {"bridge", "school"}
