"""The default engine, on Whoosh: pure Python, for sites of up to some 20,000 articles.

Whoosh stores postings, columns and documents, merges segments and commits. Scores are summed here, a term
at a time, which gives exact totals for little more than the scores alone would cost. All of it stays within
Whoosh's extension points:

- a field type (:class:`TermsField`) whose ``index()`` yields finished postings,
- a posting's weight carries two numbers: its whole part is the term's frequency, its fraction the length of
  the field (``ranking.length_byte`` / 256), so that no length is looked up while scoring,
- columns for what is sorted and grouped by.

A reader's files are not safe to share, so each reader has a lock; the interpreter's own would let no two
searches run at once anyway.
"""

from __future__ import annotations

import heapq
import struct
import threading
import zlib
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh import columns, fields, formats
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound
from whoosh.writing import LockError

from analyzers.errors import KashshafError
from index.engines.adjacency import adjacent
from index.errors import BrokenIndexError, LockedError, NoSpaceError
from index.query import AllOf, AnyOf, Clause, Filters, Phrase, Search, Term
from index.ranking import idf, length_byte, norms, rounded
from index.records import FIELDS, KEYWORDS, POSITIONED, Field, IndexName, Record, Slots
from index.results import Group, Hit, Matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

VERSION = "1"
POOL_MB = 256
"""Memory for postings before they are sorted to disk."""
MERGE_AT = 0.2
"""Share of removed documents at which all segments are merged into one."""
UNDATED = -(2**62)
START, END, STORED, ID = "start", "end", "stored", "id"


class _OwnField(fields.FieldType):  # type: ignore[misc] # whoosh is untyped
    """What our fields have in common: terms are UTF-8."""

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as it is stored."""
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        """The reverse."""
        return value.decode()


class TermsField(_OwnField):
    """A field whose values are finished terms by position (see ``records.Slots``)."""

    scorable = True

    def __init__(self, positioned: bool) -> None:
        self.positioned = positioned
        self.format = formats.Positions() if positioned else formats.Existence()

    def index(self, value: Slots, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Postings as Whoosh takes them: term, frequency, weight, positions."""
        at: dict[str, list[int]] = {}
        for position, terms in enumerate(value):
            for term in terms:
                at.setdefault(term, []).append(position)
        length = length_byte(sum(map(len, at.values()))) / 256
        for term, positions in at.items():
            packed = struct.pack(f"<{len(positions)}I", *positions) if self.positioned else b""
            yield term.encode(), len(positions), len(positions) + length, packed


class ValuesField(_OwnField):
    """A field of whole values: the keywords that are filtered by."""

    def __init__(self) -> None:
        self.format = formats.Existence()

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """A posting for each value."""
        return ((each.encode(), 1, 1.0, b"") for each in dict.fromkeys(value))


def field_name(field: Field) -> str:
    """The name of a zone at a level in Whoosh's schema."""
    return f"{field.zone}_{field.level}"


def keyword_name(keyword: str) -> str:
    """The name of a keyword in Whoosh's schema."""
    return f"k_{keyword}"


def column_name(keyword: str) -> str:
    """The name of the column that holds a document's value of a keyword."""
    return f"c_{keyword}"


GROUPED: dict[IndexName, tuple[str, ...]] = {"articles": (ID,), "comments": (ID, "article")}
"""Keywords that are also kept as columns: the id, and what matches are grouped by."""


def make_schema(index: IndexName) -> Any:
    """Whoosh's schema of an index."""
    rows: dict[str, Any] = {
        START: fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        END: fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        STORED: fields.STORED(),
    }
    rows |= {field_name(field): TermsField(field.level in POSITIONED) for field in FIELDS[index]}
    rows |= {keyword_name(keyword): ValuesField() for keyword in KEYWORDS[index]}
    rows |= {column_name(keyword): fields.COLUMN(columns.VarBytesColumn()) for keyword in GROUPED[index]}
    return fields.Schema(**rows)


class _Scores(dict[float, float]):
    """A posting's weight to the score it gives, worked out once for each weight that occurs."""

    def __init__(self, factor: float, below: tuple[float, ...]) -> None:
        super().__init__()
        self._factor = factor
        self._below = below

    def __missing__(self, weight: float) -> float:
        frequency = int(weight)
        score = self._factor * frequency / (frequency + self._below[int((weight - frequency) * 256)])
        self[weight] = score
        return score


