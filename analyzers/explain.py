"""Why a word has its terms: the rules that changed it, one after the other, with what spoke for each.

Nothing is decided here. A word goes through the chain and the proof once more, and what they do is written
down; the counts are those that a rule asks for when it is asked again about the same word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.arabic import CHAINS, EXACT, FOLDED, ROOT, STEM, Token, cut, parts_of
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.stemming import roots
from kashshaf.analyzers.stemming.evidence import Evidence
from kashshaf.analyzers.stemming.hamza import contradicts, shown
from kashshaf.analyzers.stemming.stemmer import stems_as_written, stems_of
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import Kind, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Forms
    from kashshaf.analyzers.lexicon import Lexicon
    from kashshaf.analyzers.stemming.evidence import Rule


NUMBER = "number"
"""The rule by which words of a number have one more token, whose surface is all of them.

It has no letters of its own, so no terms before the stem.
"""

NAME = "name"
"""The same of the words of a name that is also written as one."""
_NUMBER = "What words of a number amount to together."
_NAME = "A name that is also written as one word, or has a rival of one word."


class Attested(NamedTuple):
    """A folded word that a rule asked for, and how often it is attested."""

    word: str
    times: int


class Step(NamedTuple):
    """What one rule did to a word on the way to ``level``.

    ``says`` is the rule in a sentence. ``after`` holds a space where one word became two, and nothing where
    the word has no terms from this level on. ``evidence`` has the word before and the words after, where they
    were asked for, and of the others those that are attested.
    """

    level: str
    rule: str
    says: str
    before: str
    after: str
    evidence: tuple[Attested, ...] = ()


class Explained(NamedTuple):
    """A token and how it came to its terms; ``attested`` counts its folded form, None if it is not Arabic."""

    token: Token
    attested: int | None
    steps: tuple[Step, ...]


class _Forgetful(Memo[str]):
    """A memo that finds nothing."""

    def find(self, text: str) -> None:
        """Finds nothing, whatever was kept."""
        del text


class _Following(Evidence):
    """Evidence that writes down which rules have changed a word, and what each was told."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon.count, lexicon.lemmas, lexicon.written)
        self.base_forms = _Forgetful(1)  # each likely spelling is to be told whole
        self._ask = lexicon.count
        self.steps: list[Step] = []

    def applied(self, rule: Rule, before: str, after: str | tuple[str, ...]) -> None:
        """Keep the step, and ask the rule once more to see what it asks."""
        asked: dict[str, int] = {}

        def count(word: str) -> int:
            asked[word] = self._ask(word)
            return asked[word]

        rule(before, Evidence(count, self.lemmas, self.written))
        found = (after,) if isinstance(after, str) else after
        told = [Attested(*row) for row in asked.items() if row[1] or row[0] in (before, *found)]
        self.steps.append(_step(STEM, rule, before, " ".join(found), tuple(told)))


def explain(text: str, analyzer: Analyzer) -> Iterator[Explained]:
    """Every token of ``text`` with its steps, in order; never raises.

    Each distinct word costs some ten times what its analysis does.
    """
    known: dict[tuple[str, Forms], tuple[Step, ...]] = {}
    for token in analyzer.tokens(text):
        key = token.surface, token.forms
        if key not in known:
            known[key] = tuple(_steps(token, analyzer.lexicon))
        yield Explained(token, _attested(token, analyzer.lexicon), known[key])


def _kind(token: Token) -> Kind:
    return next(words(token.surface[0])).kind  # its first letter shows it, and the whole may be long


def _attested(token: Token, lexicon: Lexicon) -> int | None:
    if not token.forms.folded or _kind(token) is not Kind.ARABIC:
        return None
    return lexicon.count(token.forms.folded[0])


def _steps(token: Token, lexicon: Lexicon) -> Iterator[Step]:
    if not token.forms.exact:
        rule, says = (NUMBER, _NUMBER) if token.forms.stem[0][0].isdecimal() else (NAME, _NAME)
        yield Step(STEM, rule, says, token.surface, token.forms.stem[0])
        return
    kind = _kind(token)
    to_exact, to_folded, _ = CHAINS[kind]
    (exact,), (folded,) = token.forms.exact, token.forms.folded
    yield from _followed(EXACT, (*to_exact, cut), token.surface)
    yield from _followed(FOLDED, to_folded, exact)
    if not token.forms.stem:
        yield _step(STEM, is_stop_word, exact, "")
    elif kind is Kind.ARABIC:
        stems, steps = _followed_stems(shown(exact, folded), folded, lexicon)
        yield from steps
        for stem in stems:
            yield from _followed(ROOT, roots.STEPS, stem)
    else:
        parts = parts_of(folded, kind)
        if len(parts) > 1:
            yield _step(STEM, parts_of, folded, " ".join(part for part, _ in parts))
        for part, of in parts:
            yield from _followed(STEM, CHAINS[of][2], part)


def _followed_stems(word: str, folded: str, lexicon: Lexicon) -> tuple[tuple[str, ...], list[Step]]:
    """The stems of a word, and the steps that led to them."""
    following = _Following(lexicon)
    stems = stems_of(folded, following)
    if word == folded or not contradicts(word, stems):
        return stems, following.steps
    as_written = _Following(lexicon)
    stems = stems_as_written(word, as_written)
    if as_written.steps and as_written.steps[0].before == word:
        as_written.steps.insert(0, _step(STEM, shown, folded, word))
    return stems, as_written.steps


def _followed(level: str, rules: tuple[Callable[[str], str], ...], word: str) -> Iterator[Step]:
    for rule in rules:
        after = rule(word)
        if after != word:
            yield _step(level, rule, word, after)
        word = after


def _step(
    level: str, rule: Callable[..., object], before: str, after: str, evidence: tuple[Attested, ...] = ()
) -> Step:
    says = (rule.__doc__ or "").partition("\n")[0]
    return Step(level, rule.__name__, says, before, after, evidence)
