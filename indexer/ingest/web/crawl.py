"""The crawl from an address: pages and feeds to be read, and lists of more addresses, fetched in turn.

Lists are sitemaps, indexes of them, and texts with an address a line. A page that has not changed, as its
sitemap, its server or its bytes say, is passed over.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx

from kashshaf.index.counted import counted
from kashshaf.index.storage.scratch import scratch_folder
from kashshaf.index.store.ledger import FileMark
from kashshaf.indexer.ingest.fetching import CACHE
from kashshaf.indexer.ingest.source_file import Fetched, SourceFile
from kashshaf.indexer.ingest.web.fetch import Fetcher, FetchError, address
from kashshaf.indexer.ingest.web.page_cache import Page, Validators
from kashshaf.indexer.sources.decoding.streams import TextStream, lines
from kashshaf.indexer.sources.decoding.unpack import HEAD, UNREADABLE, unpacked
from kashshaf.indexer.sources.formats import TEXT, XML, format_of, is_sitemap, lists_addresses
from kashshaf.indexer.sources.outcome import Refused, UnfitError
from kashshaf.indexer.sources.xml.comment_feed import addresses
from kashshaf.indexer.sources.xml.document import FEEDS, SITEMAPS, Document, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.store.ledger import Known, Ledger
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.ingest.source_file import Lost
    from kashshaf.indexer.report import Report

MOST_PAGES = 1_000_000
"""Addresses of one source that are fetched."""
MOST_COMMENT_FEEDS = 100
"""Comment feeds of one feed that are fetched."""
DEEPEST = 3
"""Lists within lists: an index of sitemaps has sitemaps, and those have pages."""
_LONGEST_ADDRESS = 4000
_LONGEST_DATE = 40
LARGEST_LIST = 200_000_000
"""Bytes of a list, unpacked; sitemaps.org allows 50 MB."""
_ELSEWHERE = (
    "{} addresses on other hosts than the sitemap's were passed over; name them in a list of your own"
)
_NO_ADDRESS = "passed over, since it is no address of a page: {}"
_NO_COMMENTS = "the comments of some of its items could not be had: {}"
_TOO_MANY = f"it names more than {MOST_PAGES:,} pages; the others were passed over"


class _Link(NamedTuple):
    """An address that a list names, what the list says of when it changed, and whether it is to be a list."""

    url: str
    listed: str = ""
    is_list: bool = False


def pages(
    given: str | Path, root: str, options: Options, ledger: Ledger | None, report: Report | None
) -> Iterator[SourceFile]:
    """The pages that an address, or a file with addresses, leads to.

    What cannot be fetched comes as a refusal, and ``lost`` says what that means for what was there before.
    """
    with ExitStack() as stack:
        folder = options.fetching.folder
        cache = folder / CACHE if folder else stack.enter_context(scratch_folder())
        fetcher = stack.enter_context(Fetcher(options.fetching, cache))
        crawl = _Crawl(fetcher, root, options, ledger, report)
        if isinstance(given, Path):
            yield from crawl.listed(given, str(given), "", DEEPEST)
        else:
            yield from crawl.at(_Link(given, is_list=True), DEEPEST)
        crawl.report_passed_over()


class _Crawl:
    """The pages of one source, each once."""

    def __init__(
        self, fetcher: Fetcher, root: str, options: Options, ledger: Ledger | None, report: Report | None
    ) -> None:
        self._fetcher = fetcher
        self._root = root
        self._options = options
        self._ledger = ledger
        self._report = report
        self._seen: set[str] = set()
        self._elsewhere = 0
        self._no_address = 0
        self._too_many = False
        self._without_comments = ""

    def at(self, named: _Link, depth: int) -> Iterator[SourceFile]:
        """The page at an address, or all that it lists, down to so many lists within it."""
        url = address(named.url)
        if not url or len(url) > _LONGEST_ADDRESS:
            if named.url == self._root:
                yield self._refused(named.url, "it is no address of a page", "list")
            self._no_address += named.url != self._root
            return
        if url in self._seen or len(self._seen) >= MOST_PAGES:
            self._too_many = self._too_many or url not in self._seen
            return
        self._seen.add(url)
        known = self._known(url)
        validators = Validators.loads(known.row.validators) if known else None
        if known and validators and named.listed and named.listed == validators.listed:
            yield self._unchanged(known)
            return
        try:
            page = self._fetcher.get(url, validators)
            kind = self._kind(page, named) if page else "page"
        except (FetchError, UnfitError, *UNREADABLE) as error:
            gone = isinstance(error, FetchError) and error.gone
            yield self._refused(url, str(error), "list" if named.is_list else "document" if gone else None)
            return
        if page and kind == "list":
            yield from self.listed(page.path, url, page.url, depth)
        elif known and validators and (page is None or page.validators.digest == validators.digest):
            yield self._unchanged(
                known, replace(page.validators if page else validators, listed=named.listed)
            )
        elif page and kind == "feed":
            feed = self._fresh(url, page, named, known, rolling=True)
            yield feed._replace(comment_feeds=self._comment_feeds(page))
        elif page:
            yield self._fresh(url, page, named, known, rolling=False)

    def listed(self, path: Path, name: str, url: str, depth: int) -> Iterator[SourceFile]:
        """The pages that a list names; of a sitemap from the web those on its own host."""
        if not depth:
            yield self._refused(name, f"it is a list within more than {DEEPEST} lists", "list")
            return
        found = _listed(path, name)
        while True:
            try:
                named = next(found, None)
            except (UnfitError, *UNREADABLE) as error:
                yield self._refused(name, f"it cannot be read: {error}", "list")
                return
            if named is None:
                return
            if isinstance(named, Refused):
                yield self._refused(named.place, named.reason, "list")
            elif url and _host(named.url) not in ("", _host(url)):
                self._elsewhere += 1
            else:
                yield from self.at(named, depth - 1)

    def _comment_feeds(self, feed: Page) -> dict[str, Path] | None:
        """The comment feeds that a feed names on its own host; None where it names none."""
        named = [each for each in addresses(feed.path, LARGEST_LIST) if _host(each) == _host(feed.url)]
        found: dict[str, Path] = {}
        for each in named[:MOST_COMMENT_FEEDS]:
            try:
                page = self._fetcher.get(address(each))
            except FetchError as error:
                self._without_comments = self._without_comments or str(error)
                continue
            if page is not None:
                found[each] = page.path
        return found if named else None

    def report_passed_over(self) -> None:
        """Report the addresses that were passed over."""
        if self._report is None:
            return
        passed_over = [
            _ELSEWHERE.format(self._elsewhere) if self._elsewhere else "",
            _NO_ADDRESS.format(counted(self._no_address, "line")) if self._no_address else "",
            _TOO_MANY if self._too_many else "",
            _NO_COMMENTS.format(self._without_comments) if self._without_comments else "",
        ]
        for what in filter(None, passed_over):
            self._report.mend(self._root, what)

    def _kind(self, page: Page, named: _Link) -> str:
        """The kind of a page; raises UnfitError for one that should be a list: a site may answer «closed»."""
        kind = _kind(page)
        if kind == "page" and named.is_list and (named.url != self._root or self._had_pages()):
            raise UnfitError("it was to be a list of pages, and is a page")
        return kind

    def _had_pages(self) -> bool:
        rows = self._ledger.files_of(self._root) if self._ledger else []
        return any(row.path != address(self._root) for row in rows)

    def _known(self, url: str) -> Known | None:
        """A page as it was read before, if it was read whole and in the way that it is to be read now."""
        known = self._ledger.known([url]).get(url) if self._ledger else None
        if known is None:
            return None
        now = known.row.mark._replace(options=self._options.key())
        return known if self._options.is_as_before(known.row.mark, now) else None

    def _unchanged(self, known: Known, validators: Validators | None = None) -> SourceFile:
        row = known.row
        return SourceFile(
            None,
            self._root,
            row.name,
            row.path,
            row.mark,
            known,
            validators.dumps() if validators else row.validators,
        )

    def _fresh(self, url: str, page: Page, named: _Link, known: Known | None, *, rolling: bool) -> SourceFile:
        mark = FileMark(int(page.at.timestamp() * 1e9), page.path.stat().st_size, self._options.key())
        validators = replace(page.validators, listed=named.listed).dumps()
        fetched = Fetched(page.url, page.at)
        return SourceFile(page.path, self._root, url, url, mark, known, validators, fetched, rolling)

    def _refused(self, name: str, reason: str, lost: Lost | None) -> SourceFile:
        mark = FileMark(-1, 0, self._options.key())
        return SourceFile(Refused(name, reason), self._root, name, name, mark, lost=lost)


def _kind(page: Page) -> str:
    """The kind of a page: a ``list`` of others, a ``feed``, or a ``page``."""
    with page.path.open("rb") as stream, unpacked(stream, page.path, HEAD * HEAD) as (inner, suffix):
        form = format_of(inner.peek(HEAD), suffix)
        head = inner.read(HEAD)
        if is_sitemap(head) or (form is TEXT and lists_addresses(head)):
            return "list"
        if form is not XML:
            return "page"
    with page.path.open("rb") as stream, unpacked(stream, page.path, LARGEST_LIST) as (inner, _):
        return "feed" if Document(inner).root in FEEDS else "page"


def _listed(path: Path, name: str) -> Iterator[_Link | Refused]:
    """The addresses of a sitemap, of an index of them, or of a text."""
    with path.open("rb") as stream, unpacked(stream, path, LARGEST_LIST) as (inner, _):
        if not is_sitemap(inner.peek(HEAD)):
            for line in lines(TextStream(inner), _LONGEST_ADDRESS):
                if line is None or (line.strip() and not line.startswith("#")):
                    yield _Link((line or "").strip())
            return
        document = Document(inner)
        if document.root not in SITEMAPS:
            raise UnfitError(f"it is no sitemap: it begins with <{document.root}>")
        for element in document.elements(name):
            if isinstance(element, Refused):
                yield element
            else:
                values = {local(child): child.text or "" for child in element}
                is_list = local(element) == "sitemap"
                yield _Link(
                    values.get("loc", "").strip(), values.get("lastmod", "").strip()[:_LONGEST_DATE], is_list
                )
        if damage := document.damage():
            yield Refused(name, damage)


def _host(url: str) -> str:
    return httpx.URL(address(url) or "x:").host.removeprefix("www.")
