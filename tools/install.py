"""Makes .venv and puts the packages of a file into it: `python3 tools/install.py requirements.txt`.

It runs before anything is installed, on whatever Python there is: standard library, syntax of Python 3.6.
Every failure is one sentence; what pip and uv said stands in .venv/install.log.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OLDEST = (3, 11)
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
#: Installs in seconds what takes pip more than a minute.
UV = "uv==0.13.9"

#: What the log says, and what a person should do about it; the first that is found counts.
TROUBLES = (
    (r"No space left on device|os error 28", "The disk is full: the packages need about 700 MB."),
    (
        r"Read-only file system|Permission denied",
        "This folder cannot be written to; clone the portal to one you own.",
    ),
    (
        r"Python\.h|command '?\S*(gcc|cc|g\+\+)'? failed|unable to execute '\S*(gcc|cc)'",
        "A package must be compiled, and Python's headers or the compiler are missing;"
        " as root: apt install python3-dev gcc",
    ),
    (
        r"dns error|name resolution|sending request|NewConnectionError|Connection refused|unreachable",
        "The package index cannot be reached; check the network, and the proxy or mirror pip is told to use.",
    ),
    (
        r"No matching distribution|no version of|No solution found",
        "The package index lacks a package that is pinned.",
    ),
)


class Trouble(Exception):
    """A sentence that says what to do."""


def main(requirements: str) -> None:
    started = time.monotonic()
    if sys.version_info < OLDEST:
        run_newer_python()
    try:
        make_environment()
        fill(requirements)
    except OSError as fault:
        sys.exit(f"Installing failed: {fault.filename or VENV.resolve()}: {fault.strerror}.")
    except Trouble as trouble:
        sys.exit(f"Installing failed. {trouble}")
    print(f"Installed in {time.monotonic() - started:.0f} s.")


def run_newer_python() -> None:
    """Replaces this process by a Python that is new enough, if there is one."""
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit("The portal needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))


def make_environment() -> None:
    if works():
        return
    print("Making .venv with Python {}.{} …".format(*sys.version_info), flush=True)
    has_pip = importlib.util.find_spec("ensurepip") is not None
    options = ["--clear"] if has_pip else ["--clear", "--without-pip"]
    log = captured([sys.executable, "-m", "venv", *options, str(VENV)])
    if log.returncode:
        raise Trouble(explain(log.stdout))
    if not has_pip:
        borrow_pip()


def borrow_pip() -> None:
    """Debian ships ensurepip apart from Python; its wheel of pip can be fetched and unpacked without root."""
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which("apt-get"):
            captured(["apt-get", "download", "python3-pip-whl"], folder)
        for package in Path(folder).glob("*.deb"):
            captured(["dpkg-deb", "--extract", str(package), folder])
        for wheel in Path(folder).glob("usr/share/python-wheels/pip-*.whl"):
            captured([str(PYTHON), f"{wheel}/pip", "install", "--no-index", "--no-deps", str(wheel)])
    if not works():
        raise Trouble("Python's venv module is incomplete; as root: apt install python3-venv")


def works() -> bool:
    """Whether .venv holds a Python that runs and is new enough; a folder that was moved does not."""
    if not PYTHON.exists():
        return False
    check = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return captured([str(PYTHON), "-c", check]).returncode == 0


def fill(requirements: str) -> None:
    print(f"Installing the packages of {requirements} …", flush=True)
    LOG.write_bytes(b"")
    uv, pip = VENV / "bin" / "uv", [str(PYTHON), "-m", "pip", "install", "--no-input"]
    if not uv.exists():
        logged([*pip, "--quiet", UV])
    if uv.exists() and logged([str(uv), "pip", "install", "--python", str(PYTHON), "-r", requirements]) == 0:
        return
    if re.search(TROUBLES[0][0], said()):
        raise Trouble(explain(said()))
    # uv does not read pip's configuration: where only pip knows the way to an index, pip goes it.
    print("… with pip, which takes a minute or two …", flush=True)
    if logged([*pip, "-r", requirements]):
        raise Trouble(explain(said()))


def logged(command: list) -> int:
    with LOG.open("ab") as log:
        return subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode


def said() -> str:
    return LOG.read_text(errors="replace")


def explain(log: str) -> str:
    for pattern, sentence in TROUBLES:
        if re.search(pattern, log):
            return sentence
    last = "\n".join(log.strip().splitlines()[-5:])
    return f"Its last lines:\n{last}\nAll of them: {LOG}"


def captured(command: list, folder: str = ".") -> subprocess.CompletedProcess:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.run(command, cwd=folder, text=True, **pipes)


if __name__ == "__main__":
    main(sys.argv[1])
