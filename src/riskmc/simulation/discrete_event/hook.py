"""Policies written by the user, in a replication: what they see, and what becomes of what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any, TypeVar

from riskmc.errors import ArgumentError, RiskmcError
from riskmc.kernels.discrete_event.codes import DONE, FULL, NOWHERE, QUEUED, REVIEW, SUSPENDED
from riskmc.network.dynamics.policies import OVERTIME, Reading, measure_of, minutes_of
from riskmc.network.network import Network
from riskmc.program.policy import Policy
from riskmc.simulation.discrete_event.ending import Beyond
from riskmc.simulation.discrete_event.hours import Hours
from riskmc.simulation.discrete_event.measures import ACTING, Measure
from riskmc.simulation.hooks import ACTIONS, PROGRAM, Action, NormalHours, PolicyError, PolicyView, UserPolicy, noun_of

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

T = TypeVar("T")
_UNIX = datetime(1970, 1, 1)


class Lazy(Mapping[str, T]):
    """A mapping whose values are found when asked for."""

    def __init__(self, names: Sequence[str], find: Callable[[str], T]):
        self._names, self._find = names, find

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise KeyError(name)
        return self._find(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Anything(Lazy[float]):
    """Draws by any name."""

    def __getitem__(self, name: str) -> float:
        return self._find(name)


class Hooks:
    """The user's policies in one replication."""

    def __init__(
        self, replication: Replication, network: Network, reading: Reading, policies: Sequence[UserPolicy],
        iteration: int, score: Callable[[str, int], float],
    ):  # fmt: skip
        self.replication, self.network, self.reading = replication, network, reading
        self.iteration, self.score = iteration, score
        self.tasks = {task.path: task.number for task in network.tasks}
        self.names = [PROGRAM, *network.program.projects, *self.tasks]
        self.targets = {
            self._meant(target.at): target.finish.finish_like()
            for target in network.program.targets
            if target.finish is not None
        }
        first = len(replication.policies.times)
        for number, policy in enumerate(policies):
            self._plan(policy, first + number, replication.scene.model.policies.first, {}, {})

    def _meant(self, at: str | None) -> str:
        if at is None or at in self.network.program.projects:
            return at or PROGRAM
        return self.network.program.path(at)

    def _plan(self, policy: UserPolicy, number: int, last: int, memory: dict[str, Any], drawn: dict[str, int]) -> None:
        """Plan the next review of a policy."""
        self.replication.policies.reviews += 1
        noun = Policy(review=policy.every, when={"later_than": "2000-01-01"}, do={"prioritise": {"any": 1}})
        minute = last + max(1, minutes_of(noun.review))
        act = lambda: self._review(policy, number, memory, drawn)  # noqa: E731
        self.replication.agenda.call(minute, REVIEW, number, act)

    def _review(self, policy: UserPolicy, number: int, memory: dict[str, Any], drawn: dict[str, int]) -> None:
        """Show the policy what managers see, and do what it asks for."""
        self.replication.policies.hold()
        self._tire(policy)
        try:
            for action in policy(self._view(policy, drawn), memory) or ():
                self._carry_out(policy, action)
        except Beyond:
            raise
        except RiskmcError as error:
            raise PolicyError(f"{self._place(policy)}: {error}") from error
        except Exception as error:
            raise PolicyError(f"{self._place(policy)}: {type(error).__name__}: {error}") from error
        if self.replication.policies.goes_on(number):
            self._plan(policy, number, self.replication.now, memory, drawn)

    def _tire(self, policy: UserPolicy) -> None:
        """Let fatigue act on the overtime that the policy has begun."""
        for one in self._overtime(policy):
            if one.fatigue > 0:
                self.replication.measures.set_speeds(one)

    def _overtime(self, policy: UserPolicy) -> list[Measure]:
        every = self.replication.measures.every
        return [one for one in every if one.owner == policy.name and one.kind == OVERTIME and one.stands == ACTING]

    def _place(self, policy: UserPolicy) -> str:
        return f"policy {policy.name!r} at {self._at(self.replication.now):%Y-%m-%d %H:%M}, iteration {self.iteration}"

    def _at(self, minute: int) -> datetime:
        return _UNIX + timedelta(minutes=minute + self.network.axis.unix)

    def _view(self, policy: UserPolicy, drawn: dict[str, int]) -> PolicyView:
        """Return what the policy sees now."""
        pools = list(self.reading.pools)
        dispatcher, number = self.replication.dispatcher, self.reading.pools

        def draw(name: str) -> float:
            k = drawn.get(name, 0)
            drawn[name] = k + 1
            return 0.5 * erfc(-self.score(f"{policy.name}/{name}", k) / sqrt(2.0))

        return PolicyView(
            self._at(self.replication.now), Lazy(self.names, self._forecast), self.targets,
            Lazy(list(self.tasks), self._progress),
            Lazy(pools, lambda name: dispatcher.capacity[number[name]] / FULL),
            Lazy(pools, lambda name: dispatcher.free[number[name]] / FULL),
            Lazy(pools, lambda name: self._waiting(number[name])), Anything((), draw),
        )  # fmt: skip

    def _forecast(self, name: str) -> datetime:
        program, tasks = self.network.program, self.network.tasks
        at = program.finish if name == PROGRAM else name
        path = None if at is None or at in program.projects else program.path(at)
        inside = [task for task in tasks if at is None or at == task.project or path == task.path]
        goals = [task.number for task in inside if not task.follows]
        return self._at(self.replication.policies.perceived.forecast(goals))

    def _progress(self, path: str) -> float:
        """Return the reported share: of planned time that has passed, at most 90% before the end."""
        a = self.replication.activities[self.tasks[path]]
        if a.phase == DONE:
            return 1.0
        if a.began == NOWHERE:
            return 0.0
        index = self.replication.dates.index
        passed = index(a.number, self.replication.now) - index(a.number, a.began)
        return min(passed / max(self.replication.policies.perceived.planned[a.number], 1), 0.9)

    def _waiting(self, pool: int) -> int:
        every = self.replication.activities
        return sum(a.phase in (QUEUED, SUSPENDED) and any(p == pool for p, _ in a.demands) for a in every)

    def _carry_out(self, policy: UserPolicy, action: Action) -> None:
        """Check an action and begin what it says; `PolicyError` for anything else."""
        if not isinstance(action, ACTIONS):
            known = ", ".join(kind.__name__ for kind in ACTIONS)
            raise ArgumentError(f"an action is one of {known}, got {action!r}")
        measures = self.replication.measures
        if isinstance(action, NormalHours):
            for one in self._overtime(policy):
                measures.end(one, 0)
            return
        noun = noun_of(action)
        if noun.add_units is not None and noun.add_units.resource not in self.reading.pools:
            raise ArgumentError(f"there is no limited resource {noun.add_units.resource!r}")
        read = measure_of(self.reading, noun)
        row = read.row
        hours = None if read.work is None else Hours(read.work)
        measure = Measure(
            len(measures.every), int(row["kind"]), [n for n, _ in read.moved], [v for _, v in read.moved],
            int(row["rate"]), row["pay"], row["fatigue"], row["errors"], row["cents"], hours, int(row["pool"]),
            int(row["units"]), int(row["lead"]), int(row["lasts"]), row["overhead"], read.ramp, owner=policy.name,
        )  # fmt: skip
        for one in self._overtime(policy):
            if measure.kind == OVERTIME and one.nodes == measure.nodes:
                measures.end(one, 0)  # said again, it takes the place of the one before
        measures.every.append(measure)
        measures.begin(measure)
