"""The judge of candidates for completion: whether a search of an index would find them, what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import FOLDED
from kashshaf.analyzers.memo import Memo
from kashshaf.index.completions.entry import folded_key
from kashshaf.index.query import Phrase, Search
from kashshaf.index.schema import TEXT
from kashshaf.index.stored_documents import load_article
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import every_word, plan

if TYPE_CHECKING:
    from datetime import tzinfo

    from kashshaf.index.query import Clause
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.query.completion.candidates import Candidate

FIELDS = {"author": "كاتب", "tag": "وسم", "source": "مصدر", "section": "قسم"}
"""The names of keywords in a query (``search_app/query/language``)."""

REMEMBERED = 20_000
"""Texts of which it is remembered whether the search finds them: while somebody types, they come again."""


class IndexJudge:
    """The judge of one snapshot of an index. Safe to share between threads."""

    def __init__(self, snapshot: Snapshot, zone: tzinfo) -> None:
        self.snapshot = snapshot
        self._zone = zone
        self._found: Memo[bool] = Memo(REMEMBERED)

    def meaning(self, text: str) -> tuple[str, ...]:
        """The stems of a text, of stop words what they are when folded."""
        forms = [token.forms for token in self.snapshot.analyzer.tokens(text)]
        return tuple((each.stem or each.folded or ("",))[0] for each in forms)

    def searchable(self, candidate: Candidate) -> str | None:
        """The text of a candidate, of a name that no article has in its text with its field."""
        if candidate.kind == "title" and not self._is_title(candidate):
            return None
        if candidate.kind == "word" and candidate.origin and not self._follows(candidate):
            return None
        if self._finds(candidate.text):
            return candidate.text
        if candidate.kind == "name" and candidate.text in self.snapshot.values("articles", candidate.origin):
            return f'{FIELDS[candidate.origin]}:"{candidate.text}"'
        return None

    def _is_title(self, candidate: Candidate) -> bool:
        """Tell whether an article is there and still has this title."""
        stored = self.snapshot.articles.stored([candidate.origin]).get(candidate.origin)
        return stored is not None and " ".join(load_article(stored).article.title.split()) == candidate.text

    def _follows(self, candidate: Candidate) -> bool:
        """Tell whether an article has the completed word right after the one before it."""
        last = folded_key(candidate.text.rsplit(" ", 1)[-1])
        return self._matches(Phrase(TEXT, FOLDED, ((candidate.origin,), (last,))))

    def _finds(self, text: str) -> bool:
        """Tell whether a search for a text has a full match, as far as it is no restriction or exclusion."""
        found = self._found.find(text)
        return self._found.keep(text, self._has_match(text)) if found is None else found

    def _has_match(self, text: str) -> bool:
        query = parse_now(text, self._zone)
        asked = read(query, self.snapshot.analyzer)
        if query.filters or asked.excluded:
            return False
        plain = not asked.quoted and not asked.groups
        if plain:
            return self._matches(every_word(asked, "articles"))
        return self._matches(plan(asked, self.snapshot.articles, "articles").full)

    def _matches(self, clause: Clause) -> bool:
        return self.snapshot.articles.search(Search(clause, limit=0)).total > 0
