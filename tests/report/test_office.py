"""Do an office's programs open the files: pages, every Vietnamese letter, letters that travel along?

Without LibreOffice these tests are skipped, or fail where REQUIRE_LIBREOFFICE=1 says there is one.
"""

import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from simulator.language import say
from simulator.report import Format, make
from tests.report.materials import late

PROGRAMS = ("soffice", "pdftotext", "pdfinfo", "pdffonts")
PATIENCE = 180


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A Word file and a workbook as LibreOffice prints them; it is started once."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if lacking:
        message = f"not installed: {', '.join(lacking)}"
        if os.environ.get("REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("office")
    files = [folder / f"report.{shape}" for shape in (Format.docx, Format.xlsx)]
    found = {}
    for file, shape in zip(files, (Format.docx, Format.xlsx), strict=True):
        file.write_bytes(make([late()], shape, "vi"))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=PATIENCE)
        found[shape.value] = file.with_suffix(".pdf").rename(folder / f"{shape}.pdf")
    return found


def output(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return unicodedata.normalize("NFC", " ".join(done.stdout.split()))


@pytest.mark.parametrize("shape", ["docx", "xlsx"])
def test_the_file_prints_with_all_its_letters(printed: dict[str, Path], shape: str) -> None:
    path = str(printed[shape])
    pages = int(output("pdfinfo", path).split("Pages:")[1].split()[0])
    assert pages > 5
    told = output("pdftotext", path, "-")
    assert "nhiều khả năng" in told
    assert "Tốc độ tăng trưởng kinh tế" in told
    fonts = subprocess.run(
        ["pdffonts", path], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "every font is embedded"


def test_the_word_file_shows_the_form(printed: dict[str, Path]) -> None:
    told = output("pdftotext", "-layout", str(printed["docx"]), "-")
    for key in ("state", "motto", "seal"):
        assert say(f"report.form.{key}", "vi") in told
    assert say("report.appendix", "vi", number="I") in told
