"""The font of the pages, made from IBM Plex Sans Arabic: ``python -m bench.shipped.font FOLDER OUT``.

FOLDER holds the woff2 files of the package ``@ibm/plex-sans-arabic`` of npm (OFL 1.1). Letters that no page
of Arabic news needs are left out. The family gets another name, since its licence reserves «Plex».
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {"Regular": 400, "SemiBold": 600}
RANGES = """
    20-7E A0 AB B0 B7 BB D7 60C 61B 61F 621-63A 640-655 660-66D 670-671 67E 686 698 6A4 6A9 6AF 6BE 6C0-6C1
    6CC 6D4 6F0-6F9 2010-2015 2018-201E 2022 2026 2039-203A 20AC 2190-2193 2197 FD3E-FD3F FDF2 FDFA
"""
"""Letters, marks, digits and stops of Arabic, Persian letters of names, Latin without accents."""
NAME, FAMILY_NAMES = "Kashshaf Sans", {1, 3, 4, 6, 16, 21, 25}
"""The family, and the records of the table of names that hold it."""


def codes() -> list[int]:
    """The code points of ``RANGES``."""
    spans = [span.split("-") for span in RANGES.split()]
    return [code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)]


def make(source: Path, target: Path, style: str) -> None:
    """Write the subset of one weight."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.flavor = "woff2"
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes())
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = NAME.replace(" ", "") + f"-{style}" if record.nameID == 6 else f"{NAME} {style}"
    subset.save_font(font, str(target), options)


def main(folder: Path, out: Path) -> None:
    """Make every weight."""
    for style, weight in WEIGHTS.items():
        make(folder / f"IBMPlexSansArabic-{style}.woff2", out / f"kashshaf-sans-{weight}.woff2", style)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
