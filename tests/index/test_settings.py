"""Settings: where each comes from, and which values they may have."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from kashshaf.index.errors import SettingsError
from kashshaf.index.settings import Settings, load

GOOD: list[tuple[str, object, object]] = [
    ("index", "elsewhere/index", Path("elsewhere/index")),
    ("engine", "tantivy", "tantivy"),
    ("timezone", "Asia/Beirut", "Asia/Beirut"),
    ("site_name", "صحيفة الساحل", "صحيفة الساحل"),
    ("site_url", "https://example.org/", "https://example.org/"),
    ("site_url", "/", "/"),
    ("site_url", "", ""),
    ("accent", "#0B5c55", "#0B5c55"),
    ("accent_dark", "#ffffff", "#ffffff"),
    ("digits", "arabic", "arabic"),
    ("page_size", "100", 100),
    ("page_size", "1", 1),
    (
        "cors_origins",
        "https://a.example, http://b.example:8080",
        ("https://a.example", "http://b.example:8080"),
    ),
    ("cors_origins", "*", ("*",)),
    (
        "image_hosts",
        "cdn.example, صور.example i0.wp.com:8443",
        ("cdn.example", "صور.example", "i0.wp.com:8443"),
    ),
    ("image_hosts", "*", ("*",)),
    ("image_hosts", "none", ("none",)),
    ("log_searches", "yes", "yes"),
    ("usage_file", "elsewhere/usage.sqlite", Path("elsewhere/usage.sqlite")),
    ("usage_days", "3650", 3650),
    ("desk_key", "", ""),
    ("desk_key", "مفتاح طويل بما يكفي", "مفتاح طويل بما يكفي"),
    ("cors_origins", "", ()),
    ("cors_origins", "http://[::1]:80/", ("http://[::1]:80/",)),
    ("frame_ancestors", "self https://a.example:8443", ("self", "https://a.example:8443")),
    ("frame_ancestors", "", ()),
]
BAD: list[tuple[str, object]] = [
    ("index", ""),
    ("engine", "lucene"),
    ("engine", "memory"),
    ("timezone", "Mars/Olympus"),
    ("timezone", ""),
    ("timezone", "../../etc/passwd"),
    ("timezone", "UTC\0"),
    ("timezone", "a" * 5000),
    ("site_url", "javascript:alert(1)"),
    ("accent", "red"),
    ("accent", "#fff"),
    ("accent", "#00000g"),
    ("accent", "#0000001"),
    ("accent_dark", ""),
    ("digits", "roman"),
    ("page_size", "0"),
    ("page_size", "101"),
    ("page_size", "-1"),
    ("page_size", "ten"),
    ("page_size", ""),
    ("page_size", "9" * 5000),
    ("cors_origins", "example.org"),
    ("image_hosts", "https://cdn.example"),
    ("image_hosts", "cdn.example/path"),
    ("image_hosts", "localhost"),
    ("image_hosts", "user@cdn.example"),
    ("image_hosts", "cdn.example;script-src"),
    ("image_hosts", "'unsafe-inline'.example"),
    ("image_hosts", "cdn.example:port"),
    ("log_searches", "true"),
    ("usage_file", ""),
    ("usage_days", "0"),
    ("usage_days", "3651"),
    ("desk_key", "short"),
    ("desk_key", " begins with a space"),
    ("desk_key", "sixteen signs and\na line"),
    ("cors_origins", "https://a.example, javascript:x"),
    ("cors_origins", "https://a.example/path"),
    ("cors_origins", "https://a.example\r\nx: y"),
    ("cors_origins", "https://صحيفة.example"),
    ("frame_ancestors", "'self'"),
    ("frame_ancestors", "*"),
    ("frame_ancestors", "https://a.example;script-src"),
    ("frame_ancestors", "https://*.example"),
    ("frame_ancestors", "a.example"),
]
BAD_IN_A_FILE: list[tuple[str, str]] = [
    ("page_size", "true"),
    ("page_size", "10.0"),
    ("page_size", "[10]"),
    ("site_name", "3"),
    ("site_name", '["a"]'),
    ("index", "1"),
    ("cors_origins", "[1]"),
    ("cors_origins", "{ a = 1 }"),
    ("timezone", "2024-01-01"),
]


def ids(rows: list[tuple[str, object]]) -> list[str]:
    return [f"{name}={str(value)[:30]!r}" for name, value in rows]


def toml(name: str, value: object) -> str:
    return f"{name} = {value}" if str(value).isdigit() else f"{name} = '{value}'"


@pytest.mark.parametrize(("name", "raw", "value"), GOOD, ids=ids([(name, raw) for name, raw, _ in GOOD]))
def test_good_values_from_each_place(tmp_path: Path, name: str, raw: object, value: object) -> None:
    file = tmp_path / "k.toml"
    file.write_text(toml(name, raw), encoding="utf-8")
    assert getattr(load(file, {}), name) == value
    assert getattr(load(None, {f"KASHSHAF_{name.upper()}": str(raw)}), name) == value
    assert getattr(load(None, {}, **{name: raw}), name) == value


@pytest.mark.parametrize(("name", "raw"), BAD, ids=ids(BAD))
def test_bad_values_name_the_setting(name: str, raw: object) -> None:
    for environment, overrides in (({f"KASHSHAF_{name.upper()}": str(raw)}, {}), ({}, {name: raw})):
        with pytest.raises(SettingsError, match=f"setting {name} "):
            load(None, environment, **overrides)


@pytest.mark.parametrize(("name", "value"), BAD_IN_A_FILE, ids=ids([*BAD_IN_A_FILE]))
def test_values_of_another_type_in_a_file(tmp_path: Path, name: str, value: str) -> None:
    file = tmp_path / "k.toml"
    file.write_text(f"{name} = {value}", encoding="utf-8")
    with pytest.raises(SettingsError, match=f"setting {name} "):
        load(file, {})


def test_a_list_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "k.toml"
    file.write_text('cors_origins = ["https://a.example", "https://b.example"]', encoding="utf-8")
    assert load(file, {}).cors_origins == ("https://a.example", "https://b.example")


def test_the_command_line_beats_the_environment_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / "k.toml"
    file.write_text("page_size = 1\ndigits = 'arabic'\nsite_name = 'ملف'", encoding="utf-8")
    environment = {"KASHSHAF_PAGE_SIZE": "2", "KASHSHAF_SITE_NAME": "بيئة", "UNRELATED": "x"}
    settings = load(file, environment, page_size=3, site_name=None)
    assert (settings.page_size, settings.site_name, settings.digits) == (3, "بيئة", "arabic")


def test_nothing_set_is_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {}) == Settings()


def test_the_file_of_the_folder_is_read_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kashshaf.toml").write_text("page_size = 7", encoding="utf-8")
    assert load(None, {}).page_size == 7


def test_the_environment_of_the_process_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KASHSHAF_INDEX", "from/env")
    assert load().index == Path("from/env")


FILES: dict[str, bytes | None] = {
    "not there": None,
    "no TOML": b"page_size == 3",
    "no UTF-8": b'site_name = "\xe3"',
    "binary": b"\0\1\2",
    "an unknown name": b"pagesize = 3",
    "a table": b"[site]\nname = 'x'",
    "twice": b"page_size = 3\npage_size = 4",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "odd.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"odd\.toml"):
        load(file, {})


def test_an_unknown_name_lists_the_known(tmp_path: Path) -> None:
    file = tmp_path / "k.toml"
    file.write_text("pagesize = 3", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        load(file, {})
    for row in fields(Settings):
        assert row.name in str(told.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read"):
        load(tmp_path, {})


def test_every_default_is_a_good_value() -> None:
    overrides = {row.name: row.default for row in fields(Settings)}
    assert load(Path(os.devnull), {}, **overrides) == Settings()


def test_a_path_with_nul_is_refused() -> None:
    with pytest.raises(SettingsError, match="setting index "):
        load(None, {}, index="a\0b")
