"""Risk matrix: exposure of a lone risk is probability times impact by hand; bands, opportunities and responses."""

from math import sqrt

import pytest
from scipy import stats

import riskmc as rm
from pictured import ferry
from riskmc.analysis.risk_matrix import risk_matrix
from riskmc.analysis.risk_scale import Ladder, risk_scale
from riskmc.errors import ArgumentError
from riskmc.simulation.engine import simulate_like

N = 4_000
Z = stats.norm.isf(5e-7)  # false alarm 1e-6


def simulated(risks, n=N, calendar="24h", **sections):
    """One activity of 100 elapsed days that costs EUR 1M, and risks."""
    work = {
        "a": {"duration": "100ed", "cost": "1M"},
        "side": {"duration": "10ed"},
        "end": {"milestone": True, "after": ["a", "side"]},
    }
    program = rm.Program(
        program="P", start="2027-01-04", calendar=calendar, currency="EUR", risks=risks,
        projects={"p": {"activities": work}}, **sections,
    )  # fmt: skip
    return rm.simulate(program, iterations=n)


def risk(probability, on="p.a", **impact):
    return {"probability": probability, "impacts": [{"on": on, **impact}]}


# ------------------------------------------------------------------------------ closed forms


def test_exposure_of_a_lone_risk_is_its_probability_times_its_mean_impact():
    found = risk_matrix(
        simulated({"late": risk("30%", duration="+ uniform(10ed 30ed)"), "dear": risk("20%", cost="+ 50k")})
    )
    late, dear = ({one.id: one for one in found.risks}[name] for name in ("late", "dear"))
    assert late.exposure_days.value == pytest.approx(0.3 * 20, abs=Z * sqrt(0.3 * (400 + 100 / 3) - 36) / sqrt(N))
    assert late.exposure_days.low < 6 < late.exposure_days.high
    assert late.impact_days == late.exposure_days.value / 0.3
    assert (dear.exposure_days.value, late.exposure_cost.value) == (0, 0)
    assert dear.impact_cost == pytest.approx(50_000, abs=Z * 50_000 * sqrt(0.16 / N) / 0.2)


def test_what_float_absorbs_has_no_impact():
    found = risk_matrix(
        simulated({"aside": risk("50%", on="p.side", duration="+ 20ed"), "late": risk("30%", duration="+ 5ed")})
    )
    aside = {one.id: one for one in found.risks}["aside"]
    assert (aside.kind, aside.row, aside.column) == ("no effect", None, None)
    assert aside.exposure_days == (0, 0, 0)


def test_an_opportunity_stands_in_the_column_of_a_threat_of_its_size():
    risks = {"late": risk("50%", duration="+ 30ed"), "early": risk("50%", duration="+ -30ed")}
    apart = [risk_matrix(simulated({name: words})).risks[0] for name, words in risks.items()]
    assert apart[0].column == apart[1].column > 0
    assert [one.kind for one in apart] == ["threat", "opportunity"]


def test_an_opportunity_shortens_or_cheapens_and_what_saves_time_for_money_is_a_threat():
    risks = {
        "good": risk("20%", duration="x 90%"),
        "bought": {
            "probability": "20%",
            "impacts": [{"on": "p.a", "duration": "x 90%"}, {"on": "p.a", "cost": "+ 10k"}],
        },
    }
    found = risk_matrix(simulated(risks))
    assert [one.id for one in found.of("opportunity")] == ["good"]
    assert [one.id for one in found.of("threat")] == ["bought"]


# ------------------------------------------------------------------------------ bands


def test_a_value_on_an_edge_belongs_to_the_lower_band():
    ladder = Ladder(("low", "middle", "high"), (0.1, 0.3))
    assert [ladder.step(value) for value in (0, 0.1, 0.11, 0.3, 0.31, 1)] == [0, 0, 1, 1, 2, 2]


