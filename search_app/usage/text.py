"""Insights as text for a terminal, in English around the queries; no two Arabic words side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kashshaf.analyzers.orthography.normalize import strip_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.search_app.usage.shapes import Asked, Group, Insights, Opened

LISTED = 20
"""Rows of each list; ``--json`` has all of them."""


def insights_text(found: Insights, *, logs: bool) -> str:
    """Totals, then a list under each heading; where nothing is logged, the setting that says so."""
    lines = [] if logs else [_dim("Searches are not logged; to log them, set log_searches to yes.")]
    lines.append(
        _dim(
            f"{_of(found['searches'], 'search', 'searches')} for {_of(found['queries'], 'query', 'queries')}"
            f" in {_of(found['days'], 'day', 'days')}, {found['searches_without_results']:,} of them without"
            f" results; {_of(found['clicks'], 'result', 'results')} opened"
        )
    )
    lines += _listed("Frequent", (_asked(each) for each in found["frequent"][:LISTED]))
    lines += _listed("Without results", (_group(each) for each in found["without_results"][:LISTED]))
    lines += _listed("With only some of the words", (_asked(each) for each in found["partial"][:LISTED]))
    lines += _listed("Opened", (_opened(each) for each in found["opened"][:LISTED]))
    return "\n".join(lines)


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    shown = [f"  {line}" for line in lines]
    return [f"\n{click.style(heading, bold=True)}", *shown] if shown else []


def _asked(asked: Asked) -> str:
    results = _of(asked["full"] or asked["partial"], "result", "results")
    some = " with some of the words" if asked["partial"] and not asked["full"] else ""
    return f"{asked['times']:>6,}  {strip_invisible(asked['query'])} {_dim(results + some)}"


def _group(group: Group) -> str:
    spelt = _dim(" | ").join(
        f"{strip_invisible(each['query'])} x{each['times']:,}" for each in group["queries"]
    )
    return f"{group['times']:>6,}  {spelt}"


def _opened(opened: Opened) -> str:
    rate = f"{opened['rate']:.2f} clicks a search, mean rank {opened['mean_rank']:.1f}"
    return f"{opened['clicks']:>6,}  {strip_invisible(opened['query'])} {_dim(rate)}"


def _of(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _dim(text: str) -> str:
    return click.style(text, dim=True)
