"""The choice of a language: the translation that is shipped or brought along, and the formats of a region.

Both are read with Babel, which comes with the extra `report`; plain English needs neither.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from riskmc.errors import ArgumentError, joined, nearest
from riskmc.forecast.language import ENGLISH, Formats, Language
from riskmc.forecast.language_english import EnglishFormats
from riskmc.forecast.language_locale import LocaleFormats

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Message

SHIPPED = Path(__file__).with_name("catalogue")
_MOST_BYTES = 4_000_000


def find_language(words: str = "en", formats: str = "", translation: str | os.PathLike[str] | None = None) -> Language:
    """Return the language ``words``, with the formats of the same or of another region: ``de``, ``de_CH``.

    ``translation`` is a .po file of one's own; without it the language is one that is shipped. Raises ArgumentError for
    a language or region that is not known, and where Babel, which formats all but plain English, is missing.
    """
    if words == "en" and formats in ("", "en") and translation is None:
        return ENGLISH
    locale = find_locale(words)
    file = _shipped(locale) if translation is None else Path(translation)
    catalogue = None if file is None else read_translation(file, locale)
    translated = str if catalogue is None else catalogue.gettext
    style = _formats(formats or words, translated)
    return Language(words.replace("_", "-"), style, catalogue, locale.text_direction == "ltr")


def shipped_languages() -> list[str]:
    """Return the languages in which riskmc itself speaks, English first."""
    return ["en", *sorted(path.stem for path in SHIPPED.glob("*.po"))]


def find_locale(name: str) -> Locale:
    """Return the locale of a language or region, ``de``, ``de_CH``, ``de-CH``; ArgumentError for an unknown one."""
    try:
        from babel import Locale, UnknownLocaleError
        from babel.localedata import locale_identifiers
    except ImportError:
        needed = "languages and formats other than plain English need Babel: pip install 'riskmc[report]'"
        raise ArgumentError(needed) from None
    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, TypeError, UnknownLocaleError):
        hint = nearest(name, locale_identifiers())
        told = joined(hint, "write de, en_GB, de_CH")
        raise ArgumentError(f"no language or region is called {name!r}{told}") from None


def _formats(name: str, translated: Callable[[str], str]) -> Formats:
    return EnglishFormats() if name == "en" else LocaleFormats(find_locale(name), translated)


def _shipped(locale: Locale) -> Path | None:
    """Return the translation that is shipped for a locale or its language; none for English, which needs none."""
    if locale.language == "en":
        return None
    files = (SHIPPED / f"{name}.po" for name in (str(locale), locale.language))
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        raise ArgumentError(
            f"no translation into {str(locale)!r} is shipped; there are {', '.join(shipped_languages())}; name a .po "
            f"file of your own under `translation`, or take its numbers and dates alone: `formats: {locale}`"
        )
    return found


def read_translation(file: str | os.PathLike[str], locale: Locale) -> GNUTranslations:
    """Return the translations in a .po file; those whose names in braces differ from the English text are left out.

    Plural forms are those of the locale. Raises ArgumentError where the file cannot be read as a catalogue.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    found = _catalogue(Path(file), locale)
    sound = Catalog(locale=locale, charset="utf-8")
    for message in found:
        if message.id and message.string and not message.fuzzy and fits(message):
            sound.add(message.id, message.string)
    if not len(sound):
        raise ArgumentError(f"translation {file}: is no .po file with a translation in it")
    out = BytesIO()
    write_mo(out, sound)
    out.seek(0)
    return GNUTranslations(out)


def _catalogue(path: Path, locale: Locale) -> Any:
    """Return the catalogue in a file, as Babel has it."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ArgumentError(f"translation {path}: is larger than {_MOST_BYTES // 10**6} MB")
        return read_po(BytesIO(path.read_bytes()), locale=locale, abort_invalid=True)
    except OSError as error:
        raise ArgumentError(f"translation {path}: cannot be read: {error.strerror}") from None
    except (ValueError, LookupError, AttributeError, PoFileError) as error:
        raise ArgumentError(f"translation {path}: is no .po file: {error}") from None


def fits(message: Message) -> bool:
    """Return whether every form of a translation takes the same values as the English text, each as it is."""
    forms = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
    texts = [message.id] if isinstance(message.id, str) else message.id
    wanted = {name for text in texts for name in names_in(text)} | {"count"}
    try:
        return all(form and {*names_in(form), "count"} == wanted for form in forms)
    except ValueError:
        return False


def names_in(text: str) -> Iterator[str]:
    """Yield the names of the values in a text, ``days`` of ``{days}``, with whatever is asked of them there."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            yield f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
