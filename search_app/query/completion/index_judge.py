"""What an index says of candidates for completion: whether a search would find them, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query import Search
from index.stored_documents import load_article
from search_app.query.language.reader import parse_now
from search_app.query.parser import read
from search_app.query.plan import every_word, plan

if TYPE_CHECKING:
    from datetime import tzinfo

    from index.store.snapshot import Snapshot
    from search_app.query.completion.candidates import Candidate

FIELDS = {"author": "كاتب", "tag": "وسم", "source": "مصدر", "section": "قسم"}
"""The names of keywords in a query (``search_app/query/language``)."""


class IndexJudge:
    """The judge of one snapshot of an index."""

    def __init__(self, snapshot: Snapshot, zone: tzinfo) -> None:
        self._snapshot = snapshot
        self._zone = zone

    def meaning(self, text: str) -> tuple[str, ...]:
        """The stems of a text, of stop words what they are when folded."""
        forms = [token.forms for token in self._snapshot.analyzer.tokens(text)]
        return tuple((each.stem or each.folded or ("",))[0] for each in forms)

    def searchable(self, candidate: Candidate) -> str | None:
        """The text of a candidate, of a name that no article has in its text with its field."""
        if candidate.kind == "title" and not self._is_title(candidate):
            return None
        if candidate.kind == "word" and candidate.origin and not self._follows(candidate):
            return None
        if self._finds(candidate.text):
            return candidate.text
        if candidate.kind == "name" and candidate.text in self._snapshot.values("articles", candidate.origin):
            return f'{FIELDS[candidate.origin]}:"{candidate.text}"'
        return None

    def _is_title(self, candidate: Candidate) -> bool:
        """Tell whether an article is there and still has this title."""
        stored = self._snapshot.articles.stored([candidate.origin]).get(candidate.origin)
        return stored is not None and " ".join(load_article(stored).article.title.split()) == candidate.text

    def _follows(self, candidate: Candidate) -> bool:
        """Tell whether an article has the completed word right after the one before it."""
        last = candidate.text.rsplit(" ", 1)[-1]
        return self._finds(f'"{candidate.origin} {last}"')

    def _finds(self, text: str) -> bool:
        query = parse_now(text, self._zone)
        asked = read(query, self._snapshot.analyzer)
        if query.filters or asked.excluded:
            return False
        plain = not asked.quoted and not asked.groups
        articles = self._snapshot.articles
        full = every_word(asked, "articles") if plain else plan(asked, articles, "articles").full
        return articles.search(Search(full, limit=0)).total > 0
