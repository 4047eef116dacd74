"""Risks that arrive: closed forms first, then every effect by hand, then what must not depend on anything else."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

import riskmc as rm
from arriving import DAY, SETTINGS, only, program, risk, told
from behaving_programs import behaving
from published import assert_mean, assert_variance
from riskmc.errors import ProgramError, RiskmcError
from riskmc.reports.records.forecast import compose
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock
from riskmc.simulation.stretching import stretched

N = 50_000
MONDAY = np.datetime64("2027-01-04", "m").astype(np.int64)


def days(one, iterations=256, **options):
    """Return the finish of every iteration in days of 24 hours from the start."""
    return (rm.simulate(one, iterations, **options).finish_minutes - MONDAY) / DAY


# ---- closed forms; false alarm one in a million


@pytest.mark.parametrize(
    ("exposure", "mean", "sd"),
    [("working", 52.0, 12.0), ("active", 57.142857, 20.489633), ("calendar", 57.142857, 20.489633)],
)
def test_pauses_on_the_work_clock_and_on_the_elapsed_clock_have_their_exact_mean_and_spread(exposure, mean, sd):
    """Work 40, rate 0.05 a day, pause exponential of mean 6 (Gaver 1962): 40 (1 + 0.3), and 40 / (1 - 0.3)."""
    stops = risk([{"on": "dig", "pause": "exponential(6d)", "overlap": "add"}], rate="0.05/d", exposure=exposure)
    found = days(program({"dig": {"duration": "40d"}}, risks={"stops": stops}), N)
    assert_mean(found, mean)
    assert_variance(found, sd**2, 1e-4)


def test_added_work_is_worked_and_brings_more_of_it():
    """Work 40, rate 0.05 a day while at work, 6 days added each time: the busy period of a queue, 40 / (1 - 0.3)."""
    adds = risk([{"on": "dig", "duration": "+ exponential(6d)"}], rate="0.05/d")
    found = days(program({"dig": {"duration": "40d"}}, risks={"adds": adds}), N)
    assert_mean(found, 40 / 0.7)
    assert_variance(found, 40 * 0.05 * 72 / 0.7**3)


def test_the_number_of_arrivals_is_poisson_in_every_month_at_its_own_rate():
    """February 1 a day, March none, April half of one a day: 28, 0 and 15 are the means and the variances."""
    months = {"feb": "364/y", "apr": "182/y"}
    counts = {month: [] for month in (2, 3, 4)}
    comes = risk([{"cost": "+ 1"}], by_month=months, exposure="active")
    for log in told(program({"dig": {"duration": "150d"}}, risks={"r": comes}), 1024):
        instants = [MONDAY + minute - 1 for minute, *_ in only(log, "STRUCK")]
        when = [instant.astype("datetime64[m]").astype("datetime64[M]") for instant in instants]
        for month, found in counts.items():
            found.append(sum(at == np.datetime64("2027-01") + (month - 1) for at in when))
    for month, expected in ((2, 28.0), (4, 15.0)):
        assert_mean(np.array(counts[month], float), expected)
        assert_variance(np.array(counts[month], float), expected)
    assert not any(counts[3])


# ---- the clocks, against minutes counted one by one


def open_minutes(work, first, last):
    """Return the minutes from first to last, from the start, that Monday to Friday 8-12 and 13-17 works."""
    minutes = np.arange(first, last)
    day, hour = minutes // DAY % 7, minutes % DAY // 60
    return minutes[(day < 5) & np.isin(hour, work)]


def test_a_project_works_while_any_of_its_activities_does_each_on_its_own_calendar():
    """Ten days of an office beside two and a half days round the clock from Wednesday on, then nothing, then a day."""
    hours = [*range(8, 12), *range(13, 17)]
    activities = {
        "office": {"duration": "10d"},
        "pump": {"duration": "60eh", "start_no_earlier_than": "2027-01-06"},
        "later": {"duration": "1d", "start_no_earlier_than": "2027-02-01"},
    }
    hourly = risk([{"cost": "+ 1"}], every="60min", **{"while": "p"})
    one = program(activities, calendar="standard", risks={"tick": hourly})
    exposed = sorted({
        *open_minutes(hours, 0, 12 * DAY).tolist(), *range(2 * DAY, 2 * DAY + 3600),
        *open_minutes(hours, 28 * DAY, 29 * DAY).tolist(),
    })  # fmt: skip
    expected = [exposed[60 * k - 1] + 1 for k in range(1, len(exposed) // 60 + 1)]
    struck = [minute for minute, *_ in only(told(one)[0], "STRUCK")]
    assert struck[: len(expected) - 1] == expected[:-1]
    assert len(struck) in (len(expected) - 1, len(expected))  # the last one comes as the last work ends


@pytest.mark.parametrize(("exposure", "expected"), [("working", 16), ("active", 18), ("calendar", 3 * 24 + 9)])
def test_exposure_counts_work_or_days_in_progress_or_all_time_in_between(exposure, expected):
    """One day of work on a Monday, one on a Thursday: 8:00 to 17:00 each. An arrival every hour of exposure."""
    activities = {"one": {"duration": "1d"}, "two": {"duration": "1d", "start_no_earlier_than": "2027-01-07"}}
    tick = risk([{"cost": "+ 1"}], every="60min" if exposure == "working" else "60emin", exposure=exposure)
    struck = only(told(program(activities, calendar="standard", risks={"tick": tick}))[0], "STRUCK")
    assert expected - 1 <= len(struck) <= expected


def test_nothing_arrives_before_the_data_date():
    work = {"dig": {"duration": "20d", "progress": {"started": "2027-01-04"}}}
    tick = risk([{"cost": "+ 1"}], every="1d")
    one = program(work, risks={"tick": tick}, data_date="2027-01-14")
    struck = [minute for minute, *_ in only(told(one)[0], "STRUCK")]
    assert struck[:3] == [11 * DAY, 12 * DAY, 13 * DAY]
    assert 9 <= len(struck) <= 10


# ---- effects by hand: an arrival every ten days of work


@pytest.mark.parametrize(
    ("impact", "finish"),
    [
        ({"duration": "+ 6d"}, 46.0),  # 30 days left and 6 more
        ({"duration": "x 150%"}, 55.0),  # half of 30 more
        ({"duration": "x 50%"}, 25.0),
        ({"duration": "+ -100d"}, 10.0 + 1 / DAY),  # something is always left to do
        ({"pause": "6d"}, 46.0),
        ({"pause": "6ed"}, 46.0),
    ],
)
def test_an_arrival_changes_what_is_left(impact, finish):
    one = program({"dig": {"duration": "40d"}}, risks={"r": risk([{"on": "dig", **impact}], every="10d", at_most=1)})
    assert (days(one) == finish).all()


@pytest.mark.parametrize(("at_most", "finish"), [(1, 46.0), (2, 52.0), (3, 58.0), (9, 58.0)])
def test_a_risk_arrives_no_more_often_than_it_may(at_most, finish):
    stops = risk([{"on": "dig", "pause": "6d"}], every="10d", at_most=at_most)
    assert (days(program({"dig": {"duration": "40d"}}, risks={"stops": stops})) == finish).all()


@pytest.mark.parametrize(("overlap", "finish"), [("union", 48.0), ("add", 52.0)])
def test_pauses_pass_together_or_one_after_the_other(overlap, finish):
    """At day 10 and, pauses counting, at day 12: six days each."""
    pause = {"on": "dig", "pause": "6d", "overlap": overlap}
    stops = {
        "first": risk([pause], every="10d", at_most=1),
        "second": risk([pause], every="12d", at_most=1, exposure="active"),
    }
    assert (days(program({"dig": {"duration": "40d"}}, risks=stops)) == finish).all()


@pytest.mark.parametrize(
    ("spread", "finishes"),
    [("each", (22.0, 32.0, 42.0)), ("once", (22.0, 30.0, 40.0)), ("split", (20 + 4 / 9, 30 + 6 / 9, 40 + 8 / 9))],
)
def test_added_work_is_shared_by_those_with_work_ahead(spread, finishes):
    """Two days after ten days; `done` has ended by then. Split by the planned 20, 30 and 40 days."""
    work = {"done": "10d", "a": "20d", "b": "30d", "c": "40d"}
    adds = risk([{"on": ["done", "a", "b", "c"], "duration": "+ 2d", "spread": spread}], every="10.5d", at_most=1)
    one = program({name: {"duration": lasts} for name, lasts in work.items()}, risks={"adds": adds}, targets=[
        {"name": name, "at": f"p.{name}", "finish": "2028-01-01"} for name in work
    ])  # fmt: skip
    found = rm.simulate(one, 256).milestone_finish
    for name, finish in zip("abc", finishes, strict=True):
        assert np.abs((found[f"p.{name}"] - MONDAY) / DAY - finish).max() <= 0.5 / DAY + 1e-9, name
    assert (found["p.done"] == MONDAY + 10 * DAY).all()


def test_a_pause_holds_back_what_has_not_begun():
    """`b` could begin after day 10, and the site is closed from day 9 to day 15."""
    stops = risk([{"on": "b", "pause": "6d"}], every="9d", at_most=1)
    one = program({"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"]}}, risks={"stops": stops})
    assert (days(one) == 20.0).all()


@pytest.mark.parametrize(("paused", "finish"), [("hold", 26.0), ("release", 20.0)])
def test_paused_work_keeps_its_crew_or_lets_it_go(paused, finish):
    """The crew digs ten days and paves ten. It waits for six days from day 4 on, or paves until day 14 meanwhile."""
    stops = risk([{"on": "dig", "pause": "6d"}], every="4d", at_most=1)
    work = {name: {"duration": "10d", "uses": {"crew": 1}, "while_paused": paused} for name in ("dig", "pave")}
    assert (days(program(work, risks={"stops": stops}, resources={"crew": {"capacity": 1}})) == finish).all()


def test_units_are_lost_for_a_time_and_what_runs_goes_on():
    """Of two cranes one is out from day 5 to day 25: `b` begins at day 10 alone, `c` when the crane is back."""
    out = risk([{"resource": "crane", "units": -1, "lasts": "20d"}], every="5d", at_most=1)
    work = {name: {"duration": "10d", "uses": {"crane": 1}} for name in "ab"} | {
        name: {"duration": "10d", "uses": {"crane": 1}, "after": ["a", "b"]} for name in "cd"
    }
    one = program(work, risks={"out": out}, resources={"crane": {"capacity": 2}})
    assert (days(one) == 30.0).all()
    capacities = [(minute / DAY, value) for minute, _, _, value in only(told(one)[0], "CAPACITY_SET")]
    assert capacities == [(5.0, 1000), (25.0, 2000)]


def test_money_is_charged_once_an_arrival_to_the_program_or_to_a_project():
    def charged(impact):
        return rm.simulate(
            program({"dig": {"duration": "40d"}}, risks={"fees": risk([impact], every="10d", at_most=3)}), 256
        )

    alone, owned = charged({"cost": "+ 123.45"}), charged({"on": "dig", "cost": "+ 123.45"})
    assert (alone.cost_cents == 3 * 12345).all()
    assert (alone.project_cost["p"] == 0).all()
    assert (owned.cost_cents == 3 * 12345).all()
    assert (owned.project_cost["p"] == 3 * 12345).all()


# ---- responses (K6)


def answered(**response):
    stops = risk([{"on": "dig", "pause": "6d"}, {"on": "dig", "duration": "+ 4d"}], every="10d", at_most=1)
    response = {"status": "approved", **response}
    return program({"dig": {"duration": "40d"}}, risks={"stops": stops}, responses={"r": response})


def test_a_response_scales_or_replaces_what_an_arrival_does():
    assert (days(answered(acts_on={"stops": {"duration": "x 50%"}})) == 48.0).all()
    instead = answered(acts_on={"stops": {"impacts": [{"on": "dig", "pause": "1d"}]}})
    assert (days(instead) == 41.0).all()
    assert (days(instead, mitigation="pre") == 50.0).all()


def test_a_response_that_works_half_the_time_acts_in_those_iterations():
    found = days(answered(works="50%", acts_on={"stops": {"duration": "x 50%"}}), 10_000)
    assert set(np.unique(found)) == {48.0, 50.0}
    assert_mean(found, 49.0)


def test_a_secondary_risk_arrives_only_where_its_response_acts():
    one = answered(secondary=["stops"])
    assert (days(one) == 50.0).all()
    assert (days(one, mitigation="pre") == 40.0).all()


# ---- one implementation against the other, and what may not matter


@settings(max_examples=8)
@given(behaving(("arrivals", "pools")))
def test_simpy_and_the_kernel_tell_the_same_of_arrivals_event_by_event(words):
    try:
        agreement = stretched(rm.Program(**words), SETTINGS, lambda network: compare_events(network, 1, 32))
    except RiskmcError:
        assume(False)
    assert agreement.first is None


CROWDED = {
    "a": {"duration": "uniform(10d 30d)", "uses": {"crew": 1}, "while_paused": "release"},
    "b": {"duration": "uniform(10d 30d)", "uses": {"crew": 1}},
    "c": {"duration": "uniform(10d 30d)", "after": ["a", "b"]},
}
STORMS = risk(
    [{"on": "p.*", "pause": "exponential(2d)", "overlap": "add"}, {"resource": "crew", "units": 1, "lasts": "3d"},
     {"on": "p.*", "duration": "+ uniform(1d 2d)", "spread": "split"}], rate="60/y", exposure="calendar",
)  # fmt: skip


def crowded(**risks):
    return program(CROWDED, calendar="standard", risks={"storms": STORMS, **risks}, resources={"crew": {"capacity": 1}})


def test_both_implementations_agree_where_everything_strikes_at_once_and_tell_of_every_kind():
    kernel, reference = told(crowded(), 64), told(crowded(), 64, kind=ReferenceBlock)
    assert kernel == reference
    kinds = {kind for log in kernel for _, kind, _, _ in log}
    assert kinds >= {"STRUCK", "PAUSED_BY", "WENT_ON", "STOPPED", "RESUMED", "WORK_ADDED", "CAPACITY_SET"}


def test_arrivals_are_the_same_for_any_threads_and_any_part_of_the_iterations():
    whole = rm.simulate(crowded(), 768, threads=1)
    shared = rm.simulate(crowded(), 768, threads=3)
    part = rm.simulate(crowded(), range(300, 500), threads=1)
    assert np.array_equal(whole.finish_minutes, shared.finish_minutes)
    assert np.array_equal(whole.finish_minutes[300:500], part.finish_minutes)
    assert whole.arrived == shared.arrived


def test_another_risk_shifts_no_arrival_and_no_size_of_this_one():
    """Rule D6: fees that arrive often, and cost money alone, leave every other event where it was."""
    alone = told(crowded(), 64)
    beside = told(crowded(fees=risk([{"cost": "+ exponential(9)"}], rate="300/y")), 64)
    without_fees = [
        [(minute, kind, 0 if kind == "STRUCK" else entity, value) for minute, kind, entity, value in log
         if kind != "STRUCK" or entity == 1]
        for log in beside
    ]  # fmt: skip
    assert [[e for e in log if e[1] != "PAUSED_BY" and e[1] != "WENT_ON"] for log in without_fees] == [
        [e for e in log if e[1] != "PAUSED_BY" and e[1] != "WENT_ON"] for log in alone
    ]


def test_the_record_counts_iterations_with_an_arrival_and_their_mean_number():
    """Rate 0.05 a day over 40 days of work: at least one in 1 - exp(-2) of the iterations, 2 on average."""
    fees = risk([{"cost": "+ 1"}], rate="0.05/d")
    trials = rm.simulate(program({"dig": {"duration": "40d"}}, risks={"fees": fees}), N)
    [told_] = compose(trials)["risks"]
    assert told_["id"] == "fees"
    assert abs(told_["occurred"] - (1 - np.exp(-2))) <= 4.9 * np.sqrt(np.exp(-2) * (1 - np.exp(-2)) / N)
    assert abs(told_["mean_number"] - 2) <= 4.9 * np.sqrt(2 / N)
    assert told_["mean_number"] * 100 == pytest.approx(trials.cost_cents.mean())


# ---- refusals


@pytest.mark.parametrize(
    ("arrivals", "impact", "said"),
    [
        ({"every": "uniform(0min 1min)"}, {"cost": "+ 1"}, r"risks\.r\.arrivals: comes every 0\.5 minutes on average"),
        ({"every": "1ed"}, {"cost": "+ 1"}, r"`every` in elapsed time needs `exposure: active` or `calendar`"),
        ({"rate": "1/y"}, {"on": "dig", "cost": "x 120%"}, r"risks\.r\.impacts\[0\]: .*a risk that arrives adds money"),
        ({"rate": "1/y"}, {"on": "p.*", "duration": "+ 1d"}, r"adds to several activities, so it must say `spread"),
        ({"rate": "1/y"}, {"on": "dig", "duration": "+ 1ed"}, r"an elapsed addition cannot strike p\.dig"),
    ],
)
def test_what_an_arrival_cannot_do_is_refused_with_its_place(arrivals, impact, said):
    activities = {"dig": {"duration": "40d"}, "pave": {"duration": "1d"}}
    with pytest.raises(ProgramError, match=said):
        rm.simulate(program(activities, calendar="standard", risks={"r": risk([impact], **arrivals)}), 256)


def test_working_time_of_more_calendars_than_can_be_told_apart_is_refused():
    calendars = {f"c{i}": {"week": {"mon-fri": f"0{i}:00-1{i}:00"}} for i in range(8)}
    activities = {f"a{i}": {"duration": "5d", "calendar": f"c{i}"} for i in range(8)}
    one = program(activities, calendars=calendars, risks={"r": risk([{"cost": "+ 1"}], rate="9/y")})
    with pytest.raises(ProgramError, match=r"work on 8 different calendars; 6 are the most: use `exposure: active`"):
        rm.simulate(one, 256)


@pytest.mark.parametrize(
    ("sections", "place"),
    [
        ({"responses": {"m": {"acts_on": {"r": {"probability": "5%"}}}}}, r"responses\.m\.acts_on\.r\.probability: "),
        ({"when": "risk r"}, r"projects\.p\.activities\.pave\.when: "),
        ({"given": {"r": "50%"}}, r"risks\.other\.given\.r: "),
    ],
)
def test_nothing_can_hang_on_whether_a_risk_that_arrives_has_occurred(sections, place):
    given = sections.pop("given", {})
    pave = {"duration": "1d"} | {word: sections.pop(word) for word in ("when",) if word in sections}
    risks = {"r": risk([{"cost": "+ 1"}], rate="1/y")}
    risks["other"] = {"probability": "10%", "given": given, "impacts": [{"cost": "+ 1"}]}
    with pytest.raises(ProgramError, match=place + "risk 'r' arrives at moments of its own"):
        rm.simulate(program({"dig": {"duration": "40d"}, "pave": pave}, risks=risks, **sections), 256)
