"""A site of hostile articles: each payload in every field of one article, and of its comment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.documents import Section
from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.sources.xml import markup
from tests.conftest import SAVED
from tests.search_app.web.hostile.payloads import ADDRESSES, PAYLOADS

if TYPE_CHECKING:
    from pathlib import Path

WORD = "حمولة"
"""A word of every title and comment, so that one search finds all of them."""


def _article(number: int, payload: str) -> dict[str, object]:
    address = payload if payload in ADDRESSES else f"https://news.example/{payload}"
    return {
        "id": f"p{number}" if number % 4 else f"p{number}/{payload}",
        "url": address,
        "image": address,
        "kicker": payload,
        "title": f"{payload} {WORD} {number}",
        "lead": payload,
        "sections": [{"heading": payload, "text": f"{payload}\n\n{WORD} {payload}"}],
        "date": "2016-05-24",
        "source": payload,
        "section": payload,
        "author": payload,
        "tags": [payload],
        "comments": [{"id": f"c{number}", "author": payload, "text": f"{payload} {WORD} {payload}"}],
    }


def built(folder: Path) -> Settings:
    """Settings that name an index of all payloads, kept as they are, markup and all."""
    source = folder / "payloads.jsonl"
    rows = (_article(number, payload) for number, payload in enumerate(PAYLOADS))
    source.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    settings = replace(Settings(), index=folder / "index", engine="tantivy", image_hosts=("*",))
    with pytest.MonkeyPatch.context() as patch:  # the pages must stand markup, whoever let it in
        patch.setattr(markup, "of_field", str)
        patch.setattr(markup, "field_sections", lambda text: (Section("", text),) if text else ())
        report = rebuild(settings, [source], Options(SAVED, UTC), silent)
    assert report.added == len(PAYLOADS), report.refused
    return settings
