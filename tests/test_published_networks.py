"""Published worked cases of schedule networks: stochastic networks, PERT, floats, merge bias, PSPLIB.

The inputs stand here with their sources. Every bound comes from the sampling error: a right program fails a line about
once in a million seeds. Where a value was itself found by simulation, its own error is added. Where a source prints a
wrong number (TRAP), the right one is asserted.
"""

from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import riskmc
from published import (
    N,
    Z,
    assert_mean,
    assert_quantile,
    assert_share,
    assert_variance,
    chain,
    classic,
    criticality,
    minutes,
    network,
    program,
    simulated,
    spearman,
    times,
)
from riskmc.forecast.interval import quantile_rank


@pytest.mark.statistical
def test_net_01_five_exponential_activities_have_the_exact_finish_of_nelson():
    """Stochastic activity network with a closed form. Source: B. L. Nelson, Foundations and Methods of Stochastic
    Simulation, the example SANMax (github: iamharis/MIE1613, SANMax.py)."""
    arcs = {"x1": [[], 1], "x2": [[], 1], "x3": [["x1"], 1], "x4": [["x1"], 1], "x5": [["x2", "x3"], 1]}
    t = simulated(network(arcs, "exponential", 5000), 5000)
    assert_share(t > 5, 0.1653297069936)
    assert_mean(t, 83 / 24)
    assert_variance(t, 2.8871527777777786)


@pytest.mark.statistical
def test_net_05_trap_nine_triangular_jobs_finish_as_the_table_says_and_not_as_the_book_prints():
    """The book prints 47.789, 0.709 and 0.450, which belong to another network than its table. Source: M. D. Rossetti,
    Simulation Modeling using the Kotlin Simulation Library, 2nd ed. (2023), example 3.12."""
    jobs = {
        "a": [[], 2, 5, 8],
        "b": [["a"], 6, 9, 12],
        "c": [["a"], 6, 7, 8],
        "d": [["b", "c"], 1, 4, 7],
        "e": [["a"], 7, 8, 9],
        "f": [["d", "e"], 5, 14, 17],
        "g": [["c"], 3, 12, 21],
        "h": [["f", "g"], 3, 6, 9],
        "i": [["h"], 5, 8, 11],
    }
    t = simulated(network(jobs, "triangular", 2000), 2000)
    assert_mean(t, 44.2766870454549, own_error=0.02)
    assert_share(t <= 50, 0.9498125, own_error=0.001)
    assert_share((t >= 42) & (t <= 48), 0.5911395, own_error=0.002)
    for p, value in ((0.5, 44.3423), (0.8, 47.3108), (0.9, 48.8032)):
        assert_quantile(t, p, value, own_error=0.02)


SALLAN = {"a": [], "b": ["a"], "c": [], "d": ["c"], "e": ["b", "d"], "f": ["c"]}


def test_net_06_six_activities_take_1500_and_c_d_e_are_critical():
    """Source: J. M. Sallan, Deterministic and Stochastic Project Planning (2024), github: jmsallan/blog."""
    days = {"a": 400, "b": 600, "c": 500, "d": 600, "e": 400, "f": 900}
    plan = program({n: {"duration": minutes(days[n], 60), "after": SALLAN[n]} for n in days}, 60)
    trials = riskmc.simulate(plan, iterations=10)
    assert set(times(trials, 60)) == {1500.0}
    assert trials.plan.finish == trials.finish_minutes[0]
    assert {name for name, share in criticality(trials).items() if share == 1.0} == {"c", "d", "e"}


@pytest.mark.statistical
def test_net_07_beta_pert_deciles_and_criticality_are_those_of_the_six_activities():
    """Deciles recomputed in 2 million iterations; the post's own come from 1,000. Source as above."""
    numbers = {
        "a": (300, 400, 600),
        "b": (400, 600, 750),
        "c": (250, 500, 550),
        "d": (300, 600, 700),
        "e": (300, 400, 500),
        "f": (700, 900, 1100),
    }
    plan = network({name: [SALLAN[name], *numbers[name]] for name in numbers}, "pert", 100)
    trials = riskmc.simulate(plan, iterations=N)
    t = times(trials, 100)
    deciles = (1386.35, 1419.43, 1443.21, 1463.45, 1482.18, 1500.79, 1520.4, 1542.96, 1573.26)
    for tenth, value in enumerate(deciles, 1):
        assert_quantile(t, tenth / 10, value, own_error=1.0)
    share = criticality(trials)
    for name, expected in {"e": 0.8302, "f": 0.1698, "d": 0.4814, "a": 0.3488}.items():
        assert abs(share[name] - expected) <= Z * sqrt(expected * (1 - expected) / N) + 0.003


