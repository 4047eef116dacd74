"""Panels: the headings under which the help of a command groups its options, in their order."""

from __future__ import annotations

OWN = "Options"
RUN = "The run"
READING = "What is read"
RULES = "How work is scheduled"
OUTPUT = "What is written"
PANELS = (OWN, RUN, READING, RULES, OUTPUT)
