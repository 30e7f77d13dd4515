"""Reads files into articles, and reports what is refused, mended or removed for good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kashshaf.index.store.ledger import digest
from kashshaf.indexer.ingest.source_file import LATEST, Gathered, SourceFile
from kashshaf.indexer.sources.outcome import Found, Noted, Outcome, Refused
from kashshaf.indexer.sources.reader import complete_all, read_file
from kashshaf.indexer.sources.reading import Reading
from kashshaf.indexer.sources.source import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.index.store.ledger import Ledger
    from kashshaf.index.store.tombstones import Tombstones
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.report import Report

REMOVED = "was removed for good, in whole or in part; what was removed stays out"


def articles(
    file: SourceFile, found: Iterable[Outcome], tombstones: Tombstones, ledger: Ledger, report: Report
) -> Iterator[Gathered]:
    """The articles among the outcomes of a file; what is refused, mended or removed goes into the report."""
    for outcome in found:
        if isinstance(outcome, Noted):
            report.mend(outcome.place, outcome.what)
            continue
        if not isinstance(outcome, Found):
            report.read += outcome.documents
            report.refuse(outcome)
            continue
        report.read += 1
        for what in outcome.mended:
            report.mend(outcome.place, what)
        article = tombstones.left(outcome.article)
        if article is not outcome.article:
            report.mend(outcome.place, REMOVED)
            for article_id, comment_id in tombstones.of(outcome.article):
                ledger.note_removed(article_id, comment_id, file.key)
        if article is not None:
            yield Gathered(article, file.key, outcome.place, digest(article))


def outcomes(file: SourceFile, options: Options) -> Iterator[Outcome]:
    """The outcomes of a file: its articles, and a refusal by name for all that is none."""
    match file.content:
        case None:
            return iter(())
        case Refused() as refused:
            return iter((refused,))
        case Query() as query:
            from kashshaf.indexer.sources import sql  # noqa: PLC0415

            context = reading(file, options)
            return complete_all(sql.read_rows(query, context, file.name), context, file.name)
        case path:
            return read_file(path, reading(file, options), file.name)


def reading(file: SourceFile, options: Options) -> Reading:
    """The context of a file's reader."""
    when = datetime.fromtimestamp(min(max(0, file.mark.modified), LATEST) / 1e9, UTC)
    profiles = options.profiles.below(file.root) if options.profiles else None
    if file.fetched is None:
        return Reading(options, when, profiles=profiles)
    at, largest = file.fetched, options.fetching.largest_unpacked
    return Reading(options, when, at.at, at.address, largest, profiles, file.comment_feeds)
