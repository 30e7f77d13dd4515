"""Errors that people can meet, each with a sentence that says what to do. HTTP statuses: ``search_app/web``.

KashshafError                 (analyzers/errors.py, as is the next)
├── LexiconError              the frozen words of an index are missing, damaged, or another version's
├── SettingsError             a setting that cannot be read or has a value it may not have
├── UsageError                a request that makes no sense: a bad date, an unknown parameter, a page too far
├── SourceError               a source that cannot be read at all
├── NotFoundError             an article or comment that is not there
├── UsageLogError             the log of searches cannot be read
├── TimeLimitError            a search that takes longer than the setting search_time_limit allows
├── KeyFileError              the file of the API keys cannot be read
└── IndexingError
├── NoIndexError          there is no index here yet
├── BrokenIndexError      an index that is damaged, or was written by another version or analyzer
├── LockedError           another process is writing
├── NotWriterError        another machine writes to the index, or has written since this one did
├── NoSpaceError          too little disk for what was asked
├── ClusterError          the cluster that keeps the index does not answer, or does not do what is asked
│   └── AwayError         it cannot be reached, or is too busy: the same will be done later
└── StoppedError          a rebuild that a person or the system stopped
"""

from kashshaf.analyzers.errors import KashshafError


class SettingsError(KashshafError):
    """A setting that cannot be read, is unknown, or has a value it may not have."""


class UsageError(KashshafError):
    """A request that cannot be carried out as it was put; ``param`` names the part at fault.

    ``kind`` and ``values`` say the same to whoever has the sentence in another language.
    """

    def __init__(self, message: str, param: str | None = None, kind: str = "", **values: object) -> None:
        super().__init__(message)
        self.param = param
        self.kind = kind
        self.values = values


class SourceError(KashshafError):
    """A source that cannot be read at all (a single bad document is refused in the report instead)."""


class NotFoundError(KashshafError):
    """An article or comment that the index does not hold."""


class UsageLogError(KashshafError):
    """The log of searches cannot be read, or was written by another version."""


class TimeLimitError(KashshafError):
    """Work was ended at its deadline (``index/limits/deadline.py``), with nothing to show for it."""


class KeyFileError(KashshafError):
    """The file of the API keys cannot be read."""


class IndexingError(KashshafError):
    """An error of the index itself."""


class NoIndexError(IndexingError):
    """There is no index at the given place yet."""


class BrokenIndexError(IndexingError):
    """An index that is damaged, or was written by another version or by another analyzer."""


class LockedError(IndexingError):
    """Another process is writing to the index; the text names it."""


class NotWriterError(IndexingError):
    """Another machine writes to an index that several share, or has since this one did; the text names it."""


class NoSpaceError(IndexingError):
    """Too little free disk space for what was asked."""


class ClusterError(IndexingError):
    """The cluster that keeps the index does not answer, or does not do what is asked."""


class AwayError(ClusterError):
    """The cluster cannot be reached, or is too busy; the same will be done later."""


class StoppedError(IndexingError):
    """A rebuild was stopped; the text says how to go on."""
