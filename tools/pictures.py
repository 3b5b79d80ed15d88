"""`make pictures`: fills a demonstration of its own and takes docs/pictures/*.webp of its main pages.

It needs Chromium: as root, `apt install chromium`. PORTAL=http://… names a demonstration that runs already.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "exchange-2027"
#: Bytes of one picture, at most.
LIMIT = 60_000
DESK = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "device_scale_factor": 2}
#: Of the last line that the demonstration says once it stands.
READY = "Ctrl-C ends it"
CLUBS = "/en/universities/belarusian-state-university/clubs/"


@dataclass(frozen=True, slots=True)
class Shot:
    """A page, as somebody (an account, or nobody) sees it."""

    name: str
    #: Addresses to open in turn; what is no address is the selector of a link to follow.
    steps: tuple[str, ...]
    who: str = ""
    on_phone: bool = False
    #: What is brought to the top; the page opens at its own top where this is empty.
    at: str = ""
    #: What comes late and must be there.
    late: str = ""


SHOTS = (
    Shot("portal", ("/en/",)),
    Shot("university", (CLUBS.removesuffix("clubs/"),)),
    Shot("club", (CLUBS, ".card-title a")),
    Shot("opponents", ("/exchange/opponents/",), at=".filters", late="[data-ready]"),
    Shot("desk", ("/exchange/",), "officer"),
    Shot(
        "request", ("/exchange/", ".card-title a[href*='/requests/']", "a[href$='/edit/']"), "officer", True
    ),
    Shot("run", ("/exchange/runs/", "main tbody a"), "administrator"),
    Shot("project", ("/research/", ".card-title a")),
    Shot("editor", (CLUBS, ".card-title a", "main a[href*='/cms/pages/']"), "coordinator"),
)


def main() -> None:
    if not (chromium := shutil.which("chromium")):
        sys.exit("The pictures need Chromium; as root: apt install chromium")
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for shot in SHOTS:
            path = PICTURES / f"{shot.name}.webp"
            path.write_bytes(squeezed(take(browser, address, shot)))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
        browser.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of one that lasts as long as this."""
    if standing := os.environ.get("PORTAL"):
        yield standing.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        port = free_port()
        environment = os.environ | {"VAR_DIR": folder, "PORT": str(port)}
        command = [sys.executable, "-m", "portal.demo"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as demo:
            try:
                wait_for(demo)
                yield f"http://127.0.0.1:{port}"
            finally:
                demo.send_signal(signal.SIGINT)
                # It says a last word, and would stumble over a pipe that nobody reads.
                demo.communicate()


def wait_for(demo: subprocess.Popen[str]) -> None:
    for line in demo.stdout or ():
        print(line, end="")
        if READY in line:
            return
    sys.exit("The demonstration has not come to stand; its last words are above.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    device = PHONE if shot.on_phone else DESK
    context = browser.new_context(base_url=address, locale="en-GB", color_scheme="light", **device)
    page = context.new_page()
    if shot.who:
        sign_in(page, shot.who)
    for step in shot.steps:
        page.goto(step if step.startswith("/") else page.locator(step).first.get_attribute("href"))
    if shot.at:
        page.evaluate("selector => document.querySelector(selector).scrollIntoView()", shot.at)
    if shot.late:
        page.locator(shot.late).first.wait_for()
    # Pictures and maps come when they are in view.
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    taken = page.screenshot()
    context.close()
    return taken


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", f"{who}@example.org")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"^(?!.*/accounts/login/)"))


def squeezed(png: bytes) -> bytes:
    """As WebP, as good as the limit allows."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(90, 20, -6):
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=quality, method=6)
        if data.tell() <= LIMIT:
            return data.getvalue()
    raise ValueError(f"no quality brings a picture below {LIMIT} bytes")


if __name__ == "__main__":
    main()
