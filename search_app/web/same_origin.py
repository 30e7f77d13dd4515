"""Requests that change something are taken from our own pages only."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort
from flask import request as http


def require_same_origin() -> None:
    """Refuse, with 403, a request that a page of another origin sent, or none that says where it is from.

    Browsers say so in ``Sec-Fetch-Site``, over plain http and if they are old in ``Origin``.
    """
    if not _is_same_origin():
        abort(403, "this is sent by the pages of this site alone")


def _is_same_origin() -> bool:
    site = http.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        return bool(http.host) and urlsplit(http.headers.get("Origin", "")).netloc == http.host
    except ValueError:
        return False
