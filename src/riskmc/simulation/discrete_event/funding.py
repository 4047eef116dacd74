"""Money that binds: released by the year, held by whoever works, by priority where there is too little (K7).

The rules stand in docs/method/funding.md. All amounts are whole cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import (
    DONE,
    FULL,
    FUND,
    FUNDED,
    NOWHERE,
    OUT_OF_MONEY,
    RUNNING,
)
from riskmc.simulation.discrete_event.activity import Activity

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

_MOST_LOGGED = (1 << 31) - 1


@dataclass(slots=True)
class Account:
    """What an activity costs over its minutes in the static pass, and the money it has taken so far."""

    whole: int
    fixed: int
    minutes: int
    open_ends: int
    taken: int = 0
    ends: int = NOWHERE
    opened: int = NOWHERE
    closed: bool = False
    unpaid: bool = False
    told: bool = False
    asks: bool = False

    def spent(self, minutes: int) -> int:
        """Return the cents spent after so many minutes: all cost evenly over the planned ones, then the rates alone."""
        if self.minutes <= 0:
            return self.whole
        rates = self.whole - self.fixed
        if self.closed:
            return self.fixed + rates * minutes // self.minutes
        if minutes < self.minutes:
            return self.whole * minutes // self.minutes
        return self.whole + rates * (minutes - self.minutes) // self.minutes

    def due_at_end(self, minutes: int) -> int:
        """Return what of the fixed cost is still to be paid when the work ends after so many minutes."""
        if self.closed or minutes >= self.minutes:
            return 0
        return self.fixed + (self.whole - self.fixed) * minutes // self.minutes - self.spent(minutes)


class Funding:
    """The purse of a replication: what is free, and the account of every activity."""

    def __init__(self, replication: Replication, whole: list[int], fixed: list[int], lump: list[int]):
        self.replication, self.lump = replication, lump
        self.table = replication.scene.model.funding
        self.releases: list[int] = self.table.minute.tolist()
        self.binds = bool(self.releases)
        self.free, self.released = -self.table.spent, 0
        dates, ends = replication.dates, self.table.ends.tolist()
        durations = [a.duration for a in replication.activities]
        self.accounts = [
            Account(cents, fixed[a], max(durations[a] if dates.is_open(a) else dates.length(a), 0), ends[a])
            for a, cents in enumerate(whole if replication.scene.costed else ())
        ]

    def begin(self) -> None:
        """Plan all releases."""
        for k, minute in enumerate(self.releases):
            self.replication.agenda.call(minute, FUND, k, partial(self._release, k))

    def account(self, a: Activity) -> Account | None:
        """Return the account of an activity; None where it costs nothing, or money binds nothing."""
        if not self.releases or not a.exists or self.accounts[a.number].whole <= 0:
            return None
        return self.accounts[a.number]

    # Who may start

    def affords(self, a: Activity) -> bool:
        """Return whether there is the money for an activity to start, or to go on; note once that there is not."""
        account = self.account(a)
        if account is None or (a.began != NOWHERE and not self.table.pauses):
            return True
        enough = self._has_enough(a, account)
        if not enough and not account.told:
            account.told = True
            self.replication.log(OUT_OF_MONEY, a.number, 0)
        return enough

    def _has_enough(self, a: Activity, account: Account) -> bool:
        if account.minutes <= 0:
            return self.free >= account.whole
        if self.table.ahead and a.began == NOWHERE:
            return self.free >= self._need(a, account)
        return self.free >= self._next_minute(a, account)

    # What is needed

    def paid(self, a: Activity) -> int:
        """Return the minutes of its calendar for which an activity has cost money."""
        account, now = self.accounts[a.number], self._index(a)
        if self.replication.scene.follows[a.number]:
            return 0 if account.opened == NOWHERE else now - account.opened
        return a.held + (now if a.holding and not account.unpaid else 0)

    def _index(self, a: Activity, minute: int | None = None) -> int:
        return self.replication.dates.index(a.number, self.replication.now if minute is None else minute)

    def _next_minute(self, a: Activity, account: Account) -> int:
        paid = self.paid(a)
        return max(account.spent(paid + 1) - account.spent(paid), 1)

    def _until_release(self, a: Activity) -> int | None:
        """Return the minutes of an activity's calendar until the next release; None after the last."""
        if self.released >= len(self.releases):
            return None
        then = min(self.releases[self.released], self.replication.scene.model.limits.last_minute)
        return max(self._index(a, then) - self._index(a), 0)

    def _need(self, a: Activity, account: Account) -> int:
        """Return what an activity will spend until the next release, or its end."""
        paid, until = self.paid(a), self._until_release(a)
        if a.phase == RUNNING and a.due != NOWHERE:
            left = max(self._index(a, a.due) - self._index(a), 0)
        else:
            work = a.left if a.began != NOWHERE else (a.work + a.extra) * FULL
            left = max(-(-work // FULL), 0)
        if until is not None and until < left and not self.table.ahead:
            return account.spent(paid + until) - account.spent(paid)
        return account.spent(paid + left) + account.due_at_end(paid + left) - account.spent(paid)

    # Taking and giving back

    def _take(self, account: Account, cents: int) -> None:
        self.free -= cents
        account.taken += cents

    def _take_needed(self, a: Activity, account: Account) -> None:
        """Take what an activity needs, as far as there is money, and plan the minute at which that ends."""
        need = max(self._need(a, account) - (account.taken - account.spent(self.paid(a))), 0)
        if not self.table.ahead or a.began != NOWHERE:
            need = min(need, max(self.free, 0))
        self._take(account, need)
        self._plan_end(a, account)

    def _plan_end(self, a: Activity, account: Account) -> None:
        """Plan the first minute of work that an activity cannot pay, where it lies before the next release."""
        paid, until = self.paid(a), self._until_release(a)
        account.ends = NOWHERE
        if until is None:
            until = max(self.replication.scene.model.limits.last_minute - self.replication.now, 0)
        if account.spent(paid + until) <= account.taken:
            return
        low, high = paid, paid + until
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if account.spent(middle) <= account.taken else (low, middle)
        soonest = self.replication.now + (low > paid)  # at the end of a calendar no later minute is known
        account.ends = max(self._opens(a, self._index(a) + low - paid), soonest)
        number = len(self.releases) + a.number
        self.replication.agenda.call(account.ends, FUND, number, lambda: self._end(a, account))

    def _opens(self, a: Activity, k: int) -> int:
        """Return the instant at which minute ``k`` of an activity's own calendar starts."""
        scene = self.replication.scene
        return scene.forward.convert(scene.start_table[a.number], k, 0)

    def _settle(self, a: Activity, account: Account) -> None:
        """Give back the money that an activity holds beyond what it has spent."""
        self._take(account, account.spent(self.paid(a)) - account.taken)
        account.ends = NOWHERE

    def move(self, a: Activity) -> None:
        """Take money with the units of an activity, and give back what is left of it with them."""
        account = self.account(a)
        if account is None:
            return
        if a.holding:
            self._take_needed(a, account)
        elif not self.table.ahead:
            self._settle(a, account)

    def pay_at_once(self, a: Activity) -> None:
        """Pay for what starts and lasts nothing."""
        account = self.account(a)
        if account is not None and account.taken == 0:
            self._take(account, account.whole)
            account.closed = True

    def close(self, a: Activity) -> None:
        """Pay what is still due of the fixed cost of work that has ended, and give back what is left."""
        account = self.account(a)
        if account is not None and account.minutes > 0:
            account.closed = True
            self._settle(a, account)

    # What goes on by itself

    def _reserve(self, a: Activity, account: Account) -> None:
        """Take what goes on by itself until the next release, there or not; after the last, to its planned end."""
        paid, until = self.paid(a), self._until_release(a)
        until = max(account.minutes - paid, 0) if until is None else until
        self._take(account, account.spent(paid + until) - account.spent(paid))

    def open_standing(self, a: Activity) -> None:
        """Let what goes on by itself begin with the first of what it follows."""
        for number in self.replication.scene.opens[a.number]:
            s = self.replication.activities[number]
            account = self.account(s)
            if account is not None and account.opened == NOWHERE:
                account.opened = self._index(s)
                self._reserve(s, account)

    def close_standing(self, a: Activity) -> None:
        """Let what goes on by itself end with the last of what it follows."""
        for number in self.replication.scene.closes[a.number]:
            s, account = self.replication.activities[number], self.accounts[number]
            account.open_ends -= 1
            if account.open_ends == 0 and account.opened != NOWHERE:
                self._settle(s, account)
                account.closed = True

    # Releases, and the end of money

    def _release(self, k: int) -> None:
        """Add the money of a year; what goes on by itself takes first, then all that works asks anew."""
        cents = int(self.table.cents[k])
        self.free += cents - self.lump[k]
        self.released = k + 1
        self.replication.log(FUNDED, int(self.table.year[k]), min(cents // 100, _MOST_LOGGED))
        for a in self.replication.activities:
            account = self.accounts[a.number]
            account.told = False
            if self.replication.scene.follows[a.number]:
                if account.opened != NOWHERE and not account.closed:
                    self._settle(a, account)
                    self._reserve(a, account)
            elif a.holding and not account.unpaid and self.account(a) and not self.table.ahead:
                self._settle(a, account)
                account.asks = True
        self._serve()

    def serve_unpaid(self) -> None:
        """Let what has paused for want of money ask again, before each dispatch."""
        if self.free > 0 and any(account.unpaid for account in self.accounts):
            self._serve()

    def _serve(self) -> None:
        """Give money to what works and to what has paused without, by priority and the rule of dispatch (D5)."""
        every = zip(self.replication.activities, self.accounts, strict=False)
        asking = [(a.priority, a.order, a, account) for a, account in every if account.asks or account.unpaid]
        for _, _, a, account in sorted(asking, key=lambda one: one[:2]):
            account.asks = False
            enough = self._has_enough(a, account)
            if account.unpaid:
                if enough:
                    self._go_on(a, account)
            elif enough or not self.table.pauses:
                self._take_needed(a, account)
            else:
                self._pause(a, account)

    def _end(self, a: Activity, account: Account) -> None:
        """Let an activity whose money has ended take more; without any it pauses, or overdraws."""
        if account.ends != self.replication.now:
            return
        self._settle(a, account)
        if not self.table.pauses:
            self._take(account, max(self._need(a, account), self._next_minute(a, account)))
            self._plan_end(a, account)
        elif self._has_enough(a, account):
            need = min(self._need(a, account), self.free)
            self._take(account, max(need, self._next_minute(a, account)))
            self._plan_end(a, account)
        else:
            self._pause(a, account)

    def _pause(self, a: Activity, account: Account) -> None:
        """Pause an activity for want of money: it keeps its units, which cost nothing meanwhile."""
        self.replication.log(OUT_OF_MONEY, a.number, 0)
        self._settle(a, account)
        self.replication.work.pause(a, NOWHERE)
        account.unpaid = True
        if a.holding:
            a.held += self._index(a)

    def _go_on(self, a: Activity, account: Account) -> None:
        account.unpaid = False
        if a.holding:
            a.held -= self._index(a)
        self.replication.work.go_on(a, NOWHERE)
        if a.holding:
            self._take_needed(a, account)

    def waits(self) -> bool:
        """Return whether anything that is not done has no money: without another release it never finishes."""
        every = zip(self.replication.activities, self.accounts, strict=False)
        return any(a.phase != DONE and (account.unpaid or account.told) for a, account in every)
