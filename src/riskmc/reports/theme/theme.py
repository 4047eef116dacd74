"""Theme: the look of a report: logo, colours, language and number formats, which sections, and a slide master."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from riskmc.forecast.language import Language
from riskmc.forecast.language_choice import find_language


@dataclass(frozen=True)
class Theme:
    """How an organisation's reports look; without anything said, as riskmc's own.

    ``language`` is that of words, dates and numbers (``en``, ``de``); ``formats`` takes dates and numbers from another
    region (``de_CH``), ``translation`` the words from a .po file. ``colours`` replace those of the
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
    formats: str = ""
    translation: Path | None = None

    def speech(self) -> Language:
        """Return the language of the report, to be spoken while it is made; ArgumentError if there is no such one."""
        return find_language(self.language, self.formats, self.translation)


PLAIN = Theme()
