"""Hints for the operator: one line each, with the command that improves a working index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.schema import INDEXES

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.index.store.generations import Generation

UNKNOWN_SHARE = 0.2
"""Greatest ratio of unknown words to the words of the lexicon; measured in docs/operating.md."""
UNKNOWN_LEAST = 1_000
"""Unknown words below which no hint is given: the shipped list serves a small site well."""


def hints(generation: Generation, settings: Settings) -> list[str]:
    """Return a sentence, with the command to run, for each thing that a rebuild would improve."""
    found = (
        _outgrown(generation, settings),
        _unknown(generation, settings),
        other_engine(generation.manifest().engine, settings.engine),
    )
    return [hint for hint in found if hint]


def other_engine(present: str, named: str) -> str:
    """Hint at a setting that names another engine than the one an index has; empty where it does not."""
    if named in ("", present):
        return ""
    return (
        f"the index has the engine {present}, and the setting engine names {named}; move it with:"
        f' kashshaf reindex --engine {named}; or keep {present}: put engine = "{present}" into kashshaf.toml'
    )


def _outgrown(generation: Generation, settings: Settings) -> str:
    """Hint at another engine where the index has more documents than its own answers well; else empty."""
    engine, state = generation.engine(), generation.state()
    if engine.capacity is None:
        return ""
    for index in INDEXES:
        held, most = getattr(state, index), engine.capacity.documents[index]
        if held > most:
            beyond = engine.capacity.beyond
            return (
                f"{held:,} {index} are more than the engine {engine.name} answers quickly ({most:,});"
                f" move to another with: kashshaf reindex --engine {beyond}{_set(beyond, settings)}"
            )
    return ""


def _set(engine: str, settings: Settings) -> str:
    """What else is to be done where the settings name another engine than the one to move to; else empty."""
    if settings.engine in ("", engine):
        return ""
    return f', and put engine = "{engine}" into kashshaf.toml so that it stays so'


def _unknown(generation: Generation, settings: Settings) -> str:
    """Hint at a rebuild where the lexicon lacks many words of newer articles; else empty."""
    known, state = len(generation.lexicon()), generation.state()
    if state.unknown < UNKNOWN_LEAST or state.unknown <= UNKNOWN_SHARE * known:
        return ""
    engine = generation.manifest().engine
    option = "" if settings.engine in ("", engine) else f" --engine {engine}"
    return (
        f"the lexicon lacks {state.unknown:,} words that newer articles use and has {known:,};"
        f" for better stems rebuild with: kashshaf reindex{option}"
    )
