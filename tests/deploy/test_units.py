"""The systemd units and the Dockerfile, as far as they can be looked at without installing anything."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.settings import load
from tests.conftest import ROOT
from tests.deploy.image import SOURCES, release, stages

if TYPE_CHECKING:
    from pathlib import Path

ANALYZE = shutil.which("systemd-analyze")
UNITS = sorted((ROOT / "deploy").glob("*.service")) + sorted((ROOT / "deploy").glob("*.timer"))
needs_systemd = pytest.mark.skipif(not ANALYZE, reason="there is no systemd-analyze: it comes with systemd")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(ANALYZE), *words], capture_output=True, text=True, check=False)


@needs_systemd
def test_units_are_sound(tmp_path: Path) -> None:
    program = tmp_path / "kashshaf"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/kashshaf/.venv/bin/kashshaf", str(program))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = analyze("verify", *(str(tmp_path / unit.name) for unit in UNITS))
    assert (done.returncode, [line for line in done.stderr.splitlines() if "kashshaf" in line]) == (0, [])


@needs_systemd
def test_the_server_is_shut_in() -> None:
    unit = str(ROOT / "deploy" / "kashshaf.service")
    done = analyze("security", "--offline=true", "--threshold=25", unit)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze cannot judge a unit that is not installed")
    assert done.returncode == 0, done.stdout


def test_the_settings_are_settings() -> None:
    file = ROOT / "deploy" / "kashshaf.toml"
    settings = load(file, {})
    assert settings.engine == tomllib.loads(file.read_text(encoding="utf-8"))["engine"]


def test_the_dockerfile_is_read_as_it_is_meant() -> None:
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    first, last = stages(text)
    assert release(text).isalpha()
    assert [line.split()[0] for line in first] == ["RUN", "COPY", "RUN", "RUN"]
    assert any(line.startswith("USER kashshaf") for line in last)
    assert any(line.startswith("HEALTHCHECK") for line in last)


def test_an_image_is_built_from_what_is_let_in() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in lines if line.startswith("!")} == set(SOURCES)
