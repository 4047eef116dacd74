"""Responses: closed forms of what each saves, costs and is worth; overlaps; states; exactly nothing for nothing."""

import numpy as np
import pytest

import riskmc as rm
from rendering import MODELS, ROOT
from riskmc.analysis.paired import mean_difference, quantile_difference
from riskmc.analysis.responses.delay_cost import cost_of_a_day
from riskmc.errors import ArgumentError
from riskmc.simulation.engine import simulate_like

FERRY = ROOT / "models" / "ferry" / "program.yaml"
N = 2_000
ACTIVITIES = {
    "dig": {"duration": "triangular(18ed 20ed 30ed)", "cost": "1000"},
    "lay": {"duration": "10ed", "cost": {"per_day": "240"}, "after": ["dig"]},
}
RISKS = {
    "rain": {"probability": "40%", "impacts": [{"on": "p.dig", "duration": "+ 6ed", "cost": "+ 500"}]},
    "strike": {"probability": "30%", "impacts": [{"on": "p.lay", "duration": "+ 9ed"}]},
}
OFF = {"probability": "0%"}


def answered(responses, iterations=N, **more):
    """Return what the responses of a small program save."""
    whole = {
        "program": "Canal",
        "start": "2027-01-04",
        "currency": "EUR",
        "projects": {"p": {"activities": ACTIVITIES}},
    }
    simulated = rm.simulate(rm.Program(**{**whole, "risks": RISKS, "responses": responses, **more}), iterations)
    return rm.responses(simulated)


def test_a_response_that_takes_a_risk_away_buys_exactly_its_removal():
    found = answered({"roof": {"cost": "100", "acts_on": {"rain": OFF}}})
    trials = found.trials
    gone = simulate_like(trials, trials.again().program.scenario(rm.Scenario(remove=["risks.rain"])))
    effect = found["roof"]
    assert np.array_equal(effect.with_it.finish_minutes, gone.finish_minutes)
    assert np.array_equal(effect.with_it.cost_cents, gone.cost_cents + 100_00)
    removal = quantile_difference(trials.finish_minutes, gone.finish_minutes, 0.80)
    assert effect.change.finish().quantile(0.80) == pytest.approx([end / 1440 for end in removal])
    assert effect.days.quantile(0.80).value == pytest.approx(-removal.value / 1440)


def test_what_it_saves_and_is_worth_follows_from_how_often_the_risk_struck():
    found = answered({"roof": {"cost": "150", "acts_on": {"rain": OFF}}}, cost_of_delay="50/d")
    effect, struck = found["roof"], found.trials.occurred["rain"]
    assert effect.days.mean().value == pytest.approx(6 * struck)
    assert effect.money.mean().value == pytest.approx(500 * struck)
    assert effect.cost == 150
    assert effect.cost_range is None
    assert effect.value_of_days.value == pytest.approx(300 * struck)
    assert effect.benefit.value == pytest.approx(800 * struck)
    assert effect.net.value == pytest.approx(800 * struck - 150)
    assert effect.ratio.value == pytest.approx(800 * struck / 150)
    assert effect.pays is True
    assert effect.breaks_even_at is None


def test_two_responses_to_different_risks_of_certain_size_add_up_in_the_mean():
    found = answered({"roof": {"acts_on": {"rain": OFF}}, "talks": {"acts_on": {"strike": OFF}}})
    alone = [found[name].days.mean().value for name in ("roof", "talks")]
    both = found.state_change("post").finish().mean().value
    assert -both == pytest.approx(sum(alone))
    assert not found.overlaps


def test_two_responses_to_one_risk_overlap_by_all_that_the_second_would_have_saved():
    found = answered({"roof": {"acts_on": {"rain": OFF}}, "tent": {"acts_on": {"rain": OFF}}})
    (overlap,) = found.overlaps
    assert (overlap.first, overlap.second, overlap.risks) == ("roof", "tent", ("rain",))
    saved = overlap.saved(overlap.first_alone)
    assert overlap.saved(overlap.both) == saved
    assert overlap.counted_twice().value == pytest.approx(saved.value)
    assert overlap.counted_twice(0.80).value == pytest.approx(overlap.saved(overlap.both, 0.80).value)
    low, high = overlap.counted_twice(0.80)[1:]
    assert low < overlap.counted_twice(0.80).value < high


