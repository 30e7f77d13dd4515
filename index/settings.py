"""The settings: one table, and the only reader of the environment and of ``kashshaf.toml``.

A setting is looked for on the command line, then as ``KASHSHAF_<NAME>`` in the environment, then in the
file, then it has its default. ``docs/settings.md`` is checked against this table by a test.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kashshaf.index.errors import SettingsError
from kashshaf.index.setting_checks import (
    are_families,
    are_networks,
    is_colour,
    is_image_host,
    is_index_prefix,
    is_key,
    is_origin,
    is_prefix,
    is_rate,
    is_zone,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "KASHSHAF_"
DEFAULT_FILE = Path("kashshaf.toml")
EMBEDDED = ("whoosh", "tantivy")
CLUSTER = "opensearch"
ENGINES = (*EMBEDDED, CLUSTER)
SYNONYMS, PINS = Path("synonyms.txt"), Path("pins.toml")
"""Files that need not be there, by these names."""
DIGITS = ("latin", "arabic")
YES_NO = ("yes", "no")
ALONE, WRITER, READER = "alone", "writer", "reader"
TITLE_OPENS = ("publisher", "copy")
ADDRESSES = ("none", "truncated")


def setting(default: Any, meaning: str, *, among: tuple[str, ...] = ()) -> Any:
    """Make a row of the table: default, meaning, and the only values it may have."""
    return field(default=default, metadata={"meaning": meaning, "among": among})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its value."""

    index: Path = setting(Path("var/index"), "folder of the built index")  # noqa: RUF009 - a path never changes
    engine: str = setting(
        "",
        "engine that a rebuild uses: whoosh, tantivy for large sites, or opensearch for a cluster; the one"
        " that the index has if empty",
        among=("", *ENGINES),
    )
    opensearch_url: tuple[str, ...] = setting(
        ("http://127.0.0.1:9200",),
        "addresses of nodes of the cluster; where one does not answer, the next is asked",
    )
    opensearch_user: str = setting("", "user of the cluster; none if empty")
    opensearch_password: str = setting("", "the user's password; keep it in the environment")
    opensearch_ca: Path | None = setting(  # noqa: RUF009
        None,
        "file (PEM) of the cluster's certificate authority, believed beside the public ones",
    )
    opensearch_prefix: str = setting(
        "kashshaf",
        "beginning of the names of the site's indexes on the cluster; small letters, digits, - and _",
    )
    opensearch_shards: int = setting(1, "parts of each index of the next rebuild, 1 to 1024")
    opensearch_replicas: int = setting(
        1, "copies of each part on other nodes, as far as there are any, 0 to 10"
    )
    opensearch_role: str = setting(
        ALONE,
        "what this machine is to an index on the cluster: alone (it writes and serves), writer (it also tells"
        " readers), or reader (it serves what the writer, another machine, tells it, and writes nothing)",
        among=(ALONE, WRITER, READER),
    )
    timezone: str = setting("UTC", "zone of dates that state none, and of dates on pages; an IANA name")
    site_name: str = setting("كشّاف", "name of the site at the head of the pages")
    site_url: str = setting("", "where the site's name links to; the search page if empty")
    site_logo: str = setting("", "image at the head of the pages: an http(s) URL or the path of a file")
    accent: str = setting("#0b5c55", "colour of links and buttons on a light page, as #rrggbb")
    accent_dark: str = setting("#6fd0c3", "colour of links and buttons on a dark page, as #rrggbb")
    font: str = setting("", "font families of the pages, parted by commas; the one that is shipped if empty")
    title_opens: str = setting(
        "publisher",
        "page that a result's title opens: publisher (its own page, where it has one) or copy (ours)",
        among=TITLE_OPENS,
    )
    digits: str = setting("latin", "digits on the pages: latin (2016) or arabic (٢٠١٦)", among=DIGITS)
    page_size: int = setting(10, "results on a page where the request names no size, 1 to 100")
    search_time_limit: float = setting(
        1.5, "seconds of work after which a search answers with what it has, 0.05 to 600"
    )
    synonyms: Path = setting(SYNONYMS, "file of synonyms that editors write: docs/synonyms.md")  # noqa: RUF009
    synonyms_shipped: str = setting(
        "yes", "whether the shipped synonyms and words of dialects are used too: yes or no", among=YES_NO
    )
    pins: Path = setting(PINS, "file of articles that stand first for a query: docs/synonyms.md")  # noqa: RUF009
    fetch_delay: int = setting(
        1, "seconds between two requests to a site that pages are fetched from, 0 to 60"
    )
    fetch_seconds: int = setting(60, "the longest that fetching one page may take, in seconds, 1 to 3600")
    fetch_megabytes: int = setting(20, "the largest page that is fetched, in megabytes as sent, 1 to 1000")
    fetch_private: str = setting(
        "no", "whether pages of private networks and of this machine may be fetched: yes or no", among=YES_NO
    )
    fetch_ca: Path | None = setting(  # noqa: RUF009
        None, "file (PEM) of certificate authorities of your own, believed beside the public ones"
    )
    image_hosts: tuple[str, ...] = setting(
        (),
        "hosts, with all below them, whose pictures the pages show; an article's own site is always one;"
        " * for every host, none for no pictures",
    )
    log_searches: str = setting(
        "no", "whether searches and opened results are counted, without who it was: yes or no", among=YES_NO
    )
    usage_file: Path = setting(Path("var/usage.sqlite"), "file of the counts")  # noqa: RUF009
    usage_days: int = setting(90, "days that the counts are kept, 1 to 3650")
    desk_key: str = setting(
        "", "key to the editors' desk at /desk, 16 characters or more; without one there is no desk"
    )
    frame_ancestors: tuple[str, ...] = setting(
        (), "origins whose pages may show ours in a frame, such as https://example.org; self for our own"
    )
    cors_origins: tuple[str, ...] = setting(
        (), "origins whose pages may call the API from a browser, such as https://example.org; * for all"
    )
    prefix: str = setting("", "path below which a proxy shows everything, such as /search; the root if empty")
    trusted_proxies: tuple[str, ...] = setting(
        (), "addresses or networks of proxies whose X-Forwarded headers are believed, such as 127.0.0.1"
    )
    access_log: str = setting("off", "where each request is written, a line of JSON: off, stderr, or a file")
    access_log_addresses: str = setting(
        "none", "readers' addresses in the access log: none, or truncated to their network", among=ADDRESSES
    )
    metrics_token: str = setting(
        "", "what /metrics must be asked with, 16 characters or more; without it this machine alone may ask"
    )
    keys_file: str = setting("", "file of the API keys; INDEX.keys.json beside the index folder if empty")
    require_key: str = setting("no", "whether a search through the API needs a key: yes or no", among=YES_NO)
    rate_limit: str = setting(
        "auto",
        "requests that an address may make, such as 600 per minute; auto: so many, but any number from this"
        " machine; off: no limit",
    )
    rate_limit_key: str = setting(
        "6000 per minute",
        "requests that may be made with one key, from all addresses together; off: no limit",
    )
    rate_limit_write: str = setting(
        "600 per minute", "requests to the write API that may be made with one key; off: no limit"
    )
    write_megabytes: int = setting(10, "the largest body that the write API takes, in megabytes, 1 to 30")


