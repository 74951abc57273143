"""Who is listed as one who may edit? E-mail addresses, in the environment or in a file."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from simulator.records import InputError, Problem, read_text

EDITORS, EDITORS_FILE = "SIMULATOR_EDITORS", "SIMULATOR_EDITORS_FILE"
"""Environment variables: addresses between commas or spaces, and a file with one a line."""
_ADDRESS = re.compile(r"[^@\s,;]+@[^@\s,;]+")
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def same_case(address: str) -> str:
    """An address as it is compared: only Latin letters have a case, so that none looks like another."""
    return address.translate(_SMALL)


def read_editors(path: Path) -> frozenset[str]:
    """The addresses of a file, one a line; # begins a remark.

    Raises InputError where the file cannot be read or a line is no address.
    """
    found = set()
    problems = []
    for line, text in enumerate(read_text(path).splitlines(), start=1):
        address = text.partition("#")[0].strip()
        if not address:
            continue
        if not _ADDRESS.fullmatch(address):
            wrong, allowed = "is no e-mail address", "one address a line, # before a remark"
            problems.append(Problem(str(path), line, address, wrong, allowed))
        found.add(same_case(address))
    if problems:
        raise InputError(problems)
    return frozenset(found)


def listed_editors(environment: Mapping[str, str] = os.environ) -> frozenset[str] | None:
    """The addresses that may edit; None where no list is kept, nobody where it cannot be read."""
    text, file = environment.get(EDITORS), environment.get(EDITORS_FILE)
    if not text and not file:
        return None
    found = {same_case(each) for each in re.split(r"[\s,;]+", text or "") if each}
    if file:
        try:
            found |= read_editors(Path(file))
        except InputError:
            return frozenset()
    return frozenset(found)
