"""The same roadmap gives the same bytes: office files are archives, and these hold moments of their making."""

from __future__ import annotations

import datetime as dt
import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(<)")
_CORE = "docProps/core.xml"
_LEAST_YEAR = 1980  # before it a ZIP archive knows no time


def timeless(content: bytes, year: int) -> bytes:
    """Return an office file all of whose moments are the first of January of the year."""
    year = max(year, _LEAST_YEAR)
    moment = dt.datetime(year, 1, 1, tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _CORE:
                part = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            info = ZipInfo(name, date_time=(year, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, part)
    return made.getvalue()
