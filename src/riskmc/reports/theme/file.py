"""Theme file: the look of an organisation's reports as a small YAML file (house.yaml), all its faults found at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from pydantic import Field, ValidationError

from riskmc.errors import ArgumentError, InputError, joined, nearest
from riskmc.forecast.figures import printable
from riskmc.forecast.language_choice import find_language, find_locale
from riskmc.io.yaml_source import Source, source
from riskmc.program.noun import Noun
from riskmc.program.plain_words import faults_in
from riskmc.reports.committee.composed import PARTS
from riskmc.reports.theme.colours import Fault, read_colours
from riskmc.reports.theme.logo import logo_fault
from riskmc.reports.theme.theme import Theme

LONGEST_MARK = 40  # characters
_MOST_MASTER = 50_000_000  # bytes


class ThemeWords(Noun):
    """The words of a theme file, before what they name has been looked at."""

    logo: str | None = None
    """A picture (PNG, JPEG, SVG), its path counted from this file."""
    colours: dict[str, Any] = Field(default_factory=dict)
    """Colours by the names of the palette, or `accent`; each one colour, or `{light: ..., dark: ...}`."""
    language: str = "en"
    """The language of words, dates and numbers."""
    formats: str = ""
    """The region whose dates and numbers are written, where it is another than that of the language."""
    translation: str | None = None
    """A .po file with a translation of one's own."""
    sections: tuple[str, ...] | None = None
    """The parts of the report, in their order."""
    master: str | None = None
    """A .pptx whose layouts the slides take."""
    mark: str = ""
    """What stands on every page: Draft, Confidential."""


def read_theme(path: str | os.PathLike[str]) -> Theme:
    """Return the theme in a YAML file; paths in it are counted from its folder.

    Raises InputError with all faults of the file, each with its line.
    """
    found = source(path, "theme", "language: en")
    words, problems = _shaped(found)
    folder = Path(path).parent
    colours, faults = read_colours(words.colours)
    faults = [(("colours", *place), message) for place, message in faults]
    faults += [*_speech_faults(words, folder), *_section_faults(words), *_file_faults(words, folder)]
    problems += [found.problem(place, message) for place, message in faults if not found.has_lost(place)]
    if problems:
        raise InputError(problems)
    return Theme(
        language=words.language.replace("-", "_"),
        colours=colours,
        logo=_beside(folder, words.logo),
        sections=words.sections,
        master=_beside(folder, words.master),
        mark=words.mark,
        formats=words.formats.replace("-", "_"),
        translation=_beside(folder, words.translation),
    )


def _shaped(found: Source) -> tuple[ThemeWords, list[Any]]:
    """Return the words of the file without those that have no meaning, and the faults of these."""
    problems = [*found.problems]
    for _ in range(2):
        try:
            return ThemeWords.model_validate(found.plain()), problems
        except ValidationError as error:
            faults = list(faults_in(error, ThemeWords))
        problems += [found.problem(place, message) for place, message in faults]
        found.take_out(place for place, _ in faults)
    raise InputError(problems)


def _beside(folder: Path, name: str | None) -> Path | None:
    return None if name is None else folder / name


def _speech_faults(words: ThemeWords, folder: Path) -> Iterator[Fault]:
    """Yield what is wrong with language, formats and translation, each looked at by itself."""
    looks: dict[str, Callable[[], object]] = {
        "language": lambda: find_language(words.language) if words.translation is None else find_locale(words.language),
        "formats": lambda: find_language(formats=words.formats),
        "translation": lambda: find_language(translation=_beside(folder, words.translation)),
    }
    for place, look in looks.items():
        try:
            look()
        except ArgumentError as error:
            yield (place,), str(error).removeprefix("translation ")


def _section_faults(words: ThemeWords) -> Iterator[Fault]:
    if words.sections is None:
        return
    if not words.sections:
        yield ("sections",), f"a report has at least one section; there are {', '.join(PARTS)}"
    for number, name in enumerate(words.sections):
        if name not in PARTS:
            known = joined(nearest(name, PARTS), f"there are {', '.join(PARTS)}")
            yield ("sections", number), f"no section is called {name!r}{known}"
        elif name in words.sections[:number]:
            yield ("sections", number), f"{name} is there already"


def _file_faults(words: ThemeWords, folder: Path) -> Iterator[Fault]:
    logo, master = _beside(folder, words.logo), _beside(folder, words.master)
    if logo is not None and (fault := logo_fault(logo)):
        yield ("logo",), fault
    if master is not None and (fault := _master_fault(master)):
        yield ("master",), fault
    if len(words.mark) > LONGEST_MARK or printable(words.mark) != words.mark:
        yield ("mark",), f"is one line of at most {LONGEST_MARK} printable characters, got {words.mark[:60]!r}"


def _master_fault(path: Path) -> str:
    """Return why a file cannot be the master of the slides, or nothing."""
    try:
        if not path.is_file():
            return f"there is no file {path}"
        if path.stat().st_size > _MOST_MASTER:
            return f"{path.name} is larger than {_MOST_MASTER // 10**6} MB"
        with ZipFile(path) as packed:
            known = "ppt/presentation.xml" in packed.namelist()
    except (BadZipFile, ValueError):
        known = False
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    return "" if known else f"{path.name} is no PowerPoint file (.pptx)"