def test_default_bands_are_shares_of_the_time_and_the_money_of_the_plan():
    scale = risk_scale(simulated({"late": risk("30%", duration="+ 5ed")}))
    assert scale.probability.ends == (0.1, 0.3, 0.5, 0.7)
    assert scale.days.ends == pytest.approx((1, 5, 10, 20))
    assert scale.cost.ends == pytest.approx((10_000, 100_000, 200_000, 400_000))
    assert scale.days.names == ("Very low", "Low", "Medium", "High", "Very high")


def test_own_bands_in_working_days_are_stretched_and_gaps_are_divided_in_the_middle():
    words = {"schedule": {"small": "1d-5d", "large": "7d-20d"}, "probability": {"rare": "10%", "often": "50%"}}
    scale = risk_scale(simulated({"late": risk("30%", duration="+ 5ed")}, calendar="standard", scales=words))
    assert scale.own
    assert scale.days.ends == pytest.approx((6 * 7 / 5,))
    assert scale.probability == Ladder(("rare", "often"), (0.3,))


def test_a_risk_stands_in_the_cell_of_its_probability_and_larger_impact():
    risks = {
        "both": {"probability": "40%", "impacts": [{"on": "p.a", "duration": "+ 2ed"}, {"on": "p.a", "cost": "+ 300k"}]}
    }
    found = risk_matrix(simulated(risks))
    assert found.cell(2, 3) == list(found.risks)  # 30% to 50%; 20% to 40% of the cost
    assert found.cell(2, 1) == []


# ------------------------------------------------------------------------------ invariants


def test_every_exposure_is_the_paired_difference_from_a_run_without_the_risk():
    base = ferry()
    for one in risk_matrix(base).risks[:3]:
        closed = base.again().program.scenario(rm.Scenario(set={f"risks.{one.id}.status": "closed"}))
        other = simulate_like(base, closed)
        apart = (base.finish_minutes - other.finish_minutes).mean() / 1440
        assert one.exposure_days.value == pytest.approx(apart, abs=1e-9)


def test_before_and_after_are_the_runs_without_and_with_all_responses():
    found = risk_matrix(ferry())
    post = risk_matrix(rm.simulate(ferry().program, iterations=1_000, mitigation="post"))
    assert {name: one.exposure_days for name, one in found.after.items()} == {
        one.id: one.exposure_days for one in post.risks
    }
    assert found.before["appeal"].probability == 0.3
    assert found.before["appeal"].exposure_days.value > found.after["appeal"].exposure_days.value


def test_without_responses_there_is_no_before_and_no_after():
    found = risk_matrix(simulated({"late": risk("30%", duration="+ 5ed")}))
    assert (found.before, found.after) == ({}, {})


def test_ranks_do_not_rise_down_the_list():
    ranks = [one.rank for one in risk_matrix(ferry()).risks]
    assert ranks == sorted(ranks, reverse=True)


def test_a_program_is_simulated_first_and_one_without_risks_refused():
    program = simulated({"late": risk("30%", duration="+ 5ed")}).program
    assert len(risk_matrix(program).trials) == 10_000
    with pytest.raises(ArgumentError, match="no risk of the program is simulated"):
        risk_matrix(rm.simulate(program.but(risks={}), iterations=100))


def test_tables_name_their_units():
    found = risk_matrix(ferry())
    assert {"impact_days", "impact_cost_EUR", "exposure_cost_EUR_low", "before_exposure_days"} <= set(found.to_frame())
    assert repr(found).startswith("<RiskMatrix 'Electric Island Ferry': 10 risks; exposure: Ferry and charging tower")
    assert "A matrix is no forecast" in found._repr_html_()


def test_the_column_is_that_of_the_delay_where_the_risk_occurs_not_of_its_exposure():
    found = risk_matrix(simulated({"late": risk("30%", duration="+ 8ed")}))
    assert (found.risks[0].row, found.risks[0].column) == (1, 2)  # 8% of the time: 5% to 10%; its exposure is 2.4%