def load(
    file: Path | None = None, environment: Mapping[str, str] | None = None, **overrides: object
) -> Settings:
    """Read the settings from ``file`` (``kashshaf.toml`` if it is there), the environment and ``overrides``.

    Overrides that are None are passed over. Raises SettingsError for a file that cannot be read, an unknown
    name, or a value that a setting may not have.
    """
    found: dict[str, object] = {}
    if file is not None or DEFAULT_FILE.exists():
        found |= _from_file(file or DEFAULT_FILE)
    found |= _from_environment(os.environ if environment is None else environment)
    found |= {name: value for name, value in overrides.items() if value is not None}
    return override(Settings(), **found)


def use(settings: Settings) -> Settings:
    """Have ``settings`` be those of this process, for what is opened by its name alone: an engine."""
    _in_use[:] = [settings]
    return settings


def in_use() -> Settings:
    """The settings of this process; those of file and environment where none were said to be."""
    return _in_use[0] if _in_use else load()


def override(settings: Settings, **values: object) -> Settings:
    """Return ``settings`` with other values; raises SettingsError for a name or a value that none has."""
    checked: dict[str, Any] = {name: _value(name, raw) for name, raw in values.items()}
    return replace(settings, **checked)


def hand_on(name: str, value: str) -> None:
    """Set a variable of the environment for a library that is told what to do by no other way."""
    os.environ[name] = value


