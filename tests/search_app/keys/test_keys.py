"""Keys: shown once, kept as hashes, gone when they are revoked."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import KeyFileError
from kashshaf.index.settings import Settings
from kashshaf.search_app.keys import verifier as verifiers
from kashshaf.search_app.keys.key import Key, make
from kashshaf.search_app.keys.key_file import KeyFile, key_file
from kashshaf.search_app.keys.verifier import Verifier
from tests.kashshaf.command import called, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kashshaf.command import Ran

    Capture = pytest.CaptureFixture[str]

NOW = datetime.now(UTC)


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


def added(file: KeyFile, name: str = "one", expires: datetime | None = None) -> str:
    key, text = make("admin", name, (), NOW, expires)
    file.change(lambda before: [*before, key])
    return text


def test_a_key_is_verified_and_then_remembered(file: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    text = added(file)
    verifier = Verifier(file)
    assert verifier.known(text) is None
    key = verifier.verified(text)
    assert key is not None
    monkeypatch.setattr(Key, "is_of", None)  # it is not looked at again
    assert verifier.known(text) == key


@pytest.mark.parametrize("wrong", ["", "ka_1_2", "x" * 10_000, "ka_\u0661\u0661", "ka_{}_" + "0" * 40])
def test_what_is_no_key_is_none(file: KeyFile, wrong: str) -> None:
    text = added(file)
    assert Verifier(file).verified(wrong.format(text.split("_")[1])) is None
    assert Verifier(file).verified(text.upper()) is None
    assert Verifier(file).verified(text + "0") is None


def test_an_unknown_id_takes_as_long_as_a_wrong_secret(
    file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[str] = []
    monkeypatch.setattr(verifiers, "spend_time", spent.append)
    assert Verifier(file).verified("ka_0123456789_" + "0" * 40) is None
    assert spent == ["0" * 40]


def test_a_revoked_key_holds_no_more_in_any_process(file: KeyFile) -> None:
    text = added(file)
    here, there = Verifier(file), Verifier(file)
    assert here.verified(text)
    assert there.verified(text)
    file.change(lambda _: [])
    assert here.known(text) is None
    assert there.known(text) is None
    assert there.verified(text) is None


def test_an_expired_key_holds_no_more(file: KeyFile) -> None:
    assert Verifier(file).verified(added(file, expires=NOW - timedelta(seconds=1))) is None
    assert Verifier(file).verified(added(file, expires=NOW + timedelta(days=1))) is not None


def test_the_file_is_its_owners_and_has_no_secret(file: KeyFile) -> None:
    text = added(file)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    secret = text.split("_")[2]
    assert secret.encode() not in file.path.read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"format": 1}', b'{"format": 1, "keys": [{}]}', b'{"format": 2}']
)
def test_a_damaged_file_lets_nobody_in_and_is_told(file: KeyFile, content: bytes) -> None:
    text = added(file)
    file.path.write_bytes(content)
    with pytest.raises(KeyFileError, match="keys"):
        Verifier(file).verified(text)


def test_the_file_stands_beside_the_index(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    assert key_file(settings) == tmp_path / "index.keys.json"
    assert key_file(replace(settings, keys_file="my.json")).name == "my.json"


def run(capture: Capture, tmp_path: Path, *words: str) -> Ran:
    return called(capture, "keys", *words, index=tmp_path / "index")


def test_the_commands(capsys: Capture, tmp_path: Path) -> None:
    made = run(capsys, tmp_path, "create", "wordpress", "--admin", "--expires", "90d")
    assert made.status == 0
    text = made.out.strip()
    assert text.startswith("ka_")
    assert "only time" in made.err
    site = run(capsys, tmp_path, "create", "site", "--origin", "https://A.example/", "--json").json()
    assert (site["kind"], site["origins"]) == ("public", ["https://a.example"])
    listed = run(capsys, tmp_path, "list", "--json").json()
    assert [row["name"] for row in listed] == ["wordpress", "site"]
    assert listed[0]["last"] == text[-4:]
    assert not {"hash", "salt"} & {*listed[0]}
    shown = run(capsys, tmp_path, "list").out
    assert "wordpress" in shown
    assert text.split("_")[2] not in shown
    assert run(capsys, tmp_path, "revoke", "wordpress", listed[1]["id"]).status == 0
    assert "no key yet" in run(capsys, tmp_path, "list").err


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("HTTPS://A.Example:443/", "https://a.example"),
        ("http://a.example:8080", "http://a.example:8080"),
        ("https://جريدة.example", "https://xn--ogbfjh9j.example"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(
    capsys: Capture, tmp_path: Path, given: str, sent: str
) -> None:
    made = run(capsys, tmp_path, "create", "a", "--origin", given, "--json")
    assert made.json()["origins"] == [sent]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["create", "a\nb"], 2),
        (["create", ""], 2),
        (["create", "a", "--origin", "a.example"], 2),
        (["create", "a", "--origin", "https://a.example/path"], 2),
        (["create", "a", "--origin", "*"], 2),
        (["create", "a", "--admin", "--origin", "https://a.example"], 2),
        (["create", "a", "--expires", "soon"], 2),
        (["create", "a", "--expires", "2001-01-01"], 2),
        (["create", "a", "--expires", "99999999d"], 2),
        (["create", "taken"], 2),
        (["revoke", "nobody"], 1),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line(
    capsys: Capture, tmp_path: Path, words: list[str], status: int
) -> None:
    run(capsys, tmp_path, "create", "taken")
    ran = run(capsys, tmp_path, *words)
    assert ran.status == status
    assert one_line(ran.err)
    assert [row["name"] for row in run(capsys, tmp_path, "list", "--json").json()] == ["taken"]
