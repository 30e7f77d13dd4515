"""What an operator is told about an index that works and would work better otherwise, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.schema import INDEXES

if TYPE_CHECKING:
    from index.settings import Settings
    from index.store.generations import Generation

UNKNOWN_SHARE = 0.2
"""Of the lexicon's words, how many it may lack; measured in docs/operating.md."""
UNKNOWN_LEAST = 1_000
"""Words below which nothing is said: the shipped list serves a small site well."""


def hints(generation: Generation, settings: Settings) -> list[str]:
    """A sentence, with the command to run, for each thing that a rebuild would better."""
    found = (_outgrown(generation), _unknown(generation, settings))
    return [hint for hint in found if hint]


def _outgrown(generation: Generation) -> str:
    """Whether the index has more documents than its engine answers well."""
    engine, state = generation.engine(), generation.state()
    if engine.capacity is None:
        return ""
    for index in INDEXES:
        held, most = getattr(state, index), engine.capacity.documents[index]
        if held > most:
            beyond = engine.capacity.beyond
            return (
                f"{held:,} {index} are more than the engine {engine.name} answers quickly ({most:,});"
                f' move to another with: kashshaf reindex --engine {beyond}, and put engine = "{beyond}"'
                " into kashshaf.toml so that it stays so"
            )
    return ""


def _unknown(generation: Generation, settings: Settings) -> str:
    """Whether the lexicon lacks so many words that stems would be better after a rebuild."""
    known, state = len(generation.lexicon()), generation.state()
    if state.unknown < UNKNOWN_LEAST or state.unknown <= UNKNOWN_SHARE * known:
        return ""
    engine = generation.manifest().engine
    option = "" if engine == settings.engine else f" --engine {engine}"
    return (
        f"the lexicon lacks {state.unknown:,} words that newer articles use and has {known:,};"
        f" for better stems rebuild with: kashshaf reindex{option}"
    )
