"""Projects: named parts of a program, each with its activities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from riskmc.program.activity import Activity
from riskmc.program.link import LagCalendar
from riskmc.program.measure import NEUTRAL, Priority
from riskmc.program.noun import Noun
from riskmc.program.words import When

OutOfSequence = Literal["retained_logic", "progress_override", "actual_dates"]
FloatTo = Literal["program", "project"]
LagFrom = Literal["early_start", "actual_start"]
FloatAs = Literal["finish", "start", "least"]
Scheduling = Literal["standard", "microsoft"]


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
    lag_from: LagFrom = "early_start"
    """Whence a lag from a started predecessor's start counts: its remaining early start, or its actual start."""
    open_ends_critical: bool = False
    """Whether the late finish of what has no successor is its early finish."""
    use_expected_finish: bool = True
    """Whether expected finishes of activities set their dates, as planned."""
    float_as: FloatAs = "finish"
    """Which float of level of effort is its total float: of its finish, of its start, or the least of both."""
    scheduling: Scheduling = "standard"
    """Whose rules hold for starts without predecessors, for progress and for late work: Microsoft Project's differ."""
    constraints_win: bool = False
    """Whether no-later-than dates win over links, as planned."""
    priority: Priority = NEUTRAL
    """Which project comes first where activities wait for units or money: the one with the smaller number."""
    activities: dict[str, Activity] = Field(default_factory=dict)
