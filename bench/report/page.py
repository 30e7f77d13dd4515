"""Tables of figures, and the place in a page of the docs where they are written."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import MARKDOWN
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BEGIN = "<!-- figures: written by a program, not by hand -->"
END = "<!-- end of figures -->"
NOT_HERE = "not here"
PACKAGES = {"Kashshaf": "kashshaf", "Whoosh": "whoosh-reloaded", "Tantivy": "tantivy"}
CPUS = Path("/proc/cpuinfo")


def into_page(page: str, figures: str) -> str:
    """``page`` with ``figures`` between its two markers in place of what was there."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise click.ClickException(f"the page has no place for figures: two lines, {BEGIN} and {END}")
    return f"{head}{begin}\n{figures.strip()}\n{end}{tail}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; columns after the first are flush right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def printed(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Format a table for a terminal, aligned for the eye too."""
    found = Table(*head, box=MARKDOWN)
    for column in found.columns[1:]:
        column.justify = "right"
    for row in rows:
        found.add_row(*row)
    return found


def measured(peers: dict[str, str]) -> str:
    """The date, the versions of what was measured (``peers`` by name), and the machine."""
    ours = {name: version(package) for name, package in PACKAGES.items()}
    versions = {**ours, "Python": platform.python_version(), **peers}
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    return f"Measured on {datetime.now(UTC):%Y-%m-%d} with {named}, on {os.cpu_count()} cores of {_cpu()}."


def _cpu() -> str:
    """The processor's name; ``platform`` does not know it on Linux."""
    known = CPUS.read_text(encoding="utf-8") if CPUS.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", known, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()
