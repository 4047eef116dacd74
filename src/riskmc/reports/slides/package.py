"""Package: the file of a presentation, the same bytes for the same slides: fixed times, no author, parts in order."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from riskmc.forecast.figures import shortened
from riskmc.reports.slides.measures import plain

_THEN = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip knows
_MADE = datetime(2000, 1, 1)
_TITLE = 200  # characters of the title of a file


def packed(presentation: Any, title: str) -> bytes:
    """Return the presentation as a .pptx that says ``title``, with no time and no name of whoever made it."""
    told = presentation.core_properties
    told.title, told.author, told.last_modified_by = shortened(plain(title), _TITLE), "riskmc", "riskmc"
    told.created = told.modified = _MADE
    told.revision = 1
    out = io.BytesIO()
    presentation.save(out)
    return _repacked(out.getvalue())


def _repacked(content: bytes) -> bytes:
    """Return the same zip with every entry made at one time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            told = zipfile.ZipInfo(entry.filename, _THEN)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.external_attr = 0o600 << 16
            new.writestr(told, old.read(entry.filename))
    return out.getvalue()
