"""The long hunt, each time another (``make fuzz``).

    python -m tests.fuzz [--minutes N] [--target T ...]

The targets have their turns until the time is over. What is found is made small and written into the corpus,
so that the tests fail by it until it is mended; its target is then left alone, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings

from tests.fuzz import corpus
from tests.fuzz.hunt import hunt
from tests.fuzz.targets import TARGETS

EXAMPLES = 200
"""Of a turn."""


def main() -> None:
    """Hunt, print what was found and how much was tried, and end with 1 where anything was found."""
    warnings.simplefilter("error")  # as in the tests
    chosen = _chosen()
    until = time.monotonic() + 60 * chosen.minutes
    tried = dict.fromkeys(chosen.target, 0)
    left = list(tried)
    while left and time.monotonic() < until:
        name = left.pop(0)
        tried[name] += EXAMPLES
        if _is_sound(name):
            left.append(name)
    for name, count in tried.items():
        print(f"{name:12} about {count:8,} cases")
    sys.exit(1 if len(left) < len(tried) else 0)


def _is_sound(name: str) -> bool:
    """Give a target its turn; False where it fails by a case, which is printed and kept."""
    found = hunt(TARGETS[name], corpus.cases(name), EXAMPLES, random=True)
    if found is not None:
        print(f"{name}: {TARGETS[name].fault(found)}\n  kept as {corpus.keep(name, found)}", flush=True)
    return found is None


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", nargs="+", choices=TARGETS, default=list(TARGETS))
    return parser.parse_args()


if __name__ == "__main__":
    main()
