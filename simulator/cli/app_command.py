"""`simulator app`: serve the cockpit to a browser, on this machine only unless told otherwise."""

import sys
from typing import Annotated

import typer

from simulator.resources import shipped


def serve(
    address: Annotated[
        str, typer.Option(help="Where to listen; other machines reach it on 0.0.0.0.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    headless: Annotated[
        bool, typer.Option("--headless", help="Do not open a browser window.")
    ] = False,
    base_path: Annotated[
        str, typer.Option(help="Sub-path behind a reverse proxy, such as plan.")
    ] = "",
) -> None:
    """Open the cockpit in a browser."""
    from streamlit.web import cli as streamlit

    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "server.showEmailPrompt": "false",
        "server.baseUrlPath": base_path,
        "server.maxUploadSize": "1",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value != ""]
    sys.argv = ["streamlit", "run", str(shipped("app.py")), *flags]
    sys.exit(streamlit.main())