def test_what_an_overlap_counts_twice_is_the_sum_of_each_alone_less_both():
    tent = {"works": "50%", "acts_on": {"rain": {"duration": "x 30%"}}}
    (overlap,) = answered({"roof": {"acts_on": {"rain": {"probability": "20%"}}}, "tent": tent}).overlaps
    for p in (0.80, None):
        first, second, both = (
            overlap.saved(finish, p).value for finish in (overlap.first_alone, overlap.second_alone, overlap.both)
        )
        assert first != second
        assert overlap.counted_twice(p).value == pytest.approx(first + second - both)


def test_an_overlap_with_an_approved_response_is_taken_around_neither():
    found = answered({"roof": {"status": "approved", "acts_on": {"rain": OFF}}, "tent": {"acts_on": {"rain": OFF}}})
    (overlap,) = found.overlaps
    without = simulate_like(found.trials, found.trials.again().program, mitigation="pre")
    assert np.array_equal(overlap.neither, without.finish_minutes)
    assert found["tent"].changes_nothing
    assert not found["roof"].changes_nothing


def test_a_response_that_changes_nothing_buys_exactly_nothing():
    found = answered({"idle": {"cost": "100", "acts_on": {"rain": {"probability": "40%"}}}})
    effect = found["idle"]
    assert effect.changes_nothing
    assert effect.days.quantile(0.80) == effect.days.mean() == effect.money.mean() == (0, 0, 0)
    assert effect.net == (-100, -100, -100)
    assert effect.pays is False
    assert effect.ratio == (0, 0, 0)


def test_without_a_cost_of_delay_days_have_no_value_and_the_worth_that_decides_is_said():
    found = answered({"talks": {"cost": "2000", "acts_on": {"strike": OFF}}})
    effect = found["talks"]
    assert effect.value_of_days is None
    assert effect.pays is None
    money, days = effect.money.mean().value, effect.days.mean().value
    assert effect.breaks_even_at == pytest.approx((2000 - money) / days)
    dear = rm.responses(found.trials, cost_of_delay=effect.breaks_even_at * 1.2)["talks"]
    cheap = rm.responses(found.trials, cost_of_delay=effect.breaks_even_at * 0.8)["talks"]
    assert (dear.pays, cheap.pays) == (True, False)


def test_the_cost_of_delay_is_of_a_day_of_24_hours():
    program = rm.read(FERRY)
    assert cost_of_a_day(program) == 14_000
    assert cost_of_a_day(program, "70k/w") == 10_000
    assert cost_of_a_day(program, "1k/h") == 24_000
    assert cost_of_a_day(program, "45k") == cost_of_a_day(program, 45_000) == 45_000
    with pytest.raises(ArgumentError, match="cost_of_delay is an amount of money, 0 or more"):
        cost_of_a_day(program, -1)


def test_a_sampled_cost_has_its_range_and_its_mean():
    effect = answered({"roof": {"cost": "uniform(100 200)", "acts_on": {"rain": OFF}}})["roof"]
    low, high = effect.cost_range
    assert 105 < low < 115 < 145 < effect.cost < 155 < 185 < high < 195


