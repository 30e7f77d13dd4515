"""The plot of ``bench.growth``: ``python -m bench.plot FIGURES.json TARGET.svg`` draws it again.

An SVG without a ground of its own, in colours that show on light and on dark.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from bench.growth import Size

try:
    import matplotlib as mpl
    from matplotlib.figure import Figure
except ImportError as error:
    raise click.ClickException("the plot needs matplotlib: pip install 'kashshaf[bench]'") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

INK = "#77808a"
"""Of lines and letters: a contrast of 4 on white and on near black."""
FIRST, SECOND = "#2f8f86", "#d9822b"
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
        _line(speed, sizes, [size.rate for size in sizes], "records a second, reindex")
        _line(memory, sizes, [size.peak / 1e6 for size in sizes], "peak memory of reindex, MB")
        _line(disk, sizes, [size.size / 1e6 for size in sizes], "index, MB")
        _line(search, sizes, [size.p50_ms for size in sizes], "a whole search, ms", name="p50")
        search.plot(
            [size.records for size in sizes],
            [size.p99_ms for size in sizes],
            "s--",
            color=SECOND,
            label="p99",
        )
        search.legend(frameon=False)
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None})


def _line(axes: Axes, sizes: Sequence[Size], values: Sequence[float], title: str, name: str = "") -> None:
    axes.plot([size.records for size in sizes], values, "o-", color=FIRST, label=name)
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_title(title, fontsize="medium")
    axes.set_xlabel("records")
    axes.grid(visible=True, color=INK, alpha=0.25)
    axes.margins(y=0.15)


if __name__ == "__main__":
    main()
