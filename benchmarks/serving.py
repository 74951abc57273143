"""How is a page served and looked at for a measurement? One server, one browser, nothing else."""

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLACES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
PATIENCE = 60.0
COCKPIT = (sys.executable, "-m", "simulator", "app", "--headless", "--port")


def bare(script: str) -> tuple[str, ...]:
    """The command that serves a Streamlit script, all but its port."""
    streamlit = (sys.executable, "-m", "streamlit", "run", script)
    quiet = ("--server.headless=true", "--browser.gatherUsageStats=false")
    return (*streamlit, *quiet, "--server.fileWatcherType=none", "--server.port")


@contextlib.contextmanager
def served(command: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The address and process of a server that answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([*command, str(port)], cwd=folder, **quiet)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}/", server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing answers at {address}")
        time.sleep(0.05)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A chromium of this machine. Ends the benchmark where there is none."""
    path = next((found for name in PLACES if (found := shutil.which(name))), None)
    if path is None:
        print("no chromium here: nothing to measure")
        sys.exit(0)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()
