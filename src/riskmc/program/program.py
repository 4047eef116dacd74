"""The program: projects, links across them, calendars, risks, responses, targets and scenarios, in one frozen noun."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from riskmc.errors import ArgumentError
from riskmc.program import holiday
from riskmc.program.activity import Activity, ElicitedAs
from riskmc.program.calendar import Calendar
from riskmc.program.catalogue import Catalogue
from riskmc.program.change import apply
from riskmc.program.contents import program_card, program_text
from riskmc.program.finance import Confidence, DiscountRate, FundingRule, MonthDay, Payments, ReleasedBy
from riskmc.program.identity import hash_of
from riskmc.program.link import LagCalendar
from riskmc.program.lookup import Lookup
from riskmc.program.project import OutOfSequence
from riskmc.program.register import Register
from riskmc.program.scale import Scales
from riskmc.program.scenario import Scenario
from riskmc.program.sections import Sections
from riskmc.program.stored import inherit_plan
from riskmc.program.words import AmountPerTime, Money, When

FORMAT = 1
_HOLIDAY_YEARS = 30
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Program(Sections):
    """A program of projects, and everything that may change its finish and its cost."""

    riskmc: int = FORMAT
    """The version of this format."""
    program: str
    """What the program is called."""
    start: When | None = None
    """Its first day."""
    data_date: When | None = None
    """The status date: nothing unfinished lies before it."""
    currency: str | None = None
    """Of all money: a code or a sign; without one amounts stand alone."""
    calendar: str = "standard"
    """Of every activity that names none."""
    finish: str | None = None
    """The activity that is the finish; default: the latest of any."""
    plan: str | None = None
    """A file of a planning tool, over which the rest is laid."""
    register_: Register | None = Field(default=None, alias="register")
    """A company's risk register (.xlsx, .csv), whose risks are read with the file."""
    scales: Scales | None = None
    """What the words of the register mean: a table, or `default`."""
    elicited_as: ElicitedAs | None = None
    """What low and high mean, where nothing else is said: minimum and maximum, or percentiles."""
    confidence: Confidence = Confidence()
    cost_of_delay: AmountPerTime | None = None
    management_reserve: Money | None = None
    released_by: ReleasedBy = ReleasedBy()
    """Who releases the base, the contingency and the management reserve."""
    lag_calendar: LagCalendar = "predecessor"
    out_of_sequence: OutOfSequence = "retained_logic"
    scenarios: dict[str, Scenario] = Field(default_factory=dict)
    payments: Payments | None = None
    discount_rate: DiscountRate | None = None
    funding_rule: FundingRule | None = None
    """How funding binds (discrete-event engine); without it no date waits for money."""
    fiscal_year_starts: MonthDay = "01-01"
    renamed: dict[str, str] = Field(default_factory=dict)
    """Old identifiers of renamed items, which keep their random draws: `old: new`."""

    @field_validator("riskmc")
    @classmethod
    def _known_format(cls, version: int) -> int:
        if version != FORMAT:
            raise ArgumentError(f"this riskmc reads format {FORMAT}, got {version}; a newer riskmc may read it")
        return version

    @field_validator("finish")
    @classmethod
    def _an_activity(cls, finish: str | None) -> str | None:
        if finish is not None and _DATE.match(finish):
            way_out = f"a promised date is a target: targets: [{{name: Promise, finish: {finish}}}]"
            raise ArgumentError(f"names the activity that is the finish, got a date, {finish}; {way_out}")
        return finish

    @model_validator(mode="after")
    def _with_holidays(self) -> Program:
        """Write out the holidays of calendars that name a country, where that is not done yet (semantics T4)."""
        faults, filled = [], {}
        for name, calendar in self.calendars.items():
            try:
                filled[name] = self._filled(calendar)
            except ArgumentError as error:
                faults.append((("calendars", name, "holidays"), str(error)))
        if faults:
            raise PydanticCustomError("faults", "holidays", {"faults": faults})
        if filled != self.calendars:
            object.__setattr__(self, "calendars", filled)
        return self

    def _filled(self, calendar: Calendar) -> Calendar:
        """Return the calendar with the dates of its holidays, from a year before the start to 30 years after."""
        first = self.first_day()
        if calendar.holidays is None or first is None or "holiday_dates" in calendar.model_fields_set:
            return calendar
        years = date(first.year - 1, 1, 1), date(first.year + _HOLIDAY_YEARS, 12, 31)
        return calendar.model_copy(update={"holiday_dates": holiday.holiday_dates(calendar.holidays, *years)})

    def first_day(self) -> date | None:
        """Return the day on which the program (or its first project) starts, or None where nothing says so."""
        starts = [self.start, self.data_date, *(project.start for project in self.projects.values())]
        days = [moment.at.date() for moment in starts if moment is not None]
        return min(days, default=None)

    def activities(self) -> dict[str, Activity]:
        """Return every activity by its path, "project.activity", in file order."""
        return self.lookup().activities

    def project_of(self, path: str) -> str:
        """Return the identifier of the project in which the activity at ``path`` stands; ProgramError if none does."""
        return self.lookup().project_of(path)

    def with_activities(self, changed: Mapping[str, Activity]) -> Program:
        """Return the program with others in the place of some activities, by path; nothing is checked anew."""
        inside = {home: dict(project.activities) for home, project in self.projects.items()}
        for path, activity in changed.items():
            home = self.project_of(path)
            inside[home][path[len(home) + 1 :]] = activity
        projects = {home: one.model_copy(update={"activities": inside[home]}) for home, one in self.projects.items()}
        return self.model_copy(update={"projects": projects})

    def path(self, reference: str, home: str | None = None) -> str:
        """Return the full path that ``reference`` names: a path, or an activity alone, in ``home`` or unique.

        Raises ProgramError, with the nearest known path, where it names none or several.
        """
        return self.lookup().path(reference, home)

    def candidates(self, reference: str, home: str | None = None) -> tuple[str, ...]:
        """Return the paths that ``reference`` may mean: none, one, or several where it is not unique."""
        return self.lookup().candidates(reference, home)

    def catalogue(self) -> Catalogue:
        """Return the activities by tag, code, WBS, name and pattern."""
        return self.lookup().catalogue

    def former(self) -> Mapping[str, str]:
        """Return the old path of every renamed activity (`renamed:`), by the path it has now."""
        return self.lookup().former

    def scenario(self, scenario: str | Scenario) -> Program:
        """Return the program as a scenario changes it; ``scenario`` is the identifier of one, or one itself."""
        changed = apply(self, scenario)
        if changed is not self:
            inherit_plan(changed, self)
        return changed

    def hash(self) -> str:
        """Return 16 hexadecimal digits over everything that can change a number, and nothing else."""
        return hash_of(self)

    def __repr__(self) -> str:
        return program_text(self)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return program_card(self)

    def lookup(self) -> Lookup:
        """Return the index of activities, made once for the projects there are."""
        known: Lookup | None = self.__dict__.get("_index")
        if known is None or known.projects is not self.projects or known.renamed is not self.renamed:
            known = self.__dict__["_index"] = Lookup(self.projects, self.renamed)
        return known
