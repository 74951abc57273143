"""How is the cockpit started, and which browser looks at it? Shared with the screenshots."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from simulator.ledger import DATABASE

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLACES = (
    *("chromium-headless-shell", "/usr/bin/chromium"),
    *("chromium", "chromium-browser", "google-chrome"),
)
"""First the one without windows of its own, which needs less than half of the processor's time."""
PATIENCE = 60.0


def chromium() -> str | None:
    """The browser of this machine, if there is one."""
    return next((found for place in PLACES if (found := shutil.which(place))), None)


def launched(playwright: Playwright, path: str) -> Browser:
    """A browser that talks to nobody but the page it is shown."""
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS])


@contextlib.contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """The address of `simulator app`, which runs from a folder that has nothing of the project.

    Its log is a file of that folder.
    """
    port = free_port()
    command = [sys.executable, "-m", "simulator", "app", "--headless", "--port", str(port)]
    command += options
    own = {"HOME": str(folder), DATABASE: database(folder)}
    with (folder / "app.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env=os.environ | own
        )
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=20)


def database(folder: Path) -> str:
    """Where the log of a server that runs from a folder is kept."""
    return f"sqlite:///{folder}/observations.db"


def wait_until_served(address: str) -> None:
    """Return when the server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address + "_stcore/health", timeout=2).close()
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing answers at {address}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
