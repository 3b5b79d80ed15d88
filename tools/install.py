"""Makes .venv and puts the packages of one requirements file into it: `python3 tools/install.py requirements.txt`.

It runs before anything is installed, on whatever Python there is: standard library only, syntax of Python 3.6.
Every failure is one sentence; what pip and uv said stands in .venv/install.log.
"""

import os
import re
import shutil
import subprocess
import sys
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
    (r"Read-only file system|Permission denied", "This folder cannot be written to; clone the portal to one you own."),
    (
        r"Python\.h|command '?\S*(gcc|cc|g\+\+)'? failed|unable to execute '\S*(gcc|cc)'",
        "A package must be compiled, but Python's headers or the compiler are missing; as root: apt install python3-dev gcc",
    ),
    (
        r"dns error|name resolution|error sending request|NewConnectionError|Connection refused|Network is unreachable",
        "The package index cannot be reached; check the network, and the proxy or mirror that pip is told to use.",
    ),
    (r"No matching distribution|no version of|No solution found", "The package index lacks a package that is pinned."),
)


class Trouble(Exception):
    """A sentence that says what to do."""


def main(requirements):
    started = time.monotonic()
    if sys.version_info < OLDEST:
        run_newer_python()
    try:
        make_environment()
        fill(requirements)
    except OSError as fault:
        sys.exit("Installing failed: {}: {}.".format(fault.filename or VENV.resolve(), fault.strerror))
    except Trouble as trouble:
        sys.exit("Installing failed. {}".format(trouble))
    print("Installed in {:.0f} s.".format(time.monotonic() - started))


def run_newer_python():
    """Replaces this process by a Python that is new enough, if there is one."""
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which("python3.{}".format(minor))
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit("The portal needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))


def make_environment():
    if works():
        return
    print("Making .venv with Python {}.{} …".format(*sys.version_info), flush=True)
    try:
        import ensurepip  # noqa: F401 - Debian ships it apart from Python
    except ImportError:
        raise Trouble("Python's venv module is incomplete; as root: apt install python3-venv") from None
    # Symbolic links of an older checkout are left behind where the folder was moved.
    log = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], **CAPTURED)
    if log.returncode:
        raise Trouble(explain(log.stdout))


def works():
    """Whether .venv holds a Python that runs and is new enough; a folder that was moved does not."""
    if not PYTHON.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < {})".format(OLDEST)
    return subprocess.run([str(PYTHON), "-c", check], **CAPTURED).returncode == 0


def fill(requirements):
    print("Installing the packages of {} …".format(requirements), flush=True)
    uv, pip = VENV / "bin" / "uv", [str(PYTHON), "-m", "pip", "install", "--no-input"]
    if not uv.exists():
        logged([*pip, "--quiet", UV])
    # uv does not read pip's configuration: where only pip knows the way to an index, pip goes it.
    if uv.exists() and logged([str(uv), "pip", "install", "--python", str(PYTHON), "-r", requirements]) == 0:
        return
    print("… with pip, which takes a minute or two …", flush=True)
    if logged([*pip, "-r", requirements]):
        raise Trouble(explain(LOG.read_text(errors="replace")))


def logged(command):
    with LOG.open("ab") as log:
        return subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode


def explain(log):
    for pattern, sentence in TROUBLES:
        if re.search(pattern, log):
            return sentence
    return "Its last lines:\n{}\nAll of them: {}".format("\n".join(log.strip().splitlines()[-5:]), LOG)


CAPTURED = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "universal_newlines": True}

if __name__ == "__main__":
    main(sys.argv[1])
