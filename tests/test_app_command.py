"""Does `simulator app`, typed as the README says, open the cockpit where Streamlit was never used?"""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.serving import free_port, wait_until_served


def test_the_first_start_asks_nothing_and_serves(tmp_path: Path) -> None:
    """Without --headless: a new home, no terminal to answer from, a browser that does nothing."""
    port = free_port()
    fresh = os.environ | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "BROWSER": "true"}
    server = subprocess.Popen(
        [sys.executable, "-m", "simulator", "app", "--port", str(port)],
        cwd=tmp_path,
        env=fresh,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until_served(f"http://127.0.0.1:{port}/")
        assert server.poll() is None
    finally:
        server.terminate()
        said = server.communicate(timeout=20)[0]
    assert "Email" not in said
