"""`simulator app`: serve the cockpit to a browser, on this machine only unless told otherwise."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.shared import bad_usage
from simulator.editors import EDITORS_FILE, read_editors
from simulator.records import InputError
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
    editors: Annotated[
        Path | None,
        typer.Option(
            help="A file of e-mail addresses, one a line: who may enter figures after a sign-in."
        ),
    ] = None,
) -> None:
    """Open the cockpit in a browser."""
    if editors is not None:
        try:
            read_editors(editors)
        except InputError as error:
            bad_usage(error)
        os.environ[EDITORS_FILE] = str(editors.resolve())
    from streamlit.web import cli as streamlit

    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "server.showEmailPrompt": "false",
        "server.baseUrlPath": base_path,
        "server.maxUploadSize": "4",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value != ""]
    sys.argv = ["streamlit", "run", str(shipped("app.py")), *flags]
    sys.exit(streamlit.main())
