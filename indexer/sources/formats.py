"""The formats of sources: told by suffix and first bytes."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["json", "html", "text", "xml", "table"]


SUFFIXES: dict[str, Format] = {
    ".jsonl": "json", ".ndjson": "json", ".json": "json", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text", ".xml": "xml", ".rss": "xml", ".atom": "xml", ".rdf": "xml", ".wxr": "xml",
    ".csv": "table", ".tsv": "table",
}  # fmt: skip


PACKED = ".gz"


_HEAD = 4096


_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def is_sitemap(head: bytes) -> bool:
    """Whether a file that begins so is a sitemap, or an index of them."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and any(mark in head for mark in (b"<urlset", b"<sitemapindex"))


def lists_addresses(head: bytes) -> bool:
    """Whether a text that begins so has an address of the web on each line."""
    *whole, last = head.decode(errors="replace").removeprefix("\ufeff").splitlines() or [""]
    lines = [line.strip() for line in (whole if len(head) >= _HEAD else (*whole, last))]
    said = [line for line in lines if line and not line.startswith("#")]
    return bool(said) and all(_ADDRESS.fullmatch(line) for line in said)


XML = (b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
"""What XML begins with, and no page does."""


def format_of(head: bytes, suffix: str) -> Format:
    """The format by the suffix; for an unknown one, and for a page called .txt, by the first bytes."""
    known = SUFFIXES.get(suffix)
    if known in ("json", "html", "table"):
        return known
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or (known in (None, "xml") and b"<html" in start):
        return "html"
    if known == "xml" or (known is None and start.startswith(XML)):
        return "xml"
    if known is None and start.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")):
        return "json"
    return "text"
