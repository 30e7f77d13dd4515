"""What a file gives, for tests of any format: its articles, refusals and what was said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kashshaf.indexer.sources.outcome import Found, Noted, Refused
from kashshaf.indexer.sources.reader import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.reading import Reading


class Told(NamedTuple):
    """The outcomes of a file, each kind by itself."""

    articles: list[Article]
    refused: list[tuple[str, str]]
    mended: list[str]

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.articles]

    @property
    def reasons(self) -> str:
        return "\n".join(reason for _, reason in self.refused)


def told(folder: Path, name: str, content: str | bytes, reading: Reading) -> Told:
    """What is read of a file with that name and content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    outcomes = list(read_file(path, reading, name))
    found = [outcome for outcome in outcomes if isinstance(outcome, Found)]
    noted = [outcome.what for outcome in outcomes if isinstance(outcome, Noted)]
    return Told(
        [outcome.article for outcome in found],
        [(outcome.place, outcome.reason) for outcome in outcomes if isinstance(outcome, Refused)],
        [*(what for outcome in found for what in outcome.mended), *noted],
    )


def with_options(reading: Reading, **changes: Any) -> Reading:
    return replace(reading, options=replace(reading.options, **changes))
