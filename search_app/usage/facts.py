"""Facts of a request that access log, metrics and problems tell, gathered on the way to its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = "kashshaf.facts"
"""The key of a WSGI environment for the :class:`Facts` of its request; missing where nobody looks."""


@dataclass(slots=True)
class Facts:
    """``matches`` is None for what is no search; ``remembered`` says that the answer was one given before."""

    id: str
    matches: int | None = None
    remembered: bool = False


def facts_of(environ: Mapping[str, object]) -> Facts:
    """The facts of a request; where nobody gathers them, some that are thrown away."""
    found = environ.get(FACTS)
    return found if isinstance(found, Facts) else Facts("")