def _from_file(file: Path) -> dict[str, object]:
    import tomllib  # noqa: PLC0415 - many have no file of settings

    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {file}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or a number or brackets without end
        raise SettingsError(f"the settings file {file} is not TOML: {error}") from error
    known = [row.name for row in fields(Settings)]
    for name in table:
        if name not in known:
            raise SettingsError(f"{file}: there is no setting {name!r}; the settings are {', '.join(known)}")
    return table


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    names = {PREFIX + row.name.upper(): row.name for row in fields(Settings)}
    return {names[key]: value for key, value in environment.items() if key in names}


def _value(name: str, raw: object) -> object:
    rows = {row.name: row for row in fields(Settings)}
    if name not in rows:
        raise SettingsError(f"there is no setting {name!r}; the settings are {', '.join(rows)}")
    row = rows[name]
    try:
        value = _READERS[str(row.type)](raw)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            f"the setting {name} cannot be {raw!r}: it is {row.metadata['meaning']}"
        ) from error
    among = row.metadata["among"]
    if among and value not in among:
        raise SettingsError(
            f"the setting {name} cannot be {raw!r}: it is one of {', '.join(filter(None, among))}"
        )
    if name in _CHECKS and not _CHECKS[name](value):
        raise SettingsError(f"the setting {name} cannot be {raw!r}: it is {row.metadata['meaning']}")
    return value


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _integer(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise TypeError
    return int(raw)


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise TypeError
    return float(raw)


def _texts(raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        raw = [part for part in raw.replace(",", " ").split() if part]
    if not isinstance(raw, list | tuple) or not all(isinstance(part, str) for part in raw):
        raise TypeError
    return tuple(raw)


def _path(raw: object) -> Path:
    if not isinstance(raw, str | Path) or not str(raw) or "\0" in str(raw):
        raise TypeError
    return Path(raw)


_in_use: list[Settings] = []
_READERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "int": _integer,
    "float": _number,
    "Path": _path,
    "Path | None": _path,
    "tuple[str, ...]": _texts,
}
_CHECKS: dict[str, Callable[[Any], bool]] = {
    "accent": is_colour,
    "accent_dark": is_colour,
    "font": are_families,
    "timezone": is_zone,
    "opensearch_url": lambda value: bool(value) and all(map(is_origin, value)),
    "opensearch_prefix": is_index_prefix,
    "opensearch_shards": lambda value: 1 <= value <= 1024,
    "opensearch_replicas": lambda value: 0 <= value <= 10,
    "page_size": lambda value: 1 <= value <= 100,
    "search_time_limit": lambda value: 0.05 <= value <= 600,
    "image_hosts": lambda value: all(map(is_image_host, value)),
    "usage_days": lambda value: 1 <= value <= 3650,
    "desk_key": is_key,
    "fetch_delay": lambda value: 0 <= value <= 60,
    "fetch_seconds": lambda value: 1 <= value <= 3600,
    "fetch_megabytes": lambda value: 1 <= value <= 1000,
    "frame_ancestors": lambda value: all(each == "self" or is_origin(each) for each in value),
    "cors_origins": lambda value: all(each == "*" or is_origin(each) for each in value),
    "prefix": is_prefix,
    "trusted_proxies": are_networks,
    "access_log": lambda value: bool(value) and "\0" not in value,
    "metrics_token": is_key,
    "rate_limit": lambda value: value == "auto" or is_rate(value),
    "rate_limit_key": is_rate,
    "rate_limit_write": is_rate,
    "write_megabytes": lambda value: 1 <= value <= 30,
    "site_url": lambda value: not value or value.startswith(("https://", "http://", "/")),
}