@pytest.mark.statistical
def test_net_08_three_discrete_tasks_in_a_row_have_the_exact_distribution():
    """The page's mean of 13.3 is a slip: the tasks average 3.1, 6.2 and 4.1. Source: NB0003 Project Risk Assessment,
    C. Cao after E. Marsden, risk-engineering.org."""
    tasks = {
        "t1": "discrete(2000min:10% 3000min:70% 4000min:20%)",
        "t2": "discrete(5000min:20% 6000min:60% 8000min:20%)",
        "t3": "discrete(3000min:5% 4000min:80% 5000min:15%)",
    }
    before = {"t1": [], "t2": ["t1"], "t3": ["t2"]}
    t = simulated(program({n: {"duration": d, "after": before[n]} for n, d in tasks.items()}, 1000), 1000)
    for days, share in zip(range(10, 18), (0.001, 0.026, 0.186, 0.405, 0.188, 0.135, 0.053, 0.006), strict=True):
        assert_share(t == days, share)
    assert_mean(t, 13.4)
    assert_variance(t, 1.44)
    assert np.sort(t)[quantile_rank(t.size, 0.95) - 1] == 16


def test_net_11_the_schedule_and_its_floats_are_those_of_critpath():
    """Early and late starts and total float of cpmexample1. Source: A. Kucharski, R package critpath (2024)."""
    rows = {"a": ([], 3), "b": ([], 2), "c": ([], 5), "d": (["a"], 1), "e": (["b"], 1), "f": (["c", "d", "e"], 3)}
    plan = program({n: {"duration": minutes(d, 1440), "after": b} for n, (b, d) in rows.items()}, 1440)
    trials = riskmc.simulate(plan, iterations=1)
    origin = int(np.datetime64(trials.start, "m").astype(np.int64))
    early = {n: (trials.plan.activity_start[f"p.{n}"] - origin) / 1440 for n in rows}
    slack = {n: trials.plan.total_float_days[f"p.{n}"] for n in rows}
    assert times(trials, 1440)[0] == 8
    assert early == {"a": 0, "b": 0, "c": 0, "d": 3, "e": 2, "f": 5}
    assert slack == {"a": 1, "b": 2, "c": 0, "d": 1, "e": 2, "f": 0}
    assert {n: early[n] + slack[n] for n in rows} == {"a": 1, "b": 2, "c": 0, "d": 4, "e": 4, "f": 5}


@pytest.mark.statistical
@pytest.mark.parametrize(
    "rows, mean, variance, deadline, probability",
    [
        # NET-12: A. Kucharski, R package critpath, pertexample1, critical path A B E H I; P at 30
        ([(3, 5, 7), (5, 7, 9), (6, 8, 10), (3, 5, 7), (4, 6, 8)], 31, 1.490712**2, 30, 0.2511675),
        # NET-15: Hill Construction case of Heizer and Render, critical path A C D G H I L; P at 270
        (
            [(20, 30, 40), (50, 60, 100), (30, 50, 100), (25, 30, 35), (10, 20, 30), (20, 25, 60), (20, 25, 60)],
            260,
            319.444,
            270,
            0.7121,
        ),
        # NET-16: B. W. Taylor, Introduction to Management Science, ch. 8, critical path 1 3 5 7; P at 28
        ([(5, 8, 17), (3, 5, 7), (4, 6, 8), (3, 4, 5)], 24, 5.0, 28, 0.9632),
    ],
)
def test_net_12_15_16_classic_pert_along_the_critical_path(rows, mean, variance, deadline, probability):
    """Activities as normals with the classic mean and deviation, as the textbooks take them."""
    t = simulated(chain("normal", classic(rows), 1000), 1000)
    assert_mean(t, mean)
    assert_variance(t, variance, own_error=0.001)
    assert_share(t <= deadline, probability, own_error=0.0001)


