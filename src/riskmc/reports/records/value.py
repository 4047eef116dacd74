"""Value as JSON (`riskmc value --json`): `docs/method/value.md` describes the keys."""

from __future__ import annotations

from riskmc.analysis.value.delay import DelayCost
from riskmc.analysis.value.funding import FundedSet, Funding
from riskmc.analysis.value.worth import LEVELS, Value
from riskmc.reports.answers.value import ValueAnswer
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import (
    Entry,
    bounded,
    interval_if_known,
    level_key,
    plain,
    provenance_of,
    quantile,
    rounded,
    share_entry,
)


def dumps_value(answer: ValueAnswer) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_value(answer), 2)


def compose_value(answer: ValueAnswer) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    found = answer.value
    delays = [] if answer.delays is None else answer.delays.projects
    return {
        **provenance_of(found.trials),
        "discount_rate": {"real": found.rate.real, "nominal": found.rate.nominal},
        "valued_at": plain(found.at),
        "warnings": list(found.warnings),
        "program_value": _worth(found, None),
        "payback": {
            "chance": share_entry(found.chance_of_payback()),
            **{level_key(p): plain(found.payback(p)) for p in LEVELS},
        },
        "projects": {place: _worth(found, place) for place in found.places if place},
        "cost_of_delay": {one.project: _delay(one) for one in delays},
        "funding": None if answer.funding is None else _funding(answer.funding),
    }


def _worth(found: Value, project: str | None) -> Entry:
    npv, ratio = found.npv(project), found.benefit_cost(project)
    levels = {level_key(p): quantile(npv, p) for p in LEVELS}
    return {
        "npv": {**levels, "mean": plain(npv.mean())},
        "chance_positive": share_entry(found.chance_positive(project)),
        "benefit_cost": None if ratio is None else {level_key(p): plain(ratio.quantile(p)) for p in LEVELS},
    }


def _delay(one: DelayCost) -> Entry:
    return {
        "per_month": interval_if_known(one.per_month),
        "months": rounded(one.months),
        "cd3": rounded(one.cd3),
    }


def _funding(funding: Funding) -> Entry:
    return {
        "budget": funding.budget,
        "chosen": list(funding.chosen.projects),
        "needs": {name: list(others) for name, others in funding.needs.items()},
        "sets": [_set(one) for one in funding.sets],
    }


def _set(one: FundedSet) -> Entry:
    return {
        "projects": list(one.projects),
        "npv_mean": bounded(one.npv, one.npv_low, one.npv_high),
        "cost_mean": plain(one.cost_mean),
        "cost_p80": plain(one.cost_p80),
        "chance_within_budget": share_entry(one.within_budget),
        "chance_positive": share_entry(one.positive),
        "dominated": one.dominated,
    }
