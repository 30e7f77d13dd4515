"""Corruption of every file of the index that serves: found by ``verify``, and never told as a result.

    python -m tests.faults.corruption FOLDER ENGINE EVERY

It prints a JSON object: ``points`` and ``wrong``, as a sweep does.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.store.generations import Store
from tests.faults.forked import forked, warm_up
from tests.faults.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

QUERIES = (("search", "الجسر", "--json"), ("search", "كثيرا", "--in", "comments", "--json"))


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


def faults(scene: Scene, name: str, said: Path) -> list[str]:
    """What is wrong where a file is damaged: ``verify`` calls it sound, a search says something else, or no sentence."""
    found = []
    status, text = forked(lambda: scene.run("verify"), said)
    if status != 1 or "Traceback" in text:
        found.append(f"verify: {status}, {text[-200:]}")
    elif name not in text.rpartition("kashshaf: ")[2]:
        found.append(f"verify names another file: {text[-200:]}")
    return [*found, *(fault for query in QUERIES if (fault := _misled(scene, query, said)))]


def _misled(scene: Scene, query: tuple[str, ...], said: Path) -> str:
    status, text = forked(lambda: scene.run(*query), said)
    if status == 0 and _hits(text) == _expected(scene, query, said):
        return ""
    if status == 1 and "Traceback" not in text and "kashshaf: " in text:
        return ""
    return f"{query[1]}: {status}, {text[-200:]}"


def _hits(text: str) -> object:
    answer = orjson.loads(text[text.index("{") :])
    return [answer["total"], answer["hits"]]


_KNOWN: dict[tuple[str, ...], object] = {}


def _expected(scene: Scene, query: tuple[str, ...], said: Path) -> object:
    return _KNOWN[query]


def main() -> None:
    """Damage the files of a small index, one at a time."""
    folder, engine, every = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    warm_up(folder)
    scene, said = Scene(folder / "work", engine, "index"), folder / "said"
    forked(scene.build, said)
    forked(scene.act, said)
    for query in QUERIES:
        _KNOWN[query] = _hits(forked(lambda query=query: scene.run(*query), said)[1])
    points = [(path, name) for path in files(scene) for name in DAMAGES][:: int(every)]
    wrong = []
    for path, damage in points:
        whole = path.read_bytes()
        if not whole and damage not in ("longer", "gone"):
            continue
        damaged = DAMAGES[damage](whole)
        path.unlink()
        if damaged is not None:
            path.write_bytes(damaged)
        if found := faults(scene, path.name, said):
            wrong.append([f"{path.relative_to(scene.index)}: {damage}", found])
        path.unlink(missing_ok=True)
        path.write_bytes(whole)
    shutil.rmtree(scene.folder)
    sys.stdout.buffer.write(orjson.dumps({"points": len(points), "wrong": wrong}))


if __name__ == "__main__":
    main()
