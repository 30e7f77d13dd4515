"""The hosts that a saved page may be from."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.indexer.sources.html.tree import Element


_MOST_LINKS, _FEWEST_LINKS = 500, 4
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d+\)|Page saved with SingleFile\s{1,9}url:)\s{0,9}(\S{1,2000})"
)
"""The remark that browsers and SingleFile write into a page that they save."""
_ADDRESS = re.compile(
    r"\s{0,9}https?://(?:[^\s/@]{0,99}@)?(?:www\.)?([a-z0-9.-]{1,253})(?=[:/?#\s]|\Z)", re.IGNORECASE
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})")
_LONGEST_HOST = 100
_SECOND = frozenset(("ac", "co", "com", "edu", "gov", "net", "org"))
_HEAD = 5_000


def hosts_of(text: str, root: Element, url: str, name: str) -> list[str]:
    """The hosts that a page may be from, the surest first.

    Its address; where it was saved from; a folder of its path that is called like a host, as wget and HTTrack
    write them; the domain that most of its addresses name.
    """
    saved = _SAVED_FROM.search(text[:_HEAD])
    sure = [host_of(url), host_of(saved[1]) if saved else "", *hosts_in_path(name)]
    return list(dict.fromkeys(host for host in (*sure, _most_linked(root)) if host))


def hosts_in_path(path: str) -> list[str]:
    """The folders of a path that are called like hosts, the innermost first."""
    folders = path.lower().split("/")[:-1]
    return [part.removeprefix("www.") for part in reversed(folders) if is_host(part)]


def is_host(text: str) -> bool:
    """True if a text can be the name of a site: labels with a domain at the end, no number, not endless."""
    return len(text) <= _LONGEST_HOST and _HOST.fullmatch(text) is not None


def host_of(url: str) -> str:
    """The host of an http(s) address without ``www.``; empty for anything else."""
    found = _ADDRESS.match(url)
    return found[1].lower() if found else ""


def _most_linked(root: Element) -> str:
    """The domain of a third and more of the absolute addresses: the site's own menus, pictures, scripts."""
    elements = islice(root.iter("a", "link", "img", "script", "iframe", "form"), _MOST_LINKS)
    addresses = (one.get("href") or one.get("src") or one.get("action") or "" for one in elements)
    counts: Counter[str] = Counter()
    for host, times in Counter(map(host_of, addresses)).items():
        counts[_domain(host)] += times if host else 0
    domain, times = max(counts.items(), key=itemgetter(1), default=("", 0))
    return domain if times >= _FEWEST_LINKS and times * 3 >= counts.total() else ""


def _domain(host: str) -> str:
    """The part of a host that is registered: its last two labels, three below such as ``co.uk``."""
    labels = host.split(".")
    return ".".join(labels[-3 if len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in _SECOND else -2 :])
