"""The table of targets: each a part of the product that takes what anybody wrote, and its judge.

A judge fails by any exception but a KashshafError, which a person can mend. A new target is a row, with a
folder of that name in the corpus.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.errors import KashshafError
from kashshaf.search_app.query.edited.pins import read_pins
from kashshaf.search_app.query.synonyms.synonym_file import read_synonyms
from tests.fuzz import judges
from tests.fuzz.readers import edited, file

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 5.0
"""Processor time of a case, generous: the largest of some kilobytes takes a few hundredths."""


class Target(NamedTuple):
    """A row of the table."""

    judge: Callable[[bytes], None]

    def check(self, raw: bytes) -> None:
        """Raise for what goes wrong with a case, and for one that takes too long."""
        begun = time.process_time()
        with suppress(KashshafError):
            self.judge(raw)
        taken = time.process_time() - begun
        assert taken < SECONDS, f"it took {taken:.1f} seconds"

    def fault(self, raw: bytes) -> str:
        """The fault that a case brings out, in words; empty where there is none."""
        try:
            self.check(raw)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is found
            return f"{type(error).__name__}: {error}".strip()
        return ""


def _text(judge: Callable[[str], None]) -> Target:
    """The target of a judge of text: bytes that are no UTF-8 become lone surrogates."""
    return Target(lambda raw: judge(raw.decode("utf-8", "surrogateescape")))


TARGETS = {
    "json": Target(file("case.jsonl")),
    "html": Target(file("case.html")),
    "text": Target(file("case.txt")),
    "xml": Target(file("case.xml")),
    "table": Target(file("case.csv")),
    "packed": Target(file("case.jsonl.gz")),
    "unnamed": Target(file("case")),
    "synonyms": Target(edited(read_synonyms)),
    "pins": Target(edited(read_pins)),
    "query": _text(judges.query),
    "request": _text(judges.request),
    "dates": _text(judges.dates),
    "bounds": _text(judges.bounds),
    "tokens": _text(judges.tokens),
    "highlighter": _text(judges.highlighter),
}
