"""Estimates of activities before drivers and risks: which range applies, under which variable, and what correlates.

Semantics K1, K8, N4, R3. Tests trust this; nothing else uses it.
"""

from dataclasses import dataclass, field
from math import pi, sin, sqrt

import numpy as np
from scipy import special

import naive_draws
from naive_sizes import central, drawn, in_shares


@dataclass(eq=False)
class Estimate:
    """What an activity takes, or costs, before drivers and risks: ``scale`` times a drawn or a certain value."""

    plan: float
    name: str | None = None
    size: object = None
    number: object = None
    share_of: float | None = None
    elicited_as: str | None = None
    scale: float = 1.0
    rule: object = None

    def value(self, lot):
        if self.name is None:
            return self.plan
        return self.scale * drawn(self.size, self.number, lot.u(self.name), self.share_of, self.elicited_as)


def duration(plan, path):
    """Return the estimate of the (remaining) minutes of an activity."""
    task = plan.tasks[path]
    certain = Estimate(task.remaining)
    if not task.works:
        return certain
    own, given = task.activity.duration.range, task.activity.progress.remaining if task.state == "started" else None
    number, reading = task.calendar.minutes, task.activity.elicited_as or plan.program.elicited_as
    if given is not None and not given.certain:
        return Estimate(task.remaining, f"activity/{path}/remaining", given, number, task.planned, reading)
    scale = task.remaining / task.planned if task.planned else 1.0
    if own is not None and (given is None or task.remaining):
        return Estimate(task.remaining, f"activity/{path}/duration", own, number, task.planned, reading, scale)
    return ruled(plan, path, "duration", number, task.planned, scale, scale) or certain


def fixed_cost(plan, path):
    """Return the estimate of the fixed cost of an activity, in currency units."""
    task = plan.tasks[path]
    cost = task.activity.cost
    fixed = None if cost is None else cost.fixed
    if fixed is None:
        return Estimate(0.0)
    reading = task.activity.elicited_as or plan.program.elicited_as
    planned = money_planned(fixed)
    if task.state == "finished":
        return Estimate(planned)
    if fixed.range is not None:
        return Estimate(planned, f"activity/{path}/cost", fixed.range, money, planned, reading)
    return ruled(plan, path, "cost", money, planned, 1.0, 1.0) or Estimate(planned)


def money(quantity):
    """Return an amount in currency units."""
    return quantity.value


def money_planned(fixed):
    """Return the amount that stands in the plan (P1)."""
    return fixed.plan.value if fixed.plan is not None else central(fixed.range, money)


def ruled(plan, path, what, number, planned, scale, absolute):
    """Return the estimate by the last rule of ``ranges`` that matches and speaks of ``what``, or None.

    Of shares of the plan ``scale`` is left to do, of sizes that stand for themselves ``absolute``.
    """
    found = None
    for rule in rules_of(plan):
        default = rule is plan.default_range
        size, reading = rule_size(plan.program, rule, what)
        if size is not None and (default or path in plan.selected(rule.on, rule.except_)):
            shared = rule.sizes == "same"
            name = f"range/{rule_key(rule)}/{what}" if shared else f"activity/{path}/{what}"
            left = scale if in_shares(size) else absolute
            found = Estimate(planned * scale, name, size, number, planned, reading, left, rule)
    return found


@dataclass(eq=False)
class DefaultRule:
    """The range given on the command line, for every activity without a range: correlated 0.3 (K8)."""

    duration: object
    on: tuple = ("default",)
    except_: tuple = ()
    use: None = None
    elicited_as: None = None
    sizes: str = "correlated"
    correlation: float = 0.3


def rules_of(plan):
    """Return the rules of ``ranges``, and before them the range given on the command line, if any."""
    return (*([] if plan.default_range is None else [plan.default_range]), *plan.program.ranges)


def rule_size(program, rule, what):
    """Return the size that a rule gives to durations or costs, and how its low and high were elicited."""
    template = program.templates.get(rule.use) if rule.use else None
    reading = rule.elicited_as or (template.elicited_as if template else None) or program.elicited_as
    own = getattr(rule, what, None)
    return (own if own is not None or template is None else getattr(template, what)), reading


def rule_key(rule):
    """Return what names a rule's shared variables: its patterns in order."""
    left_out = " except " + ",".join(sorted(rule.except_)) if rule.except_ else ""
    return getattr(rule, "id", None) or ",".join(sorted(rule.on)) + left_out


