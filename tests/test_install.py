"""What `make` does before anything is installed: each failure is one sentence."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tools" / "install.py"
#: As on a Debian whose python3-venv is missing and cannot be fetched.
WITHOUT_ENSUREPIP = """
import importlib.util, os, runpy, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "ensurepip" else find(name, *more)
os.environ["PATH"] = "/nowhere"
sys.argv = ["install.py", "requirements.txt"]
runpy.run_path({script!r}, run_name="__main__")
"""
TOO_OLD = """
import os, runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
os.environ["PATH"] = "/nowhere"
sys.argv = ["install.py", "requirements.txt"]
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.fixture(scope="module")
def install() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ended(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program.format(script=str(SCRIPT))]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("error: failed to copy: No space left on device (os error 28)", "The disk is full"),
        (
            "src/module.c:1:10: fatal error: Python.h: No such file or directory",
            "apt install python3-dev gcc",
        ),
        ("error: command 'gcc' failed: No such file or directory", "apt install python3-dev gcc"),
        (
            "client error (Connect): dns error: failed to lookup address",
            "The package index cannot be reached",
        ),
        ("ERROR: No matching distribution found for wagtail==8.0.1", "lacks a package that is pinned"),
        ("OSError: [Errno 13] Permission denied: '.venv/lib'", "This folder cannot be written to"),
    ],
)
def test_the_log_is_explained_in_one_sentence(install: ModuleType, log: str, sentence: str):
    assert sentence in install.explain(f"Collecting wagtail\n{log}\n")
    assert "\n" not in install.explain(log)


def test_an_unknown_fault_shows_the_last_lines(install: ModuleType):
    explained = install.explain("\n".join(f"line {number}" for number in range(20)))
    assert explained.splitlines()[1:6] == [f"line {number}" for number in range(15, 20)]
    assert explained.endswith("install.log")


def test_a_python_without_pip_says_what_to_install(tmp_path: Path):
    result = ended(WITHOUT_ENSUREPIP, tmp_path)
    assert result.returncode == 1
    assert result.stderr == (
        "Installing failed. Python's venv module is incomplete; as root: apt install python3-venv\n"
    )


def test_an_old_python_is_told(tmp_path: Path):
    result = ended(TOO_OLD, tmp_path)
    assert result.returncode == 1
    assert result.stderr == "The portal needs Python 3.11 or newer; this is Python 3.9.\n"


def test_a_folder_that_cannot_be_written_is_named():
    command = [sys.executable, str(SCRIPT), "requirements.txt"]
    result = subprocess.run(command, cwd="/proc", capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Installing failed")
    assert result.stderr.count("\n") <= 7


def test_a_broken_environment_does_not_count_as_installed(install: ModuleType, tmp_path: Path, monkeypatch):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert not install.works()
    python.symlink_to(sys.executable)
    assert install.works()
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert not install.works()
