"""Corruption of every file of the index that serves: found by ``verify``, and never told as a result.

    python -m tests.faults.corruption FOLDER ENGINE EVERY

It prints a JSON object: ``points`` and ``wrong``, as a sweep does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.store.generations import Store
from tests.faults.forked import forked, warm_up
from tests.faults.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

QUERIES: tuple[tuple[str, ...], ...] = (
    ("search", "الجسر", "--json"),
    ("search", "كثيرا", "--in", "comments", "--json"),
)


def flipped(content: bytes, at: int) -> bytes:
    """Content with one bit of a byte changed."""
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "first byte": lambda content: flipped(content, 0),
    "a third": lambda content: flipped(content, len(content) // 3),
    "middle byte": lambda content: flipped(content, len(content) // 2),
    "last byte": lambda content: flipped(content, len(content) - 1),
    "cut": lambda content: content[: len(content) // 2],
    "longer": lambda content: content + b"\0",
    "emptied": lambda _: b"",
    "gone": lambda _: None,
}
"""What becomes of the content of a file; None: it is gone."""


def files(scene: Scene) -> list[Path]:
    """The files of what serves, but for those by which writers keep others away."""
    store = Store(scene.index)
    folder = store.current().folder
    locks = store.current().engine().locks
    found = [path for path in folder.rglob("*") if path.is_file() and path.name not in locks]
    return sorted([store.pointer(), *found])


class Corruption:
    """A small index on an engine, of which one file at a time is damaged."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._said = folder / "said"
        self.scene = Scene(folder / "work", engine, "index")
        forked(self.scene.build, self._said)
        forked(self.scene.act, self._said)
        self._expected = {query: _hits(self._run(*query)[1]) for query in QUERIES}

    def _run(self, *arguments: str) -> tuple[int, str]:
        return forked(lambda: self.scene.run(*arguments), self._said)

    def strike(self, path: Path, damage: str) -> list[str]:
        """Damage a file, say what is wrong then, and mend it."""
        whole = path.read_bytes()
        damaged = DAMAGES[damage](whole)
        path.unlink()
        if damaged is not None:
            path.write_bytes(damaged)
        found = [*self._unnoticed(path.name), *filter(None, map(self._misled, QUERIES))]
        path.unlink(missing_ok=True)
        path.write_bytes(whole)
        return found

    def _unnoticed(self, name: str) -> list[str]:
        """Whether ``verify`` calls it sound, or names another file."""
        status, said = self._run("verify")
        if status != 1 or "Traceback" in said:
            return [f"verify: {status}, {said[-200:]}"]
        sentence = said.rpartition("kashshaf: ")[2]
        return [] if name in sentence else [f"verify names another file: {sentence}"]

    def _misled(self, query: tuple[str, ...]) -> str:
        """Whether a search says something else than before, or fails without a sentence."""
        status, said = self._run(*query)
        right = status == 0 and _hits(said) == self._expected[query]
        told = status == 1 and "Traceback" not in said and "kashshaf: " in said
        return "" if right or told else f"{query[1]}: {status}, {said[-200:]}"


def _hits(said: str) -> object:
    answer = orjson.loads(said[said.index("{") :])
    return [answer["total"], answer["hits"]]


def main() -> None:
    """Damage every file of a small index in every way, or at every so-many-th point."""
    folder, engine, every = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    warm_up(folder)
    corruption = Corruption(folder, engine)
    found = files(corruption.scene)
    every_point = [
        (path, name) for path in found for name in DAMAGES if path.stat().st_size or name == "gone"
    ]
    points = every_point[::every]
    wrong = [
        [f"{path.name}: {damage}", said]
        for path, damage in points
        if (said := corruption.strike(path, damage))
    ]
    sys.stdout.buffer.write(orjson.dumps({"points": len(points), "wrong": wrong}))


if __name__ == "__main__":
    main()