@pytest.mark.statistical
def test_net_15_beta_pert_spreads_wider_than_the_textbook_formula_says():
    """The true variance of the Hill Construction path is 353.3, not 319.4 (see DST-02)."""
    rows = [(20, 30, 40), (50, 60, 100), (30, 50, 100), (25, 30, 35), (10, 20, 30), (20, 25, 60), (20, 25, 60)]
    t = simulated(chain("pert", rows, 500), 500)
    assert_mean(t, 260)
    assert_variance(t, sum((m - a) * (b - m) / 7 for (a, _, b), (m, _) in zip(rows, classic(rows), strict=True)))
    assert_share(t <= 270, 0.7095, own_error=0.0015)


def test_net_17_fourteen_activities_have_the_printed_dates_and_slack():
    """PERT means as durations. Source: WizEdu Q717873, a Stevenson-type exercise; its table to two decimals."""
    tasks = {
        "a": (5, 5, 7, ""),
        "b": (1, 2, 5, ""),
        "c": (5, 5, 5, "a"),
        "d": (4, 8, 13, "a"),
        "e": (1, 10, 17, "bc"),
        "f": (1, 5, 7, "d"),
        "g": (2, 6, 9, "d"),
        "h": (4, 4, 6, "ef"),
        "i": (2, 7, 10, "gh"),
        "j": (2, 4, 7, "i"),
        "k": (6, 10, 13, "i"),
        "l": (2, 6, 6, "j"),
        "m": (2, 2, 3, "k"),
        "n": (7, 7, 12, "lm"),
    }
    mean = {name: (low + 4 * mode + high) / 6 for name, (low, mode, high, _) in tasks.items()}
    plan = program({n: {"duration": minutes(mean[n], 1440), "after": list(tasks[n][3])} for n in tasks}, 1440)
    trials = riskmc.simulate(plan, iterations=1)
    origin = int(np.datetime64(trials.start, "m").astype(np.int64))
    early = {n: (trials.plan.activity_start[f"p.{n}"] - origin) / 1440 for n in tasks}
    slack = {n: trials.plan.total_float_days[f"p.{n}"] for n in tasks}
    printed = {  # early start, early finish, late start, late finish, slack
        "a": (0, 5.33, 0, 5.33, 0),
        "b": (0, 2.33, 8, 10.33, 8),
        "c": (5.33, 10.33, 5.33, 10.33, 0),
        "d": (5.33, 13.5, 7.17, 15.33, 1.83),
        "e": (10.33, 20, 10.33, 20, 0),
        "f": (13.5, 18.17, 15.33, 20, 1.83),
    }
    for n, row in printed.items():
        late = early[n] + slack[n]
        assert (early[n], early[n] + mean[n], late, late + mean[n], slack[n]) == pytest.approx(row, abs=0.0051)
    assert times(trials, 1440)[0] == pytest.approx(50.8333, abs=0.001)
    assert {n for n, share in criticality(trials).items() if share == 1} == set("acehikmn")


@pytest.mark.statistical
def test_net_19_triangular_and_exponential_tasks_mix():
    """Values recomputed in 2 million iterations. Source: R package ProjectManagement, example of stochastic.pert."""
    activities = {
        "t1": {"duration": ("triangular", 1, 2, 3)},
        "t2": {"duration": ("triangular", 0.5, 1, 1.5), "after": ["t1"]},
        "t3": {"duration": ("triangular", 0.25, 0.5, 2.25)},
        "t4": {"duration": ("triangular", 3, 4, 5), "after": ["t1", "t3"]},
        "t5": {"duration": ("exponential", 2), "after": ["t2"]},
    }
    trials = riskmc.simulate(program(activities, 5000), iterations=N)
    t = times(trials, 5000)
    assert_mean(t, 6.469, own_error=0.004)
    assert abs(t.std() - 1.365) <= 0.02
    for p, value in ((0.5, 6.188), (0.8, 6.882), (0.95, 9.038)):
        assert_quantile(t, p, value, own_error=0.01)
    share = criticality(trials)
    for name, expected in {"t2": 0.227, "t5": 0.227, "t3": 0.0463}.items():
        assert abs(share[name] - expected) <= Z * sqrt(expected * (1 - expected) / N) + 0.001


