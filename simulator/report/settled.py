"""How do the same inputs make the same bytes? Fixed times in Office files, and no hidden letters."""

import io
import os
import re
import zipfile
from datetime import UTC, datetime

from simulator.plan import Plan

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
UNIX = 3
"""The system that an archive says it was made on, whichever it was."""
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Archives know no time before."""


def clean(text: str) -> str:
    """A text without letters that XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", text)


def time_of(plan: Plan) -> datetime:
    """The time that a file carries: SOURCE_DATE_EPOCH where it is set, else the base year's end."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return max(EARLIEST, datetime.fromtimestamp(int(given), UTC))
    return datetime(plan.sheet.base_year, 12, 31, tzinfo=UTC)


def settled(content: bytes, when: datetime) -> bytes:
    """An Office file in which every time is the given one."""
    made = io.BytesIO()
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            about = zipfile.ZipInfo(entry.filename, when.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = UNIX
            after.writestr(about, part)
    return made.getvalue()
