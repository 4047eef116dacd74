"""Theme: the look of a report: logo, colours, language and number formats, which sections, and a slide master."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Theme:
    """How an organisation's reports look; without anything said, as riskmc's own.

    ``language`` is that of words, dates and numbers (``en``, ``de``, ``en_GB``). ``colours`` replace those of the
    palette by name: (light, dark). ``logo`` is a picture file. ``sections`` names the parts that are wanted, in their
    order; None is all of them. ``master`` is a .pptx whose layouts the slides take. ``mark`` stands on every page:
    Draft, Confidential.
    """

    language: str = "en"
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    logo: Path | None = None
    sections: tuple[str, ...] | None = None
    master: Path | None = None
    mark: str = ""


PLAIN = Theme()