@pytest.mark.statistical
@pytest.mark.parametrize("paths, excess", [(2, 0.56419), (3, 0.846284), (4, 1.029375), (5, 1.162964), (6, 1.267206)])
def test_mrg_01_parallel_normal_paths_finish_late_by_the_expected_largest_of_normals(paths, excess):
    """Source: expected order statistics of the normal, Tippett (1925), Teichroew (1956), Harter (1961)."""
    rows = {f"a{i}": [[], 20, 3] for i in range(paths)}
    assert_mean(simulated(network(rows, "normal", 2000), 2000), 20 + 3 * excess)


@pytest.mark.statistical
def test_mrg_03_the_larger_of_two_correlated_normals_has_clarks_moments():
    """Source: C. E. Clark, The Greatest of a Finite Set of Random Variables, Operations Research 9 (1961)."""
    rows = {"one": [[], 10, 2], "two": [[], 9, 3]}
    pair = [{"pair": ["one", "two"], "duration": spearman(0.5)}]
    trials = riskmc.simulate(network(rows, "normal", 3000, correlations=pair), iterations=N)
    t = times(trials, 3000)
    assert_mean(t, 10.63001)
    assert_variance(t, 4.73672)
    assert_share(np.array([criticality(trials)["one"]]), 0.64727, own_error=0.0002)


def test_res_02_trap_the_critical_path_of_the_made_up_fixture_is_59():
    """A file in PSPLIB's format whose header says 41; the longest path of its data is 59. Source: utf8proj, test
    fixture SAMPLE_PSPLIB."""
    days = (0, 3, 9, 7, 9, 1, 6, 5, 3, 4, 5, 5, 7, 4, 9, 3, 4, 9, 9, 9, 4, 8, 4, 5, 6, 5, 4, 3, 5, 9, 3, 0)
    successors = (
        "2 3 4,7 8 10,5 6 12,11 14,16 18,9 11,13,13 23,17 21,15 16 22,13 23,14 15 22,20,16 17 24,19 20,26,19 26,"
        "21 22 23,25 29,21 25 26,24 29,24 28,27 28 30,25 27,30,27 28,29,31,31,31,32,"
    )
    activities = {f"j{j}": {"duration": minutes(d, 1440), "after": []} for j, d in enumerate(days, 1)}
    for job, after in enumerate(successors.split(","), 1):
        for successor in after.split():
            activities[f"j{successor}"]["after"].append(f"j{job}")
    assert times(riskmc.simulate(program(activities, 1440), iterations=1), 1440)[0] == 59


def activities_of(file, unit):
    """Return the activities of a PSPLIB single-mode file (.sm), and the length of its longest path, MPM-Time."""
    lines = file.read_text(encoding="utf-8").splitlines()
    heading = {line.split(":")[0].strip(): number for number, line in enumerate(lines)}
    longest = int(lines[heading["PROJECT INFORMATION"] + 2].split()[5])
    links = [list(map(int, line.split())) for line in rows(lines, heading["PRECEDENCE RELATIONS"] + 2)]
    days = {int(line.split()[0]): int(line.split()[2]) for line in rows(lines, heading["REQUESTS/DURATIONS"] + 3)}
    found = {f"j{job}": {"duration": minutes(days[job], unit), "after": []} for job in days}
    for job, _modes, _count, *successors in links:
        for successor in successors:
            found[f"j{successor}"]["after"].append(f"j{job}")
    return found, longest


def rows(lines, first):
    """Return the lines of a table, up to its closing line of stars."""
    last = next(number for number in range(first, len(lines)) if lines[number].startswith("*"))
    return lines[first:last]


def test_every_psplib_network_is_as_long_as_its_file_says():
    """MPM-Time is the critical path without resources. Source: R. Kolisch and A. Sprecher, PSPLIB (1996); among the
    files RES-01, j301_1, which takes 38."""
    folder = Path(__file__).parents[1] / "../shared/data/rcpsp"
    files = sorted(folder.glob("*/*.sm"))
    if not files:
        pytest.skip("the PSPLIB files are not here: they are test data that does not belong to the project")
    found = {}
    for file in files:
        jobs, longest = activities_of(file, 1440)
        trials = riskmc.simulate(program(jobs, 1440), iterations=1)
        found[file.stem] = (days_to_finish(trials), longest)
    assert {name: pair for name, pair in found.items() if pair[0] != pair[1]} == {}
    assert found["j301_1"] == (38, 38)


def days_to_finish(trials):
    """Return the deterministic finish in days from the start."""
    return (trials.plan.finish - int(np.datetime64(trials.start, "m").astype(np.int64))) / 1440
