"""Plans of other tools, converted by the Java library mpxj."""

from __future__ import annotations

from collections.abc import Mapping

SUFFIXES: Mapping[str, str] = {
    ".mpp": "Microsoft Project",
    ".mpt": "Microsoft Project template",
    ".mpd": "Microsoft Project database",
    ".mpx": "Microsoft Project exchange",
    ".pp": "Asta Powerproject",
    ".ppx": "Phoenix Project Manager",
    ".pod": "ProjectLibre",
    ".planner": "GNOME Planner",
    ".gan": "GanttProject",
    ".gnt": "Gantt Designer",
    ".pep": "TurboProject",
    ".fts": "FastTrack Schedule",
    ".prx": "Primavera P3",
    ".stx": "Primavera SureTrak",
    ".cdpx": "ConceptDraw PROJECT",
    ".cdpz": "ConceptDraw PROJECT",
    ".sp": "Synchro Scheduler",
    ".edpx": "Edraw Project",
    ".pc": "Project Commander",
    ".bk3": "Deltek Open Plan",
}
"""The suffixes that mpxj reads, and whose they are."""
