"""The files of a run that are new or have changed since the ledger noted them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.index.store.ledger import FileRow, Ledger
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.ingest.source_file import SourceFile


class ChangedFiles:
    """Gives the files that have to be read, in order, and then tells which others have vanished.

    Who reads a file notes it in the ledger. ``unchanged``: articles of the files that need not be read.
    ``moved_from``: the sources that files were in which go on elsewhere, under the name they had.
    """

    def __init__(self, files: Iterable[SourceFile], ledger: Ledger, options: Options) -> None:
        self._files = files
        self._ledger = ledger
        self._options = options
        self._seen: set[str] = set()
        self._unlisted: set[str] = set()
        self.unchanged = 0
        self.moved_from: set[str] = set()

    def __iter__(self) -> Iterator[SourceFile]:
        for file in self._files:
            if file.lost != "document":
                self._seen.add(file.key)
            if file.lost == "list":
                self._unlisted.add(file.root)
            if not self._is_unchanged(file):
                yield file

    def has_vanished(self, row: FileRow) -> bool:
        """True if no source gave the file, once all were asked; what a lost list named has not vanished."""
        return row.path not in self._seen and row.root not in self._unlisted

    def _is_unchanged(self, file: SourceFile) -> bool:
        """True if a file, perhaps moved, is as the ledger has it; its articles are counted then."""
        if file.known and self._options.is_as_before(file.known.row.mark, file.mark):
            self.unchanged += file.known.articles
            if file.validators != file.known.row.validators:
                self._ledger.note_file(file.row())
            return True
        self._adopt(file)
        before = self._ledger.file(file.key)
        if before is None or not self._options.is_as_before(before.mark, file.mark):
            return False
        self.unchanged += len(self._ledger.articles(file.key))
        return True

    def _adopt(self, file: SourceFile) -> None:
        """Let a file that has moved here go on as the one it was; the name it kept tells which."""
        named = self._ledger.named(file.name)
        if named and named.path != file.key:
            self.moved_from.add(named.root)
            self._ledger.move_file(named.path, file.key)
