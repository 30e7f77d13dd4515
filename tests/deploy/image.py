"""The steps of ``deploy/Dockerfile``, run in bare roots of Debian: ``make test-deploy``.

So the image is tried where no images are to be had. It needs root and ``debootstrap``, and some minutes. In
the end the server of the image answers, in a root mounted read-only, and the size is told.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
SOURCES = (
    "analyzers",
    "index",
    "indexer",
    "search_app",
    "kashshaf",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)
MOST = 250
"""Megabytes of an image."""
PORT = 8639
CERTIFICATES = "etc/ssl/certificates-of-this-machine.crt"
HEALTH = f"http://127.0.0.1:{PORT}/healthz"


def stages(text: str) -> list[list[str]]:
    """The instructions of each stage of a Dockerfile, a line each."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    parts = re.split(r"^FROM .*$", joined, flags=re.MULTILINE)[1:]
    return [[line for line in part.splitlines() if line.strip()] for part in parts]


def release(text: str) -> str:
    """The release of Debian that the images are made from."""
    found = re.search(r"^ARG DEBIAN=(\w+)-slim$", text, flags=re.MULTILINE)
    assert found, "the Dockerfile names no release of Debian"
    return found[1]


def run_steps(root: Path, instructions: Sequence[str]) -> None:
    """Run each ``RUN`` of a stage in its root, and copy where it has ``COPY . /source``."""
    for line in instructions:
        word, _, rest = line.partition(" ")
        if word == "RUN":
            print("RUN", rest[:100], flush=True)  # noqa: T201
            in_root(root, "sh", "-ec", rest)
        elif line == "COPY . /source":
            copy_sources(root / "source")


def copy_sources(target: Path) -> None:
    """Copy what ``.dockerignore`` lets in."""
    target.mkdir()
    for name in SOURCES:
        subprocess.run(["/bin/cp", "-a", ROOT / name, target], check=True)


def in_root(root: Path, *command: str) -> None:
    """Run a command in a root with this machine's network, and the certificates that it trusts there."""
    trusted = dict.fromkeys(("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"), f"/{CERTIFICATES}")
    settings = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", **trusted}
    subprocess.run(["/usr/sbin/chroot", root, *command], check=True, env=settings)


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """The file systems of the kernel below a root."""
    places = [root / name for name in ("proc", "dev")]
    for place in places:
        subprocess.run(["/bin/mount", "--bind", f"/{place.name}", place], check=True)
    try:
        yield
    finally:
        for place in places:
            subprocess.run(["/bin/umount", "--lazy", place], check=True)


def bare(root: Path, release_name: str) -> None:
    """Make a root of Debian, as small as an image of it, with this machine's way to packages."""
    mirror = ["http://deb.debian.org/debian"] if len(sys.argv) < 2 else [sys.argv[1]]
    subprocess.run(["/usr/sbin/debootstrap", "--variant=minbase", release_name, root, *mirror], check=True)
    for name in ("doc", "info", "locale", "man"):  # which the small images of Debian lack
        shutil.rmtree(root / "usr/share" / name, ignore_errors=True)
    for here, there in (
        ("/etc/resolv.conf", "etc/resolv.conf"),
        ("/etc/hosts", "etc/hosts"),
        ("/etc/ssl/certs/ca-certificates.crt", CERTIFICATES),
    ):
        (root / there).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(here, root / there)


def megabytes(root: Path) -> int:
    """The size of all files of a root."""
    said = subprocess.run(["/usr/bin/du", "-sxm", root], check=True, capture_output=True, text=True)
    return int(said.stdout.split()[0])


def answers(root: Path) -> None:
    """Start the server as the image does, read-only but for ``/tmp``, as its user: it must be healthy."""
    subprocess.run(["/bin/mount", "--bind", root, root], check=True)
    subprocess.run(["/bin/mount", "-o", "remount,ro,bind", root], check=True)
    subprocess.run(["/bin/mount", "-t", "tmpfs", "tmpfs", root / "tmp"], check=True)
    command = ["/usr/sbin/chroot", "--userspec=kashshaf", str(root), "/opt/kashshaf/bin/kashshaf"]
    with subprocess.Popen([*command, "--index", "/data/index", "serve", "--port", str(PORT)]) as server:
        try:
            wait_for(HEALTH)
        finally:
            server.terminate()
            server.wait(30)
            for place in (root / "tmp", root):
                subprocess.run(["/bin/umount", "--lazy", place], check=True)


def wait_for(url: str) -> None:
    """Return when a server answers there; the last failure is raised after 30 seconds."""
    for left in reversed(range(60)):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            if not left:
                raise
            time.sleep(0.5)
        else:
            return


def main() -> None:
    """Build both stages, tell the size, and see the server answer."""
    if os.geteuid() or not shutil.which("debootstrap"):
        sys.exit("the image is tried as root, with debootstrap: apt-get install debootstrap")
    text = DOCKERFILE.read_text(encoding="utf-8")
    first, last = stages(text)
    with tempfile.TemporaryDirectory(prefix="kashshaf-image-") as folder:
        made, image = Path(folder, "build"), Path(folder, "image")
        bare(made, release(text))
        subprocess.run(["/bin/cp", "-a", made, image], check=True)
        with mounted(made):
            run_steps(made, first)
        with mounted(image):
            run_steps(image, last)
            subprocess.run(["/bin/cp", "-a", made / "opt/kashshaf", image / "opt"], check=True)
            size = megabytes(image)
            print(f"the image has {size} MB; it may have {MOST}", flush=True)  # noqa: T201
            answers(image)
    sys.exit(size > MOST)


if __name__ == "__main__":
    main()
