"""Files as LibreOffice reads them."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
import warnings
from functools import cache
from pathlib import Path

import openpyxl

from tests.conftest import SOFFICE
from tests.workbooks.reading import opened

# Formulas of a foreign file are computed anew when it is opened, whatever values it brings.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
XLSX = "xlsx:Calc MS Excel 2007 XML"


@cache
def profile() -> Path:
    """Return LibreOffice's settings, made once a process: making them takes longer than any conversion."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    return folder


def converted(content: bytes, folder: Path, *, source: str = "xlsx", target: str = XLSX) -> Path:
    """Return the file that LibreOffice makes of another one, everything in it computed anew."""
    original = folder / f"book.{source}"
    original.write_bytes(content)
    command = [SOFFICE, "--headless", f"-env:UserInstallation={profile().as_uri()}", "--convert-to", target]
    subprocess.run([*command, "--outdir", folder / "converted", original], check=True, capture_output=True, timeout=240)
    return folder / "converted" / f"book.{target.partition(':')[0]}"


def reopened(content: bytes, folder: Path, *, source: str = "xlsx") -> openpyxl.Workbook:
    """Return a file's values as LibreOffice has them; what it adds for its own use is not of interest."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        return opened(converted(content, folder, source=source).read_bytes())
