"""The commands ``keys create``, ``keys list`` and ``keys revoke``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click
import orjson

from kashshaf.index.errors import NotFoundError, UsageError
from kashshaf.index.setting_checks import is_origin
from kashshaf.search_app.keys.key import Key, make
from kashshaf.search_app.keys.key_file import KeyFile, key_file

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings

LONGEST_NAME = 80
_DAYS = re.compile(r"([1-9][0-9]{0,4})d")
USUAL = {"https": ":443", "http": ":80"}
"""Ports that browsers leave out."""
_HIDDEN = ("salt", "hash")
SHOWN_ONCE = "this is the only time that it is shown; keep it where nobody else can read it"


@click.group()
def keys() -> None:
    """Make, list and revoke keys to the API."""


@keys.command()
@click.argument("name")
@click.option("--public", "kind", flag_value="public", default=True, help="For searching (the default).")
@click.option("--admin", "kind", flag_value="admin", help="For the write API, and for searching.")
@click.option(
    "--origin", "origins", multiple=True, help="Pages of this origin may use a public key; repeats."
)
@click.option("--expires", help="Days such as 90d, or a date such as 2027-05-01, in UTC.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def create(
    settings: Settings, name: str, kind: Any, origins: tuple[str, ...], expires: str | None, *, as_json: bool
) -> None:
    """Make a key called NAME and print it; it is not kept, only a hash of it is.

    A public key with --origin is for browsers on pages of these origins; one without is for servers.
    """
    now = datetime.now(UTC)
    key, text = make(kind, _name(name), _origins(kind, origins), now, _until(expires, now))
    file = KeyFile(key_file(settings))
    file.change(lambda before: [*before, _new(key, before)])
    if as_json:
        click.echo(orjson.dumps({**_shown(key), "key": text}, option=orjson.OPT_INDENT_2))
        return
    click.echo(text)
    click.echo(f"{kind} key {key.id}: {SHOWN_ONCE}", err=True)


@keys.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def list_keys(settings: Settings, *, as_json: bool) -> None:
    """List the keys, without what is secret of them."""
    found = KeyFile(key_file(settings)).read()
    if as_json:
        click.echo(orjson.dumps([_shown(key) for key in found], option=orjson.OPT_INDENT_2))
        return
    for key in found:
        click.echo(_line(key))
    if not found:
        click.echo("there is no key yet; make one with: kashshaf keys create NAME", err=True)


@keys.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.pass_obj
def revoke(settings: Settings, names: tuple[str, ...]) -> None:
    """Revoke keys, by name or id: they hold no more from now on, in a running server too."""

    def without(before: list[Key]) -> list[Key]:
        unknown = [name for name in names if not any(name in (key.id, key.name) for key in before)]
        if unknown:
            raise NotFoundError(f"there is no key called {unknown[0]!r}; see: kashshaf keys list")
        return [key for key in before if not {key.id, key.name} & {*names}]

    KeyFile(key_file(settings)).change(without)
    for name in names:
        click.echo(f"revoked {name}")


def _new(key: Key, before: list[Key]) -> Key:
    """The key, if no other is called as it is."""
    if any(key.name in (other.name, other.id) for other in before):
        raise UsageError(
            f"there is a key called {key.name!r} already; choose another name, or revoke it first"
        )
    return key


def _name(given: str) -> str:
    if not given.isprintable() or not 0 < len(given.strip()) <= LONGEST_NAME:
        raise UsageError(f"a key's name has 1 to {LONGEST_NAME} characters, all of them visible")
    return given.strip()


def _origins(kind: str, given: tuple[str, ...]) -> tuple[str, ...]:
    if given and kind == "admin":
        raise UsageError("an admin key is for servers; no browser may have it, so it has no --origin")
    return tuple(dict.fromkeys(map(_as_sent, given)))


def _as_sent(origin: str) -> str:
    """An origin as browsers send it: small letters, other letters encoded, no port that is usual."""
    scheme, _, host = origin.rstrip("/").lower().partition("://")
    try:
        sent = f"{scheme}://{host.removesuffix(USUAL.get(scheme, '/')).encode('idna').decode()}"
    except UnicodeError:
        sent = ""
    if not is_origin(sent):
        raise UsageError(f"{origin!r} is no origin; write one as https://example.org")
    return sent


def _until(given: str | None, now: datetime) -> datetime | None:
    """The moment at which a key ends."""
    if given is None:
        return None
    days = _DAYS.fullmatch(given)
    try:
        until = now + timedelta(days=int(days[1])) if days else datetime.fromisoformat(given)
        until = until.astimezone(UTC) if until.tzinfo else until.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--expires {given} is neither days, such as 90d, nor a date") from error
    if until <= now:
        raise UsageError(f"--expires {given} is over already")
    return until


def _shown(key: Key) -> dict[str, Any]:
    return {name: value for name, value in key.to_dict().items() if name not in _HIDDEN}


def _line(key: Key) -> str:
    until = f"until {key.expires}" if key.expires else "for ever"
    used_by = " ".join(key.origins) or "servers"
    return f"{key.id}  {key.kind:6}  …{key.last}  {key.created}  {until}  {used_by}  {key.name}"
