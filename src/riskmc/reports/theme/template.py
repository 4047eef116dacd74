"""The theme file to begin with: every word of it, explained, with what riskmc does where it is left out."""

from __future__ import annotations

from riskmc.forecast.colours import PALETTE
from riskmc.forecast.language_choice import shipped_languages
from riskmc.reports.committee.composed import PARTS

_HEAD = """\
# The look of your reports:  riskmc report FILE --theme {name} -o report.html
# Take the # from the lines that you want; what stays out is as riskmc has it.

# A picture at the head of every report: PNG, JPEG or SVG, at most 300 kB; its path is counted from this file.
# logo: logo.svg

# What stands on every page.
# mark: Draft

# The language of words, dates and numbers ({languages}); `formats` takes dates and numbers from another region, and
# `translation` the words from a .po file of your own.
language: en
# formats: en_GB
# translation: house.po

# The company's own slide master, for .pptx.
# master: master.pptx

# Colours keep their meanings. Text needs a contrast of 4.5 to the paper, marks 3.0; colours for the dark page follow
# from the light ones where they are not given: {{light: "#1f5fa8", dark: "#6fb1f5"}}.
# colours:
"""
_MEANINGS = {
    "paper": "the page",
    "ink": "text; the approved target",
    "plan": "the plan",
    "forecast": "the forecast; `accent` is another word for it",
    "threat": "late, over budget, what hurts",
    "gain": "saved days and money, responses",
}
_SECTIONS = """
# The parts of the report, in your order. These are all of them:
# sections:
"""


def theme_text(name: str = "house.yaml") -> str:
    """Return the text of a theme file with everything in it as comments, named ``name`` in its first line."""
    told = _HEAD.format(name=name, languages=", ".join(shipped_languages()))
    told += "".join(f'#   {word}: "{PALETTE[word][0]}"  # {meaning}\n' for word, meaning in _MEANINGS.items())
    return told + _SECTIONS + "".join(f"#   - {part}\n" for part in PARTS)