def _columns(schema: Any) -> list[str]:
    return [name for name, field in schema.items() if isinstance(field, fields.COLUMN)]


class _Segment:
    """One of Whoosh's segments: postings and columns by its own document numbers."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._columns: dict[str, Any] = {}
        # Whoosh opens files when they are first asked for; by then a merge may have taken them away.
        self._readers = {name: reader.column_reader(name, translate=False) for name in _columns(reader.schema)}
        reader.stored_fields(0)

    def column(self, name: str) -> Any:
        """A column, read once into a list: it is asked for every match."""
        if name not in self._columns:
            self._columns[name] = list(self._readers[name])
        return self._columns[name]

    def matcher(self, field: str, text: str) -> Any | None:
        """Whoosh's walk over a term's postings; None where the segment does not have the term."""
        try:
            return self.reader.postings(field, text)
        except TermNotFound:
            return None

    def weights(self, field: str, text: str) -> tuple[list[int], list[float]]:
        """Document numbers and weights of a term."""
        numbers: list[int] = []
        weights: list[float] = []
        matcher = self.matcher(field, text)
        while matcher is not None and matcher.is_active():
            numbers.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return numbers, weights

    def positions(self, field: str, text: str, among: set[int] | None) -> dict[int, tuple[int, ...]]:
        """Positions of a term by document, only ``among`` those documents where that is given."""
        found: dict[int, tuple[int, ...]] = {}
        matcher = self.matcher(field, text)
        while matcher is not None and matcher.is_active():
            number = matcher.id()
            if among is None or number in among:
                packed = matcher.value()
                found[number] = struct.unpack(f"<{len(packed) // 4}I", packed)
            matcher.next()
        return found


class _Question:
    """One search on one segment; remembers the postings it has read."""

    def __init__(self, segment: _Segment) -> None:
        self.segment = segment
        self._read: dict[Term, tuple[list[int], list[float]]] = {}

    def weights(self, term: Term) -> tuple[list[int], list[float]]:
        if term not in self._read:
            name = field_name(Field(term.zone, term.level))
            self._read[term] = self.segment.weights(name, term.text)
        return self._read[term]

    def matching(self, search: Search) -> set[int]:
        """Numbers of the documents that match."""
        numbers = self._clause(search.required)
        for name, values in search.filters.keywords:
            numbers &= self._having(name, values)
        for name, values in search.filters.without:
            numbers -= self._having(name, values)
        return self._overlapping(numbers, search.filters)

    def _clause(self, clause: Clause) -> set[int]:
        match clause:
            case Term():
                return set(self.weights(clause)[0])
            case Phrase():
                return self._phrase(clause)
            case AnyOf():
                return set().union(*map(self._clause, clause.parts))
            case AllOf(parts=()):
                return set(self.segment.reader.all_doc_ids())
            case AllOf():
                first, *rest = map(self._clause, clause.parts)
                return first.intersection(*rest)

    def _phrase(self, phrase: Phrase) -> set[int]:
        name = field_name(Field(phrase.zone, phrase.level))
        among: set[int] | None = None
        by_slot: list[dict[int, list[int]]] = []
        for slot in phrase.slots:
            found: dict[int, list[int]] = defaultdict(list)
            for text in slot:
                for number, positions in self.segment.positions(name, text, among).items():
                    found[number].extend(positions)
            among = set(found)
            by_slot.append(found)
        return {number for number in among or () if adjacent([found[number] for found in by_slot])}

    def _having(self, keyword: str, values: Sequence[str]) -> set[int]:
        name = keyword_name(keyword)
        return {number for value in values for number in self.segment.weights(name, value)[0]}

    def _overlapping(self, numbers: set[int], filters: Filters) -> set[int]:
        if filters.start is None and filters.end is None:
            return numbers
        start, end = self.segment.column(START), self.segment.column(END)
        earliest = filters.start if filters.start is not None else UNDATED + 1
        latest = filters.end if filters.end is not None else -UNDATED
        return {n for n in numbers if end[n] >= earliest and UNDATED < start[n] <= latest}


class WhooshReader:
    """See :class:`index.engine.Reader`."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._segments = [_Segment(leaf) for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        self._lock = threading.RLock()
        self._closed = False

    def search(self, search: Search) -> Matches:
        with self._reading():
            scored = [(s, self._scores(s, search)) for s in self._segments]
            wanted = search.offset + search.limit
            best = _best(scored, search.order, wanted)
            page = best[search.offset : wanted]
            hits = tuple(
                Hit(segment.column(column_name(ID))[n].decode(), score) for segment, n, score in page
            )
            return Matches(sum(len(scores) for _, scores in scored), hits)

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        with self._reading():
            found: dict[str, list[tuple[_Segment, dict[int, float]]]] = defaultdict(list)
            for segment in self._segments:
                by_value: dict[str, dict[int, float]] = defaultdict(dict)
                values = segment.column(column_name(keyword))
                for number, score in self._scores(segment, search).items():
                    by_value[values[number].decode()][number] = score
                for value, scores in by_value.items():
                    found[value].append((segment, scores))
            return {value: _group(scored, search.order, size) for value, scored in found.items()}

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        with self._reading():
            return [self._frequency(term) for term in terms]

    def count(self) -> int:
        with self._reading():
            return int(self._reader.doc_count())

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        with self._reading():
            return {id_: bytes_ for id_ in ids if (bytes_ := self._stored(id_)) is not None}

    def scan(self) -> Iterator[bytes]:
        with self._reading():
            for segment in self._segments:
                for _, stored in segment.reader.iter_docs():
                    yield zlib.decompress(stored[STORED])

    def values(self, keyword: str) -> Mapping[str, int]:
        with self._reading():
            name = keyword_name(keyword)
            counts = {
                value.decode(): self._reader.doc_frequency(name, value)
                for value in self._reader.lexicon(name)
            }
            return {value: count for value, count in counts.items() if count}

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, translated("read"):
            yield

    def _frequency(self, term: Term) -> int:
        name = field_name(Field(term.zone, term.level))
        return int(self._reader.doc_frequency(name, term.text)) if name in self._reader.schema else 0

    def _scores(self, segment: _Segment, search: Search) -> dict[int, float]:
        """The score of every match in a segment, rounded."""
        question = _Question(segment)
        scores = dict.fromkeys(question.matching(search), 0.0)
        if not scores or search.order != "relevance":
            return scores
        for weighted in search.scoring:
            by_weight = self._by_weight(weighted.term, weighted.weight)
            for number, weight in zip(*question.weights(weighted.term), strict=True):
                if number in scores:
                    scores[number] += by_weight[weight]
        return {number: rounded(score) for number, score in scores.items()}

    def _by_weight(self, term: Term, weight: float) -> _Scores:
        documents = self._reader.doc_count_all()
        length = self._reader.field_length(field_name(Field(term.zone, term.level)))
        factor = weight * idf(documents, self._frequency(term))
        return _Scores(factor, norms(length / documents if documents else 0))

    def _stored(self, id_: str) -> bytes | None:
        for segment in self._segments:
            matcher = segment.matcher(keyword_name(ID), id_)
            if matcher is not None and matcher.is_active():
                return zlib.decompress(segment.reader.stored_fields(matcher.id())[STORED])
        return None


