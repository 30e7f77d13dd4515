"""nginx, really started with the files of ``deploy/``, on ports of its own."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
needs_nginx = pytest.mark.skipif(
    not Path(NGINX).exists(), reason="there is no nginx: apt-get install nginx-light"
)
WHOLE = """
pid {folder}/pid;
error_log {folder}/error.log warn;
daemon off;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def site(upstream: int, port: int) -> str:
    """``deploy/nginx.conf`` with our ports."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("    listen [::]:80;\n", ""),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


def with_prefix(upstream: int, port: int) -> str:
    """The zones and the upstream of that file, and a server with those of ``deploy/nginx-prefix.conf``."""
    head = site(upstream, port).split("\nserver {")[0]
    lines = (ROOT / "deploy" / "nginx-prefix.conf").read_text(encoding="utf-8")
    return f"{head}\nserver {{\n    listen 127.0.0.1:{port};\n{lines}\n}}\n"


@contextmanager
def nginx(folder: Path, text: str) -> Iterator[subprocess.Popen[bytes]]:
    """Nginx with a site, from the moment that it is up; it must have found nothing to warn of."""
    file = folder / "nginx.conf"
    file.write_text(WHOLE.format(folder=folder, site=text), encoding="utf-8")
    with subprocess.Popen([NGINX, "-p", folder, "-e", folder / "error.log", "-c", file]) as process:
        try:
            deadline = time.monotonic() + 10
            while not (folder / "pid").exists():
                assert process.poll() is None, (folder / "error.log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()
            process.wait(10)
