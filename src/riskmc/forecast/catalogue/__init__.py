"""Catalogue: the texts of all reports (riskmc.pot) and their translations (de.po), for gettext.

To translate them, copy ``riskmc.pot`` to ``xx.po`` and fill it in with any editor of .po files.
``python -m riskmc.forecast.catalogue`` writes the catalogue anew from the sources and brings translations up to date.
"""
