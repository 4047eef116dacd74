"""Entries of the catalogue: the texts of the sources as a gettext template, and as translations brought up to date."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from riskmc.forecast.catalogue.sources import texts

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "riskmc.pot"
WIDTH = 120
_HEAD = (
    "# Texts of riskmc's reports. The English text is the key; names in braces stay as they are.\n"
    "# Made from the sources: python -m riskmc.forecast.catalogue\n"
)


def template_text() -> str:
    """Return the text of riskmc.pot: every text once, with the file that says it."""
    return _head("", "nplurals=2; plural=(n != 1);") + _written(_template())


def updated_text(path: Path) -> str:
    """Return a translation with exactly the texts of the sources: what it has of them is kept, the rest is empty."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    known = read_po(BytesIO(path.read_bytes()))
    made = Catalog(locale=known.locale, fuzzy=False)
    for message in _template():
        if message.id:
            had = known.get(message.id)
            string = had.string if had is not None and _same_forms(had.id, message.id) else ""
            flags = {"fuzzy"} if had is not None and had.fuzzy else set()
            made.add(message.id, string or None, locations=message.locations, flags={*message.flags, *flags})
    return _head(str(known.locale), known.plural_forms) + _written(made)


def _same_forms(one: object, other: object) -> bool:
    return isinstance(one, str) == isinstance(other, str)


def _head(language: str, plural_forms: str) -> str:
    told = {"Language": language, "Plural-Forms": plural_forms, "Content-Type": "text/plain; charset=utf-8"}
    lines = "".join(f'"{word}: {value}\\n"\n' for word, value in told.items())
    return f'{_HEAD}msgid ""\nmsgstr ""\n{lines}\n'


def _template() -> Catalog:
    from babel.messages.catalog import Catalog

    made = Catalog(fuzzy=False)
    for text in texts():
        key = text.forms if len(text.forms) > 1 else text.forms[0]
        made.add(key, locations=[(text.file, None)])  # type: ignore[list-item]
    return made


def _written(catalogue: Catalog) -> str:
    from babel.messages.pofile import generate_po

    lines = generate_po(catalogue, width=WIDTH, omit_header=True)
    return "".join(lines)
