"""``python -m riskmc.forecast.catalogue``: the catalogue anew from the sources, and the translations up to date."""

from __future__ import annotations

import sys

from riskmc.forecast.catalogue.entries import FOLDER, TEMPLATE, template_text, updated_text


def write_catalogue() -> None:
    """Write riskmc.pot, and every .po file with the texts that there are now; what is said no longer is left out."""
    TEMPLATE.write_text(template_text(), encoding="utf-8", newline="\n")
    for path in sorted(FOLDER.glob("*.po")):
        path.write_text(updated_text(path), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{TEMPLATE} is written\n")


if __name__ == "__main__":
    write_catalogue()
