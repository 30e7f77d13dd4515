"""The table of source formats, and how a file's format is told: by its suffix, else by its first bytes.

Discovery, the fetcher, the profile library and the reader ask this table: a new format is a reader module
and a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kashshaf.indexer.sources.decoding.unpack import HEAD

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""Byte order marks and space."""


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table.

    ``reader``: a module below ``kashshaf.indexer.sources`` with ``read(stream, reading, place)``, which
    yields an outcome for every document. ``suffixes``: in lower case; a page from the web is kept under the
    first. ``is_sure``: the suffix is believed whatever the bytes are. ``begins``: first bytes, in lower case,
    by which a file without a known suffix is told. ``media_types``: of which a server's word is believed.
    """

    name: str
    reader: str
    suffixes: tuple[str, ...]
    is_sure: bool = False
    begins: tuple[bytes, ...] = ()
    media_types: tuple[str, ...] = ()


HTML = Format(
    "html",
    reader="html.page",
    suffixes=(".html", ".htm", ".xhtml"),
    is_sure=True,
    begins=(b"<!doctype html", b"<html"),
    media_types=("text/html", "application/xhtml+xml"),
)
XML = Format(
    "xml",
    reader="xml.reader",
    suffixes=(".xml", ".rss", ".atom", ".rdf", ".wxr"),
    begins=(b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex"),
)
JSON = Format(
    "json",
    reader="jsonl",
    suffixes=(".json", ".jsonl", ".ndjson"),
    is_sure=True,
    begins=(b"{", b"[{", b"[\n", b"[\r", b"[ "),
    media_types=("application/json", "application/x-ndjson"),
)
TABLE = Format("table", reader="table", suffixes=(".csv", ".tsv"), is_sure=True, media_types=("text/csv",))
TEXT = Format("text", reader="page_text.page", suffixes=(".txt",), media_types=("text/plain",))

FORMATS = (HTML, XML, JSON, TABLE, TEXT)
SUFFIXES = {suffix: each for each in FORMATS for suffix in each.suffixes}
MEDIA_TYPES = {kind: each for each in FORMATS for kind in each.media_types}


def format_of(head: bytes, suffix: str) -> Format:
    """The format by a sure suffix, else by the first bytes, else by any suffix, else text."""
    known = SUFFIXES.get(suffix)
    if known is not None and known.is_sure:
        return known
    start = head.replace(b"\0", b"").lstrip(_BEFORE_TEXT).lower()
    if start.startswith(HTML.begins) or (known is not TEXT and b"<html" in start):
        return HTML
    return known or next((each for each in FORMATS if start.startswith(each.begins)), TEXT)


def is_sitemap(head: bytes) -> bool:
    """True if a file that begins so is a sitemap, or an index of sitemaps."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and any(mark in head for mark in (b"<urlset", b"<sitemapindex"))


def lists_addresses(head: bytes) -> bool:
    """True if a text that begins so has an address of the web on each line, but for remarks after ``#``."""
    *whole, last = head.decode(errors="replace").removeprefix("\ufeff").splitlines() or [""]
    lines = [line.strip() for line in (whole if len(head) >= HEAD else (*whole, last))]
    stated = [line for line in lines if line and not line.startswith("#")]
    return bool(stated) and all(_ADDRESS.fullmatch(line) for line in stated)
