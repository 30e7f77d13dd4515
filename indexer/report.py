"""The report of a run: counts, and every document that was refused or mended, with the reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from kashshaf.index.counted import counted

if TYPE_CHECKING:
    from kashshaf.indexer.sources.outcome import Refused


NOT_IN_JSON = ("hints", "stories")


@dataclass(slots=True)
class Report:
    """Counts of a run, and what it has to say.

    ``read``: documents looked into; those of files skipped unread are ``unchanged`` only. ``hints`` and
    ``stories``, texts that several articles have, are for people: the keys of the JSON report are fixed.
    """

    engine: str = ""
    generation: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    articles: int = 0
    comments: int = 0
    stories: int = 0
    seconds: float = 0.0
    mended: list[dict[str, str]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def mend(self, source: str, what: str) -> None:
        """Note something that was put right or guessed."""
        self.mended.append({"source": source, "what": what})

    def refuse(self, refused: Refused) -> None:
        """Note a document that is no article."""
        self.refused.append({"source": refused.place, "reason": refused.reason})

    def to_dict(self) -> dict[str, Any]:
        """The report as ``--json`` prints it."""
        return {name: value for name, value in asdict(self).items() if name not in NOT_IN_JSON}


def sum_up(report: Report) -> str:
    """The report in a line."""
    done = ", ".join(
        f"{count:,} {name}"
        for name in ("added", "updated", "unchanged", "removed")
        if (count := getattr(report, name))
    )
    return (
        f"{done or 'nothing to do'};"
        f" the index holds {counted(report.articles, 'article')} and {counted(report.comments, 'comment')}"
        f"{_stories(report)}"
        f" ({report.seconds} s, engine {report.engine}, generation {report.generation})"
    )


def _stories(report: Report) -> str:
    if not report.stories:
        return ""
    texts = "1 text was" if report.stories == 1 else f"{report.stories:,} texts were"
    return f", {texts} published more than once"
