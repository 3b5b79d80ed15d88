"""What starts and ends the demonstration's processes; the demonstration itself is run by .ci/run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.demo.checks import check_folder, check_port, only_one
from portal.demo.processes import Crew
from portal.demo.trouble import Trouble
from portal.embedded import free_port

ROOT = Path(__file__).parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
LEAVES_ORPHAN = """
import sys
from pathlib import Path
from portal.demo.processes import Crew
child = Crew(Path(sys.argv[1])).start("child", [sys.executable, "-c", "import time; time.sleep(60)"])
print(child.process.pid, flush=True)
input()
"""


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(tmp_path / "log")
    yield crew
    crew.end()


def wait_for(truth: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not truth() and time.monotonic() < deadline:
        time.sleep(0.05)
    return truth()


def is_gone(pid: int) -> bool:
    """Also a zombie that nobody has collected is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_all_end_together(crew: Crew):
    children = [crew.start(name, SLEEP, is_server=name == "two") for name in ("one", "two")]
    crew.check()
    crew.end()
    assert [child.process.returncode for child in children] == [-signal.SIGTERM] * 2


def test_who_does_not_listen_is_killed(crew: Crew, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.demo.processes.GRACE", 0.2)
    child = crew.start("stubborn", [sys.executable, "-c", DEAF])
    assert wait_for(lambda: child.log.read_text() == "deaf\n")
    crew.end()
    assert child.process.returncode == -signal.SIGKILL


def test_the_children_of_a_child_end_with_it(crew: Crew):
    parent = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); p.wait()"
    child = crew.start("parent", [sys.executable, "-c", parent, *SLEEP])
    assert wait_for(lambda: child.log.read_text().endswith("\n"))
    grandchild = int(child.log.read_text())
    assert not is_gone(grandchild)
    crew.end()
    assert wait_for(lambda: is_gone(grandchild))


def test_one_that_has_ended_is_told_with_its_last_words(crew: Crew):
    child = crew.start("web", [sys.executable, "-c", "import sys; sys.exit('no such module')"])
    child.process.wait(timeout=20)
    with pytest.raises(Trouble) as trouble:
        crew.check()
    assert str(trouble.value).splitlines()[:3] == [
        "The web has ended with exit code 1.",
        "  Its last words:",
        "  no such module",
    ]


def test_a_killed_parent_leaves_no_orphan(tmp_path: Path):
    command = [sys.executable, "-c", LEAVES_ORPHAN, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        assert not is_gone(child)
        parent.kill()
    assert wait_for(lambda: is_gone(child))


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=rf"^Port {port} is taken; .* make demo PORT=8001$"):
            check_port(port)
    check_port(port)


def test_a_folder_that_cannot_be_written_is_named():
    with pytest.raises(
        Trouble, match=r"^/proc/nowhere cannot be written: .* Set VAR_DIR to another folder\.$"
    ):
        check_folder(Path("/proc/nowhere"))


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.demo.checks.NEEDED_MB", 10**9)
    with pytest.raises(Trouble, match=r"is full: [\d,]+ MB are free, the demo needs [\d,]+ MB\.$"):
        check_folder(tmp_path)


def test_two_demonstrations_do_not_share_a_folder(tmp_path: Path):
    second = f"The demo already runs in {tmp_path} (process {os.getpid()}); end it there."
    with only_one(tmp_path):
        with pytest.raises(Trouble) as trouble, only_one(tmp_path):
            pass
        assert str(trouble.value) == second
    with only_one(tmp_path):
        pass


def demo(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = os.environ | {"VAR_DIR": str(folder), "PORT": str(free_port())} | environment
    command = [sys.executable, "-m", "portal.demo", "--once"]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_a_second_demonstration_leaves_the_first_alone(tmp_path: Path):
    (tmp_path / "servers.json").write_text("{}")
    with only_one(tmp_path):
        ended = demo(tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("The demo already runs in ")
    assert (tmp_path / "servers.json").exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "The portal cannot start. PORT has a wrong value: Not a valid integer.\n"),
        ("REDIS_URL", "redis://127.0.0.1:1", "The Redis of REDIS_URL does not answer: "),
        ("DATABASE_URL", "nonsense", "The portal cannot start. DATABASE_URL has a wrong value: "),
        ("DATABASE_URL", "postgres://portal@127.0.0.1:1/portal", "The database refuses: "),
    ],
)
def test_a_wrong_environment_ends_the_start(name: str, value: str, sentence: str, tmp_path: Path):
    ended = demo(tmp_path, **{name: value})
    assert ended.returncode == 1
    assert ended.stderr.startswith(sentence)
    assert ended.stderr.count("\n") == 1
