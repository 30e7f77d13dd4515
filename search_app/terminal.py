"""Responses and analyses as text for a terminal, in English around Arabic words.

No two Arabic words of a line stand side by side: with something Latin between them, a terminal that knows of
writing directions puts them in the same order as one that does not.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import click

from kashshaf.analyzers.arabic import LEVELS
from kashshaf.analyzers.orthography.normalize import strip_invisible
from kashshaf.index.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.explain.shapes import Analysis, LexiconView, RuleApplied, TokenView
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit, Response, Similar, Suggestions

SHOWN = 4
"""Attested words named after a rule; ``--json`` has all of them."""
NOTES: dict[str, str] = {
    "unquoted": "A quoted phrase is nowhere as it stands; its words were looked for.",
    "cut": "The query is long; its most telling words were looked for.",
    "time_as_words": "Nothing is of that time; the words were looked for as they stand.",
    "not_expanded": "A word with * or ~ was looked for as it stands; kashshaf reindex helps an older index.",
    "time_limit": "The search was ended at its time limit; marks, comments or counts may lack.",
}
_INDENT = " " * 11


def response_text(request: SearchRequest, response: Response) -> str:
    """A few lines for each hit, matching words in bold, a line before partial ones; then the facets."""
    lines = [_dim(f"{_found(request, response)}, {response['took_ms']} ms")]
    lines += [_dim(line) for line in _reread(response)]
    lines += [_dim(NOTES.get(note, note)) for note in response["query"]["notes"]]
    full = True
    for at, hit in enumerate(response["hits"], start=(response["page"] - 1) * response["size"] + 1):
        if full and hit["match"] == "partial" and response["total_partial"]:
            lines.append("\n" + _dim("Those that follow lack some of the words:"))
        full = hit["match"] == "full"
        lines += _hit_lines(at, hit)
    return "\n".join([*lines, *_facet_lines(response)])


def _facet_lines(response: Response) -> Iterator[str]:
    """The facets asked for, each count before its value."""
    for name, values in response["facets"].items():
        yield f"\n{name}"
        yield from (f"{each['count']:>7,}  {_clean(each['value'])}" for each in values)


def _found(request: SearchRequest, response: Response) -> str:
    if response["total_partial"]:
        return f"{response['total']:,} found, {response['total_partial']:,} more have some of the words"
    if request.match in ("auto", "near") and any(hit["match"] == "partial" for hit in response["hits"]):
        return f"Nothing has all the words; {response['total']:,} found that have some"
    return f"{response['total']:,} found"


def _reread(response: Response) -> Iterator[str]:
    """What was looked for in place of what was typed, or what may have been meant."""
    if typed := response["query"]["corrected_from"]:
        answered = _clean(response["query"]["text"])
        yield f"Searched for: {answered}; for the words as typed, {_clean(typed)}, add --correct no"
    if suggestion := response["suggestion"]:
        yield f"Did you mean: {_clean(suggestion)}"


def suggestions_text(found: Suggestions) -> str:
    """A completion a line."""
    return "\n".join(_clean(each["text"]) for each in found["suggestions"])


def similar_text(found: Similar) -> str:
    """A few lines for each article that is like another."""
    lines = [line for at, hit in enumerate(found["hits"], start=1) for line in _hit_lines(at, hit)]
    return "\n".join(lines) or _dim("No other article is like it.")


def _hit_lines(at: int, hit: ArticleHit | CommentHit) -> Iterator[str]:
    lacks = "without " + " and ".join(map(_clean, hit["missing"])) if hit["missing"] else ""
    if hit["type"] == "comment":
        yield f"\n{at}. {_bold(hit['snippet'])}"
        yield _about(hit["author"], hit["date"], f"on: {hit['article_title']}", hit["article_id"], lacks)
        yield from _why_lines(hit)
        return
    yield f"\n{at}. {_bold(hit['title_html']) or hit['id']}"
    yield _about(hit["source"], hit["section"], hit["date"], hit["id"], hit["url"], lacks)
    yield from _why_lines(hit)
    yield from (f"   {_bold(snippet)}" for snippet in hit["snippets"])
    yield from _also_lines(hit)
    yield from _comment_lines(hit)


def _why_lines(hit: ArticleHit | CommentHit) -> Iterator[str]:
    if "why" in hit:
        yield f"   {_clean(hit['why'])}"


def _also_lines(hit: ArticleHit) -> Iterator[str]:
    if hit["also_at"]:
        yield "   also published:"
    for other in hit["also_at"]:
        yield f"     - {_clean(other['title'])}{_about(other['source'], other['date'], other['id'])}"


def _comment_lines(hit: ArticleHit) -> Iterator[str]:
    if hit["comments"]["matching"]:
        yield f"   {hit['comments']['matching']:,} of {counted(hit['comments']['total'], 'comment')} matched:"
    for line in hit["comments"]["hits"]:
        yield f"     - {_bold(line['snippet'])}"


def _about(*parts: str | None) -> str:
    return _dim("   " + " · ".join(part for part in parts if part))


def _clean(text: str) -> str:
    """Text with spaces for control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)


def _bold(marked: str) -> str:
    """HTML-safe text for a terminal: marks in bold, entities as they read, no control characters."""
    pieces = [_clean(unescape(piece)) for piece in re.split(r"</?mark>", marked)]
    return "".join(click.style(p, bold=True, fg="yellow") if at % 2 else p for at, p in enumerate(pieces))


def analysis_text(found: Analysis) -> str:
    """A few lines for each token, and at the end the source of the counts."""
    lines = [line for token in found["tokens"] for line in _token_lines(token)]
    return "\n".join([*lines, _dim(_lexicon(found["lexicon"]))])


def _token_lines(token: TokenView) -> Iterator[str]:
    place = f"at {token['start']} to {token['end']}"
    yield f"{token['position'] + 1}. {click.style(_plain(token['surface']), bold=True)} {_dim(place)}"
    for level in LEVELS:
        yield f"   {level:<7} {_terms(token['levels'][level])}"
        for rule in token["rules"]:
            if rule["level"] == level:
                yield _INDENT + _dim(_applied(rule))
    yield ""


def _terms(terms: list[str]) -> str:
    return " and ".join(terms) or _dim("none")


def _applied(rule: RuleApplied) -> str:
    if not rule["after"]:
        return f"{rule['rule']} holds for {_plain(rule['before'])}"
    seen = sorted(rule["evidence"], key=lambda each: -each["times"])[:SHOWN]
    told = "; ".join(f"{each['word']} attested {_times(each['times'])}" for each in seen)
    change = f"{_plain(rule['before'])} becomes {_plain(rule['after'])} by {rule['rule']}"
    return f"{change}; {told}" if told else change


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count:,} times")


def _lexicon(lexicon: LexiconView) -> str:
    if lexicon["source"] == "base":
        return f"There is no index: counts of the shipped list, {lexicon['words']:,} words."
    return (
        f"Counts of the index {lexicon['generation']}, {lexicon['words']:,} words, and of the shipped list."
    )


def _plain(word: str) -> str:
    """The word without invisible signs, which would turn the line around."""
    return strip_invisible(word)


def _dim(text: str) -> str:
    return click.style(text, dim=True)
