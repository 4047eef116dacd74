"""Projects: named parts of a program, each with its activities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from riskmc.program.activity import Activity
from riskmc.program.link import LagCalendar
from riskmc.program.noun import Noun
from riskmc.program.words import When

OutOfSequence = Literal["retained_logic", "progress_override"]
FloatTo = Literal["program", "project"]


class Project(Noun):
    """A part of the program with its own activities, and dates and options where they differ from the program's."""

    name: str | None = None
    start: When | None = None
    data_date: When | None = None
    calendar: str | None = None
    must_finish_by: When | None = None
    lag_calendar: LagCalendar | None = None
    out_of_sequence: OutOfSequence | None = None
    float_to: FloatTo = "program"
    """The finish that total float is measured to: the program's, or this project's own."""
    activities: dict[str, Activity] = Field(default_factory=dict)