@dataclass(eq=False)
class Correlations:
    """For every correlated variable, the (weight, variable) of the normal scores that make its own."""

    scores: dict = field(default_factory=dict)


def correlations(plan, estimates, fixed_costs):
    """Return the normal scores behind every correlated variable (R3)."""
    names = {
        "duration": {path: estimate.name for path, estimate in estimates.items()},
        "cost": {path: estimate.name for path, estimate in fixed_costs.items()},
        "occurrence": {f"risks.{name}": f"risk/{name}/occurs" for name in plan.program.risks},
    }
    found = Correlations()
    for what, by_item in names.items():
        by_path = estimates if what == "duration" else fixed_costs
        groups, pairs = groups_of(plan, what, by_item), pairs_of(plan, what, by_item)
        named = set().union(*(members for members, _, _ in groups), *pairs)
        factor_scores([*groups, *rule_groups(plan, what, by_path, named)], found.scores)
        pair_scores(pairs, found.scores)
    return found


def groups_of(plan, what, by_item):
    """Return (members, coefficient, factor) of the groups that speak of ``what``; members are variable names."""
    groups = []
    for item in plan.program.correlations:
        rho = getattr(item, what)
        if item.group is not None and rho is not None:
            members = {by_item[name] for name in grouped(plan, item.group, what) if by_item.get(name)}
            groups.append((members, rho, f"group/{','.join(sorted(item.group))}/{what}"))
    return groups


def grouped(plan, patterns, what):
    """Return the activities, or the risks, that a group names."""
    if what != "occurrence":
        return plan.selected(patterns)
    known = [f"risks.{name}" for name in plan.program.risks]
    return [name for name in known if any(plan.fits(name, pattern) for pattern in patterns)]


def rule_groups(plan, what, estimates, named):
    """Return the groups that rules with ``sizes: correlated R`` make of the activities they apply to.

    What ``correlations`` names itself is left out.
    """
    groups = []
    for rule in rules_of(plan) if what != "occurrence" else ():
        if rule.sizes == "correlated":
            members = {estimate.name for estimate in estimates.values() if estimate.rule is rule} - named
            groups.append((members, rule.correlation, f"range/{rule_key(rule)}/factor/{what}"))
    return groups


def normal_coefficient(spearman):
    """Return the correlation of normal scores that gives a Spearman coefficient."""
    return 2 * sin(pi * spearman / 6)


def factor_scores(groups, scores):
    """Add the scores of grouped variables: a factor for every group they are in, the widest first, and their own."""
    for name in sorted(set().union(*(members for members, _, _ in groups))):
        mine = sorted(((r, -len(members), factor) for members, r, factor in groups if name in members))
        parts, reached = [], 0.0
        for rho, _, factor in mine:
            r = normal_coefficient(rho)
            parts.append((sqrt(r - reached), factor))
            reached = r
        scores[name] = [*parts, (sqrt(1 - reached), name)]


def pairs_of(plan, what, by_item):
    """Return the correlation of normal scores of every pair of variables."""
    pairs = {}
    for item in plan.program.correlations:
        rho = getattr(item, what)
        if item.pair is not None and rho is not None:
            ends = [name if what == "occurrence" else plan.program.path(name, None) for name in item.pair]
            if all(by_item.get(end) for end in ends):
                pairs[frozenset(by_item[end] for end in ends)] = normal_coefficient(rho)
    return pairs


def pair_scores(pairs, scores):
    """Add the scores of variables correlated in pairs: rows of the Cholesky factor, in the order of their names."""
    names = sorted(set().union(*pairs))
    matrix = [[1.0 if a == b else pairs.get(frozenset((a, b)), 0.0) for b in names] for a in names]
    lower = np.linalg.cholesky(np.array(matrix)) if names else ()
    for row, name in zip(lower, names, strict=True):
        scores[name] = list(zip(row, names, strict=True))


class Lot:
    """The random numbers of one iteration."""

    def __init__(self, seed, iteration, correlated):
        self.seed, self.iteration, self.correlated = seed, iteration, correlated.scores

    def u(self, name):
        """Return the uniform of a variable, as correlated."""
        parts = self.correlated.get(name)
        if parts is None:
            return naive_draws.uniform(self.seed, name, self.iteration)
        score = sum(w * special.ndtri(naive_draws.uniform(self.seed, part, self.iteration)) for w, part in parts)
        return float(special.ndtr(score))
