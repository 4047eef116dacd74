"""Sources: the name of every row of scores, as its item is called now, and what correlation ties together."""

from __future__ import annotations

import numpy as np

import riskmc as rm
from rendering import MODELS
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.refusals import beyond_monte_carlo
from riskmc.network.sources import keys_of, score_rows
from riskmc.sampling import key


def rows_of(activities, **sections):
    plan = rm.Program(program="S", start="2027-01-04", projects={"p": {"activities": activities}}, **sections)
    compiled = compile_network(plan, Settings())
    return compiled, score_rows(compiled)


def test_every_name_is_that_of_its_key():
    for model in MODELS:
        whole = rm.read(model)
        compiled = compile_network(whole, Settings(ignore=beyond_monte_carlo(whole)[0]))
        rows, keys = score_rows(compiled), keys_of(compiled.sampler)
        named = [(name, int(k)) for name, k in zip(rows.names, keys, strict=True) if name]
        assert len(named) >= len(compiled.sampler.names)
        assert all(key(name) == k for name, k in named)
        assert set(rows.names) - {""} == set(compiled.sampler.names)


def test_what_is_not_correlated_is_a_cluster_of_its_own():
    _, rows = rows_of({name: {"duration": "uniform(5d 9d)"} for name in "abc"})
    assert len(set(rows.cluster.tolist())) == 3


def test_a_group_and_its_factor_are_one_cluster():
    told = {name: {"duration": "uniform(5d 9d)"} for name in "abcd"}
    _, rows = rows_of(told, correlations=[{"group": ["a", "b", "c"], "duration": 0.4}])
    tied = {name: int(c) for name, c in zip(rows.names, rows.cluster, strict=True)}
    assert len({tied[f"activity/p.{name}/duration"] for name in "abc"} | {tied[""]}) == 1
    assert tied["activity/p.d/duration"] != tied["activity/p.a/duration"]


def test_pairs_that_hang_together_are_one_cluster():
    told = {name: {"duration": "uniform(5d 9d)"} for name in "abcd"}
    pairs = [{"pair": ["a", "b"], "duration": 0.4}, {"pair": ["b", "c"], "duration": -0.2}]
    _, rows = rows_of(told, correlations=pairs)
    assert len(set(rows.cluster.tolist())) == 2


def test_renamed_items_are_called_what_they_are_called_now():
    told = {"new": {"duration": "uniform(5d 9d)"}, "b": {"duration": "5d", "guid": "G-1", "exists": "50%"}}
    risk = {"probability": "50%", "impacts": [{"on": ["b"], "duration": "+uniform(1d 2d)"}]}
    compiled, rows = rows_of(told, risks={"rain": risk}, renamed={"risks.wet": "risks.rain", "p.old": "p.new"})
    assert {"activity/p.new/duration", "activity/p.b/exists", "risk/rain/occurs"} <= set(rows.names)
    assert not {"activity/p.new/duration", "risk/rain/occurs"} & set(compiled.sampler.names)


def test_rows_of_one_variable_share_a_cluster():
    """A size in days that two calendars convert has two rows with the same key."""
    told = {
        "a": {"duration": "5d"},
        "b": {"duration": "5d", "calendar": "24h"},
    }
    risk = {"probability": "50%", "impacts": [{"on": ["a", "b"], "duration": "+uniform(1d 2d)", "spread": "each"}]}
    _, rows = rows_of(told, risks={"rain": risk})
    twice = [c for name, c in zip(rows.names, rows.cluster.tolist(), strict=True) if name.endswith("/duration")]
    assert len(twice) == 2
    assert len(set(twice)) == 1
    assert np.unique(rows.cluster).size == 2