def test_secondary_risks_and_work_of_its_own_are_part_of_what_a_response_does():
    leak = {"leak": {"probability": "50%", "impacts": [{"on": "p.lay", "duration": "+ 20ed"}]}}
    roof = {"acts_on": {"rain": OFF}, "secondary": ["risks.leak"]}
    roof["activities"] = {"build": {"duration": "2ed", "before": ["p.dig"]}}
    effect = answered({"roof": roof}, risks={**RISKS, **leak})["roof"]
    saved = effect.days.mean().value
    assert saved == pytest.approx(6 * 0.4 - 2 - 20 * 0.5, abs=0.9)  # 5 standard errors of 2,000 iterations
    assert effect.pays is not True


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_states_are_the_runs_in_that_mitigation(model):
    found = rm.responses(rm.simulate(model, 300, mitigation="post"))
    for state, trials in found.states.items():
        own = rm.simulate(model, 300, mitigation=state)
        assert np.array_equal(trials.finish_minutes, own.finish_minutes)
        assert np.array_equal(trials.cost_cents, own.cost_cents)
        for path in set(trials.milestone_finish) & set(own.milestone_finish):
            assert np.array_equal(trials.milestone_finish[path], own.milestone_finish[path])
    assert found.state_change("current").nothing


def test_effects_of_the_approved_are_what_dropping_them_would_lose():
    found = rm.responses(rm.simulate(FERRY, 500))
    effect = found["neighbours"]
    dropped = rm.simulate(FERRY, 500, scenario=rm.Scenario(withdraw=["neighbours"]))
    assert np.array_equal(effect.without.finish_minutes, dropped.finish_minutes)
    assert np.array_equal(effect.with_it.finish_minutes, found.trials.finish_minutes)
    assert effect.days.mean() == pytest.approx(
        [end / 1440 for end in mean_difference(found.trials.finish_minutes, dropped.finish_minutes)]
    )


def test_chances_of_every_target_move_as_in_a_comparison():
    found = rm.responses(rm.simulate(FERRY, 500))
    own = rm.compare(found.trials, rm.simulate(FERRY, 500, scenario=rm.Scenario(approve=["mock_up"])))
    (change,) = own.changes.values()
    assert [s.difference for s in found["mock_up"].chances] == [s.difference for s in change.chances]


def test_the_order_of_responses_in_the_file_changes_no_effect():
    words = {"roof": {"acts_on": {"rain": OFF}}, "tent": {"works": "50%", "acts_on": {"rain": {"duration": "x 30%"}}}}
    one, other = answered(words, 500), answered(dict(reversed(words.items())), 500)
    for name in words:
        assert one[name].days.quantile(0.80) == other[name].days.quantile(0.80)
        assert one[name].net == other[name].net


def test_tables_carry_their_units():
    found = rm.responses(rm.simulate(FERRY, 500))
    frame = found.to_frame()
    wanted = {"saves_days_p80", "saves_days_p80_low", "saves_mean_EUR", "cost_EUR", "net_EUR", "pays"}
    assert wanted <= {*frame}
    assert [*frame.response] == ["neighbours", "second_source", "mock_up"]
    assert len(found.before_after()) == 6
    states = found.states_frame()
    assert [*states.state] == ["pre", "current", "post"]
    assert {"finish_p80", "finish_p80_days", "cost_p80_EUR", "finish chance: Summer timetable"} <= {*states}
    assert found.overlaps_frame().empty


def test_the_repr_and_the_card_read():
    found = rm.responses(rm.simulate(FERRY, 500))
    first = "Talks and wash trials with the residents: approved, P80 "
    assert repr(found).startswith(f"<Responses 'Electric Island Ferry': {first}")
    assert "Charging mock-up" in found._repr_html_()
    assert repr(found["mock_up"]).startswith("<ResponseEffect 'mock_up': saves ")


def test_a_program_without_responses_and_a_stranger_are_refused():
    with pytest.raises(ArgumentError, match="describe one under `responses:`"):
        answered({})
    with pytest.raises(ArgumentError, match="all that it has are done"):
        answered({"roof": {"status": "done", "acts_on": {"rain": OFF}}})
    found = answered({"roof": {"acts_on": {"rain": OFF}}}, 100)
    with pytest.raises(ArgumentError, match="did you mean 'roof'"):
        found["rooof"]
    with pytest.raises(ArgumentError, match="no dates of activities are kept"):
        found["roof"].with_it.activities()
