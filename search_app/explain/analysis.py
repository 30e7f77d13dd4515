"""The analysis of a text: each word at each level, and the rules that made it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import LEVELS
from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.explain import explain
from kashshaf.index.errors import UsageError
from kashshaf.search_app.query.parameters import clean

if TYPE_CHECKING:
    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.explain import Explained, Step
    from kashshaf.search_app.explain.shapes import Analysis, LexiconView, RuleApplied, TokenView

MAX_ANALYSED = 100_000
"""Characters of a text: a long page; a word costs some ten times what it does in a search."""


def analysis(text: str, analyzer: Analyzer, generation: str | None) -> Analysis:
    """The analysis of ``text``; UsageError for more than ``MAX_ANALYSED`` characters.

    ``generation`` names the index whose lexicon the analyzer has; None: it has the shipped list alone.
    """
    if len(text) > MAX_ANALYSED:
        raise UsageError(
            f"the text is longer than {MAX_ANALYSED} characters; shorten it",
            "text",
            "too-long",
            limit=MAX_ANALYSED,
        )
    text = clean(text)
    return {
        "text": text,
        "tokens": [_token(found) for found in explain(text, analyzer)],
        "lexicon": _lexicon(analyzer, generation),
    }


def _lexicon(analyzer: Analyzer, generation: str | None) -> LexiconView:
    if generation is None:
        return {"source": "base", "generation": None, "words": len(base_counts())}
    return {"source": "index", "generation": generation, "words": len(analyzer.lexicon)}


def _token(found: Explained) -> TokenView:
    token = found.token
    return {
        "surface": token.surface,
        "start": token.start,
        "end": token.end,
        "position": token.position,
        "attested": found.attested,
        "levels": {level: list(getattr(token.forms, level)) for level in LEVELS},
        "rules": [_rule(step) for step in found.steps],
    }


def _rule(step: Step) -> RuleApplied:
    return {
        "level": step.level,
        "rule": step.rule,
        "says": step.says,
        "before": step.before,
        "after": step.after,
        "evidence": [{"word": seen.word, "times": seen.times} for seen in step.evidence],
    }
