"""The reasons of hits: the marks of a document's zones told as forms of the query's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.stored_documents import comment_key
from kashshaf.search_app.explain.forms_found import MOST_FORMS, FormsFound, Seen
from kashshaf.search_app.explain.why import NO_WORDS, PERIOD, why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.index.documents import Article
    from kashshaf.search_app.explain.shapes import ZoneScore
    from kashshaf.search_app.query.parsed_query import ParsedQuery
    from kashshaf.search_app.results.marks.highlight import Marker
    from kashshaf.search_app.results.marks.lines import Mark
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit

    Scores = Mapping[str, list[ZoneScore]]

_SIDE_BY_SIDE = 2
"""Characters between two marked words that are one phrase: a space, and a comma or quotation mark."""


class Reasons:
    """Tells why the hits of one page are there. ``marker`` remembers what it read of them for the page.

    With ``scores``, the parts of each score by the id of its record, hits have the whole explanation, without
    them the sentence alone.
    """

    def __init__(
        self, asked: ParsedQuery, analyzer: Analyzer, marker: Marker, scores: Scores | None = None
    ) -> None:
        self._asked = asked
        self._forms = FormsFound(asked, analyzer)
        self._marker = marker
        self._scores = scores
        synonyms = asked.every_synonym()
        words = asked.single_words()
        self._of_several = {at for at, token in enumerate(words) if token in synonyms}
        self._first_phrase = len(words)

    def of_article(self, hit: ArticleHit, article: Article, comments: Iterable[str]) -> None:
        """Put the reasons into a hit; ``comments`` are the texts of those that are listed under it."""
        seen = [
            *self._article(article),
            *(each for text in comments for each in self._zone("comments", text)),
        ]
        self._tell(hit, article.id, seen, hit["comments"]["matching"])

    def of_comment(self, hit: CommentHit, text: str) -> None:
        """Put the reasons into a hit that is a comment."""
        self._tell(hit, comment_key(hit["article_id"], hit["id"]), [*self._zone("comment", text)], 0)

    def _tell(self, hit: ArticleHit | CommentHit, id_: str, seen: Sequence[Seen], matching: int) -> None:
        words = self._forms.of(seen, 1 if self._scores is None else MOST_FORMS)
        pinned = "pinned" in hit
        nothing = self._asked.is_empty() and not pinned
        hit["why"] = NO_WORDS + PERIOD if nothing else why(words, matching, hit["missing"], pinned=pinned)
        if self._scores is not None:
            hit["explain"] = {"words": words, "scores": self._scores[id_]}

    def _article(self, article: Article) -> Iterator[Seen]:
        yield from self._zone("title", article.title)
        yield from self._zone("text", article.kicker)
        yield from self._zone("lead", article.lead)
        for section in article.sections:
            yield from self._zone("headings", section.heading)
            yield from self._zone("text", section.text)

    def _zone(self, zone: str, text: str) -> Iterator[Seen]:
        for line in text.split("\n"):
            for form, word in self._joined(line, self._marker.marks(line)):
                yield Seen(zone, form, word)

    def _joined(self, line: str, marks: Sequence[Mark]) -> Iterator[tuple[str, int]]:
        """The forms that are marked, those of one phrase side by side as one."""
        start, end, last = 0, 0, -1
        for mark in marks:
            if (
                mark.word == last
                and mark.start - end <= _SIDE_BY_SIDE
                and self._goes_on(line[start:end], mark, line)
            ):
                end = mark.end
                continue
            if last >= 0:
                yield line[start:end], last
            start, end, last = mark
        if last >= 0:
            yield line[start:end], last

    def _goes_on(self, before: str, mark: Mark, line: str) -> bool:
        """Tell whether a marked word goes on with a phrase, or a synonym of several words, before it."""
        if mark.word >= self._first_phrase:
            return True
        forms = (before, line[mark.start : mark.end])
        return mark.word in self._of_several and not any(
            self._forms.is_form(form, mark.word) for form in forms
        )
