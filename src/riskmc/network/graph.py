"""What a schedule is made of before it becomes arrays: nodes, links, sampled lags and slips (N1 to N5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from riskmc.network.layout import NONE


@dataclass(slots=True)
class Node:
    """One activity in the network; indices are working minutes of its calendar, NONE where there is no constraint.

    ``floor`` always holds (data date, project start); ``constraint_floor`` and what follows only while the activity
    exists. ``slip`` is the row of a sampled slip added to ``constraint_floor``; ``worked`` what a finished one took.
    ``kept``, ``..._ends_work``, ``expected_finish``, ``open_end_critical``, ``settled``, ``..._ceiling``,
    ``takes_least``, ``late_free``, ``late_within`` and ``at_instant`` are those of `Nodes`.
    """

    name: str
    calendar: int
    floor: int
    constraint_floor: int = NONE
    slip: int = -1
    finish_floor: int = NONE
    fixed_start: int = NONE
    fixed_finish: int = NONE
    late_start_cap: int = NONE
    late_finish_cap: int = NONE
    as_late_as_possible: bool = False
    milestone: str | None = None
    can_vanish: bool = False
    level_of_effort: bool = False
    project: int = 0
    worked: int = 0
    finish_on: int = NONE
    kept: int = NONE
    late_minute: int = NONE
    floor_ends_work: bool = False
    constraint_ends_work: bool = False
    fixed_ends_work: bool = False
    expected_finish: int = NONE
    open_end_critical: bool = False
    settled: bool = False
    start_ceiling: int = NONE
    finish_ceiling: int = NONE
    takes_least: bool = False
    late_free: bool = False
    late_within: bool = False
    at_instant: bool = False
    float_as: str = "finish"


@dataclass(slots=True)
class Edge:
    """One link; ``lag`` is in minutes of ``lag_calendar``, ``lag_row`` the row of a sampled lag added to it.

    ``gate``: the node that must be pushed past its floor, the data date, for the link to act; -1 where it always does.
    """

    pred: int
    succ: int
    type: str
    lag: int
    lag_row: int
    lag_calendar: int
    gate: int = -1


@dataclass
class Schedule:
    """Nodes in the order of the tasks (spans of cost items last), edges, and what a simulation relaxes (N3).

    ``sampled`` holds what lags and slips are made of: (value row, constant minutes), one for each row of lags.
    """

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    sampled: list[tuple[int, float]] = field(default_factory=list)
    planned_lags: list[int] = field(default_factory=list)
    relaxed: list[str] = field(default_factory=list)
    spans: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def stand(self, name: str, calendar: int, index: int) -> int:
        """Return the number of a new node that stands at a working minute of a calendar, whatever happens."""
        self.nodes.append(Node(name, calendar, index, settled=True))
        return len(self.nodes) - 1

    def sample(self, value: int, constant: float, planned: float) -> int:
        """Return the row of a new sampled lag or slip: value row, constant minutes, what the plan has."""
        self.sampled.append((value, constant))
        self.planned_lags.append(round(planned))
        return len(self.sampled) - 1
