"""Starts contestants, each in a process of its own, one after the other, and has their plans checked.

This process reads no pool and imports nothing large: on Linux a child's peak memory begins with its parent's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT.parent / "shared" / "matching" / "verify.py"
#: What takes less is repeated, and the fastest run counts: short times are mostly noise.
SHORT_SECONDS, REPEATS = 5.0, 3
#: HiGHS looks at the clock seldom; after this many times its limit, and a minute, it is ended.
PATIENCE = 1.5


@dataclass(frozen=True, slots=True)
class Run:
    """One contestant on one pool.

    Attributes
    ----------
    cpu : seconds, user and system, of the whole process, reading included
    peak : bytes, the most memory it had at once
    facts : what the contestant told; None where it did not live to tell, and then `end` says why
    """

    cpu: float
    peak: int
    facts: dict[str, Any] | None
    end: str = ""

    @property
    def seconds(self) -> float:
        return float(self.facts["seconds"]) if self.facts else float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """`plain` and `budget` in seconds, `memory` in bytes."""

    budget: float
    plain: float
    memory: int


def prepared(name: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The pool of that name as a file, and facts about it. Raises LookupError."""
    target = folder / f"{name.replace('/', '_')}.json.gz"
    command = [sys.executable, "-m", "tests.benchmarks.pools", name, str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LookupError(done.stderr.strip().splitlines()[-1])
    return target, json.loads(done.stdout)


def fastest(contestant: str, pool: Path, folder: Path, limits: Limits) -> tuple[Run, list[str]]:
    """The fastest of some runs, with the faults of all of them."""
    runs: list[Run] = []
    faults: list[str] = []
    while len(runs) < REPEATS and (not runs or runs[-1].seconds < SHORT_SECONDS):
        result = folder / f"{pool.name.removesuffix('.json.gz')}.{contestant}.{len(runs)}.json"
        run = _run(contestant, pool, result, limits)
        runs.append(run)
        if run.facts:
            faults += _faults(contestant, pool, Path(f"{result}.plan.json.gz"))
    return min(runs, key=lambda run: run.seconds), faults


def _run(contestant: str, pool: Path, result: Path, limits: Limits) -> Run:
    limit = limits.budget if contestant == "engine" else limits.plain
    command = [sys.executable, "-m", "tests.benchmarks.contestants", contestant, str(pool), str(result)]
    process = subprocess.Popen(
        [*command, str(limit), str(limits.memory)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    status, usage, killed = _waited(process, limit * PATIENCE + 60)
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
    if status == 0:
        return Run(cpu, peak, json.loads(result.read_text()))
    said = process.stderr.read().strip().splitlines() if process.stderr else []
    end = f"did not end in {limit:.0f} s" if killed else _why(status, said)
    return Run(cpu, peak, None, end)


def _waited(process: subprocess.Popen[str], patience: float) -> tuple[int, Any, bool]:
    """Exit status, resource usage of this child alone, and whether it had to be ended."""
    until, killed = time.monotonic() + patience, False
    try:
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, usage, killed
            if time.monotonic() > until and not killed:
                process.kill()
                killed = True
            time.sleep(0.02)
    except BaseException:
        process.kill()
        raise


def _why(status: int, said: list[str]) -> str:
    last = said[-1] if said else ""
    if "MemoryError" in last or "bad_alloc" in " ".join(said) or status == -9:
        return "out of memory"
    return f"failed ({status}): {last}"


def _faults(contestant: str, pool: Path, plan: Path) -> list[str]:
    """What the independent checker says, or ours where the shared folder is not beside this checkout."""
    ours = [sys.executable, "-m", "tests.benchmarks.checked", str(pool), str(plan), contestant]
    command = [sys.executable, str(CHECKER), str(pool), str(plan)] if CHECKER.is_file() else ours
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    return [f"{pool.name}, {contestant}: {line}" for line in (done.stdout + done.stderr).splitlines()]
