"""Completions on the newest snapshot, and what they remember of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.limits.deadline import in_time
from kashshaf.search_app.query.completion.candidates import Sources
from kashshaf.search_app.query.completion.completer import Completion, completions
from kashshaf.search_app.query.completion.index_judge import IndexJudge
from kashshaf.search_app.usage.frequent import frequent_queries

if TYPE_CHECKING:
    from datetime import tzinfo

    from kashshaf.index.settings import Settings
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.results.shapes import Suggestions


class Suggesting:
    """Completes what is typed. Safe to share between threads."""

    def __init__(self, settings: Settings, zone: tzinfo) -> None:
        self._queries = frequent_queries(settings)
        self._zone = zone
        self._last_judge: IndexJudge | None = None

    def suggestions(self, snapshot: Snapshot, text: str) -> Suggestions:
        """The texts that one may be the beginning of."""
        sources = Sources(snapshot.completions, snapshot.new_titles, snapshot.words, self._queries)
        judge = self._judge(snapshot)
        found: list[Completion] = in_time(lambda: completions(text, sources, judge), [])
        return {"suggestions": [{"text": each.text, "kind": each.kind} for each in found]}

    def _judge(self, snapshot: Snapshot) -> IndexJudge:
        """The judge of a snapshot, which remembers what it has found; a new one after a commit."""
        judge = self._last_judge
        if judge is None or judge.snapshot is not snapshot:
            self._last_judge = judge = IndexJudge(snapshot, self._zone)
        return judge
