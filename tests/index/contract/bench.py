"""A small index to put records into and ask, with records made from plain strings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kashshaf.analyzers.encoded_terms import GAP, SAME_POSITION
from kashshaf.index.query import Phrase, Search, Term, Weighted
from kashshaf.index.records import Record, filled
from kashshaf.index.schema import FIELDS, KEYWORDS

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.engine import Engine, Reader
    from kashshaf.index.results import Matches
    from kashshaf.index.schema import IndexName


def finished(text: str) -> str:
    """``"a b|c - d"``: a term a position, alternatives at one position, a dash for a gap."""
    return " ".join(GAP if word == "-" else word.replace("|", SAME_POSITION) for word in text.split())


def record(
    id_: str, text: str, span: tuple[int, int] | None = None, likes: int = 0, **keywords: str
) -> Record:
    """A comment's record that has ``text`` at every level; several values of a keyword as ``x;y``."""
    values = {
        name: tuple(keywords[name].split(";")) if name in keywords else () for name in KEYWORDS["comments"]
    }
    values["article"] = _values(keywords.get("article", "a"))
    terms = {field: filled(finished(text)) for field in FIELDS["comments"]}
    return Record(id_, terms, {**values, "id": (id_,)}, span, f"stored {id_}".encode(), likes)


def article(id_: str, text: str, **keywords: str) -> Record:
    """An article's record that has ``text`` in its text, at every level."""
    values = {name: _values(keywords.get(name, "")) for name in KEYWORDS["articles"]}
    terms = {field: filled(finished(text) if field.zone == "text" else "") for field in FIELDS["articles"]}
    return Record(id_, terms, {**values, "id": (id_,)}, None, f"stored {id_}".encode())


def zoned(id_: str, text: str, **zones: str) -> Record:
    """An article's record with words of their own in some zones, at every level."""
    words = {"text": text, **zones}
    terms = {field: filled(finished(words.get(field.zone, ""))) for field in FIELDS["articles"]}
    return replace(article(id_, text), terms=terms)


def _values(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))


def term(text: str, level: str = "stem", zone: str = "text") -> Term:
    return Term(zone, level, text)


def phrase(*texts: str, level: str = "folded") -> Phrase:
    return Phrase("text", level, tuple(tuple(text.split("|")) for text in texts))


def scored(*texts: str, weight: float = 1.0) -> tuple[Weighted, ...]:
    return tuple(Weighted(term(text), weight) for text in texts)


class Bench:
    """One index of one engine."""

    def __init__(self, engine: Engine, folder: Path, index: IndexName = "comments") -> None:
        self.engine = engine
        self.folder = folder
        self.index: IndexName = index
        engine.create(folder, index)

    def put(self, *records: Record) -> None:
        with self.engine.writer(self.folder, self.index) as writer:
            for each in records:
                writer.put(each)
            writer.commit()

    def remove(self, *ids: str) -> None:
        with self.engine.writer(self.folder, self.index) as writer:
            writer.remove(ids)
            writer.commit()

    def reader(self) -> Reader:
        return self.engine.reader(self.folder, self.index)

    def search(self, search: Search) -> Matches:
        with self.reader() as reader:
            return reader.search(search)

    def ids(self, search: Search) -> list[str]:
        return [hit.id for hit in self.search(search).hits]
