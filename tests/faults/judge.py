"""The judgement after a fault: old or new state whole, verify right, the next write works, no left-overs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.store.generations import Store
from kashshaf.index.store.sealed.checksums import LIST, listed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.scene import Scene, State

NO_MORE = ("rollback", "import")
"""The commands that cannot be given again once they are done."""


def faults(scene: Scene, old: State, new: State) -> list[str]:
    """What is wrong after a fault: a sentence each, none where all is well."""
    found = []
    seen = _seen(scene, old, new)
    if seen not in ("old", "new"):
        found.append(f"seen: {seen}")
    if Store(scene.index).exists() and scene.run("verify"):
        found.append("verify: calls it damaged")
    if scene.command in NO_MORE and seen == "new":
        if scene.run("remove", "harvest"):
            found.append("next write: fails")
    elif scene.act():
        found.append("next write: fails")
    elif (after := _seen(scene, {}, new)) != "new":
        found.append(f"next write: leaves {after}")
    if scene.run("verify"):
        found.append("verify after the next write: calls it damaged")
    return [*found, *(f"left over: {name}" for name in left_over(scene))]


def _seen(scene: Scene, old: State, new: State) -> str:
    try:
        state = scene.state()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what one sees
        return f"{type(error).__name__}: {error}"
    return "new" if state == new else "old" if state == old else f"half: {state}"


def left_over(scene: Scene) -> list[str]:
    """The files that nobody needs any more."""
    store = Store(scene.index)
    serving = [each for each in (store.current(), store.before()) if each]
    names = {each.name for each in serving}
    found = list((scene.folder / "tmp").iterdir())
    if scene.command != "rollback":  # which leaves what it went back from to the next rebuild
        found += [each for each in (store.root / "generations").iterdir() if each.name not in names]
    found += [path for path in store.root.rglob("*") if path.suffix == ".new" or path.name.startswith(".tmp")]
    for generation in serving:
        known = {LIST, *generation.engine().locks}
        folder = generation.commit_folder()
        of_commit = {folder / name for name in listed(folder)}
        found += [path for path in generation.commits_folder().iterdir() if path != folder]
        found += [path for path in _files(folder) if path not in of_commit and path.name not in known]
        wanted = {
            "state.json",
            LIST,
            "ledger.sqlite",
            "ledger.checksum",
            "commits",
            *listed(generation.folder),
        }
        found += [path for path in generation.folder.iterdir() if path.name not in wanted]
    return sorted({path.relative_to(scene.folder).as_posix() for path in found})


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
