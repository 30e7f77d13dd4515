"""The plot of ``bench.growth``: ``python -m bench.report.plot FIGURES.json TARGET.svg`` draws it again.

An SVG without a ground of its own, in colours that show on light and on dark.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from bench.measure.sizes import Size

try:
    import matplotlib as mpl
    from matplotlib.figure import Figure
except ImportError as error:
    raise click.ClickException("the plot needs matplotlib: pip install '.[bench]'") from error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

INK = "#77808a"
"""Of lines and letters: a contrast of 4 on white and on near black."""
LINES = ("#2f8f86", "o-"), ("#d9822b", "s--")
"""Colour and shape of the first line of a panel, and of the second."""
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "kashshaf",  # the same figures give the same file
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@click.command()
@click.argument("figures", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def main(figures: Path, target: Path) -> None:
    """Draw what ``bench.growth --json`` wrote to FIGURES into TARGET."""
    draw([Size(**row) for row in orjson.loads(figures.read_bytes())], target)


def draw(sizes: Sequence[Size], target: Path) -> None:
    """Four panels over the number of records: indexing, memory, disk, search."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8, 5.2), layout="constrained")
        (speed, memory), (disk, search) = figure.subplots(2, 2)
        _panel(speed, sizes, "records a second, reindex", {"": [size.rate for size in sizes]})
        _panel(memory, sizes, "peak memory of reindex, MB", {"": [size.peak / 1e6 for size in sizes]})
        _panel(disk, sizes, "index, KB a record", {"": [size.size / size.records / 1e3 for size in sizes]})
        times = {"p50": [size.p50_ms for size in sizes], "p99": [size.p99_ms for size in sizes]}
        _panel(search, sizes, "a whole search, ms", times)
        search.legend(frameon=False)
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None})


def _panel(axes: Axes, sizes: Sequence[Size], title: str, series: Mapping[str, Sequence[float]]) -> None:
    records = [size.records for size in sizes]
    for (name, values), (colour, shape) in zip(series.items(), LINES, strict=False):
        axes.plot(records, values, shape, color=colour, label=name)
    axes.set_xscale("log")
    axes.set_xticks(records, [f"{number:,}" for number in records])
    axes.minorticks_off()
    axes.set_ylim(0, 1.15 * max(max(values) for values in series.values()))
    axes.set_title(title, fontsize="medium")
    axes.set_xlabel("records")
    axes.grid(visible=True, color=INK, alpha=0.25)


if __name__ == "__main__":
    main()
