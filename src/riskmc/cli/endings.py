"""Endings of the files that commands read and write, told at once: asking the readers would load them."""

from __future__ import annotations

PROGRAMS = (".yaml", ".yml")
BOOKS = (".xlsx", ".xlsm", ".csv")
PLANS = (".xer", ".xml", ".sm", ".mm", ".rcp")
CONVERTED = (  # by the extra mpp
    ".mpp", ".mpt", ".mpd", ".mpx", ".pp", ".ppx", ".pod", ".planner", ".gan", ".gnt", ".pep", ".fts", ".prx", ".stx",
    ".cdpx", ".cdpz", ".sp", ".edpx", ".pc", ".bk3",
)  # fmt: skip
TABLES = (".xlsx", ".csv")
WRITTEN = (".yaml", ".xlsx", ".csv", ".xer", ".xml")
REPORTED = (".html", ".pdf", ".pptx", ".xlsx", ".md")
EVERY_INPUT = (*PROGRAMS, *BOOKS, *PLANS, *CONVERTED)
