"""`python -m portal.demo`: everything that `make demo` starts, in one terminal.

Not a command of manage.py: those read the settings first, and here Redis must stand before them.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from contextlib import suppress
from types import FrameType

from portal.embedded import EmbeddedError
from portal.settings.environment import read_number
from portal.settings.folders import VAR_DIR

from .checks import check_port, only_one
from .processes import Crew
from .progress import say
from .servers import forget_servers, start_servers
from .trouble import Trouble

#: Seconds between two looks at the processes.
LOOK = 0.5


def main() -> None:
    once = _once()
    # The package's import has named the production settings, which workers take by default.
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.local"
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _interrupt)
    try:
        with only_one(VAR_DIR):
            check_port(read_number("PORT", least=1, most=65535, default=8000))
            _run(once)
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it: broken off before it stood
    except (Trouble, EmbeddedError) as trouble:
        sys.exit(str(trouble))
    except OSError as fault:
        sys.exit(f"The demo cannot go on: {fault.filename or VAR_DIR}: {fault.strerror}.")


def _once() -> bool:
    parser = argparse.ArgumentParser(prog="make demo", description="Runs the portal and all it needs.")
    parser.add_argument("--once", action="store_true", help="end after the figures")
    return parser.parse_args().once


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(once: bool) -> None:
    crew = Crew(VAR_DIR / "log")
    try:
        start_servers(crew)
        # Only now may Django read its settings.
        from .stages import prepare, run

        prepare()
        run(crew)
        if not once:
            _stay(crew)
    finally:
        # A second Ctrl-C must not leave half of them behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        crew.end()
        forget_servers()
    say("The portal has ended.")


def _stay(crew: Crew) -> None:
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(LOOK)
            crew.check()


if __name__ == "__main__":
    main()