def _best(
    scored: list[tuple[_Segment, dict[int, float]]], order: str, wanted: int
) -> list[tuple[_Segment, int, float]]:
    """The best ``wanted`` documents of all segments, in order."""
    floor = _floor(scored, wanted) if order == "relevance" else 0.0
    candidates = (
        (segment, number, score)
        for segment, scores in scored
        for number, score in scores.items()
        if score >= floor
    )
    return heapq.nsmallest(wanted, candidates, key=_ORDERS[order])


def _floor(scored: list[tuple[_Segment, dict[int, float]]], wanted: int) -> float:
    """The score of the last document on the page: whatever scores less needs no look at its date and id."""
    values = (score for _, scores in scored for score in scores.values())
    return min(heapq.nlargest(wanted, values), default=0.0)


def _id(segment: _Segment, number: int) -> bytes:
    found: bytes = segment.column(column_name(ID))[number]
    return found


def _by_relevance(found: tuple[_Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, score = found
    return -score, -segment.column(START)[number], _id(segment, number)


def _by_newest(found: tuple[_Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, _ = found
    return 0.0, -segment.column(START)[number], _id(segment, number)


def _by_oldest(found: tuple[_Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, _ = found
    start = segment.column(START)[number]
    return 0.0, -UNDATED if start == UNDATED else start, _id(segment, number)


_ORDERS: dict[str, Callable[[tuple[_Segment, int, float]], tuple[float, int, bytes]]] = {
    "relevance": _by_relevance,
    "newest": _by_newest,
    "oldest": _by_oldest,
}


def _group(scored: list[tuple[_Segment, dict[int, float]]], order: str, size: int) -> Group:
    hits = (
        Hit(_id(segment, number).decode(), score) for segment, number, score in _best(scored, order, size)
    )
    return Group(sum(len(scores) for _, scores in scored), tuple(hits))


class WhooshWriter:
    """See :class:`index.engine.Writer`."""

    _writer: Any
    _committed: Any

    def __init__(self, index: Any) -> None:
        self._index = index
        self._pending: set[str] = set()
        self._begin()

    def put(self, record: Record) -> None:
        with translated("write to"):
            if record.id in self._pending:
                self._flush()
            self._delete(record.id)
            self._pending.add(record.id)
            self._writer.add_document(**document(record))

    def remove(self, ids: Iterable[str]) -> None:
        with translated("write to"):
            wanted = list(ids)
            if self._pending.intersection(wanted):
                self._flush()
            for id_ in wanted:
                self._delete(id_)

    def commit(self) -> None:
        with translated("write to"):
            self._flush()

    def close(self) -> None:
        if self._writer is not None:
            self._committed.close()
            self._writer.cancel()
            self._writer = None
            self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _begin(self) -> None:
        try:
            self._writer = self._index.writer(limitmb=POOL_MB, compound=False)
        except LockError as error:
            raise LockedError("another process is writing to the index; try again when it is done") from error
        self._committed = self._writer.reader()

    def _delete(self, id_: str) -> None:
        """Mark the committed document with this id; Whoosh's own way opens all segments anew for each."""
        for leaf, offset in self._committed.leaf_readers():
            matcher = _Segment(leaf).matcher(keyword_name(ID), id_) if leaf.doc_count_all() else None
            if matcher is not None and matcher.is_active():
                self._writer.delete_document(offset + matcher.id())

    def _flush(self) -> None:
        removed = self._writer.deleted_count()
        documents = sum(segment.doc_count_all() for segment in self._writer.segments)
        self._committed.close()
        self._writer.commit(optimize=removed > MERGE_AT * documents)
        self._pending.clear()
        self._begin()


def document(record: Record) -> dict[str, Any]:
    """A record as the keyword arguments of Whoosh's ``add_document``."""
    start, end = record.span or (UNDATED, UNDATED)
    row: dict[str, Any] = {START: start, END: end, STORED: zlib.compress(record.stored, 1)}
    row |= {field_name(field): slots for field, slots in record.terms.items()}
    row |= {keyword_name(keyword): values for keyword, values in record.keywords.items()}
    grouped = (name for name in ("id", "article") if name in record.keywords)
    row |= {column_name(name): record.keywords[name][0].encode() for name in grouped}
    return row


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Whoosh's and the system's errors as ours."""
    try:
        yield
    except KashshafError:
        raise
    except OSError as error:
        if error.errno == 28:
            raise NoSpaceError(
                "the disk is full; nothing was changed; free some space and try again"
            ) from error
        raise BrokenIndexError(
            f"cannot {doing} the index: {error}; rebuild it with: kashshaf reindex"
        ) from error
    except Exception as error:
        raise BrokenIndexError(
            f"cannot {doing} the index: it is damaged ({type(error).__name__});"
            " rebuild it with: kashshaf reindex"
        ) from error


class WhooshEngine:
    """See :class:`index.engine.Engine`."""

    name = "whoosh"
    version = VERSION

    def create(self, folder: Path, index: IndexName) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with translated("write to"):
            storage = FileStorage(str(folder))
            whoosh_index.FileIndex.create(storage, make_schema(index), whoosh_index._DEF_INDEX_NAME).close()

    def writer(self, folder: Path, index: IndexName) -> WhooshWriter:
        del index  # the schema is stored
        return WhooshWriter(self._open(folder))

    def reader(self, folder: Path, index: IndexName) -> WhooshReader:
        del index
        opened = self._open(folder)
        with translated("read"):
            return WhooshReader(opened.reader())

    def _open(self, folder: Path) -> Any:
        with translated("read"):
            if folder.is_dir() and whoosh_index.exists_in(str(folder)):
                return whoosh_index.open_dir(str(folder))
        raise BrokenIndexError(f"there is no index in {folder}; build one with: kashshaf reindex SOURCE")


ENGINE = WhooshEngine()
