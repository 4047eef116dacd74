"""Variables as the kernels see them: exact marginals, independent of neighbours, blocks and order."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

import scored
from riskmc.distributions import distribution
from riskmc.errors import ProgramError
from riskmc.kernels import curves as kernel
from riskmc.kernels.normal import scores
from riskmc.sampling import Variables, keys, pert_series, thresholds

FALSE_ALARM = 1e-6


def made(family, clip=None, **parameters):
    return distribution(family, tuple(parameters.items()), clip)


def steps(**shares):
    return distribution(
        "discrete", [w for v, p in shares.items() for w in (("value", float(v[1:])), ("probability", p))]
    )


SMOOTH = {
    "uniform": made("uniform", low=1, high=4),
    "triangular": made("triangular", low=15, mode=20, high=40),
    "triangular at its low": made("triangular", low=15, mode=15, high=40),
    "triangular at its high": made("triangular", low=15, mode=40, high=40),
    "trigen": made("trigen", low=90, mode=100, high=130),
    "pert": made("pert", low=15, mode=20, high=40),
    "pert at its low": made("pert", low=15, mode=15, high=40),
    "pert at its high": made("pert", low=15, mode=40, high=40),
    "pert of shape 2": made("pert", low=15, mode=20, high=40, shape=2),
    "pert of shape 1": made("pert", low=15, mode=20, high=40, shape=1),
    "pert of shape 60": made("pert", low=15, mode=20, high=40, shape=60),
    "normal": made("normal", mean=100, sd=8),
    "lognormal, narrow": made("lognormal", mean=1e7, sd=1e3),
    "lognormal": made("lognormal", mean=30, sd=20),
    "lognormal, wide": made("lognormal", mean=30, sd=200),
    "beta": made("beta", a=2, b=5, low=0, high=3),
    "beta, U shape": made("beta", a=0.5, b=0.5, low=0, high=3),
    "gamma": made("gamma", shape=2, scale=5),
    "gamma, L shape": made("gamma", shape=0.3, scale=5),
    "weibull": made("weibull", shape=2, scale=5),
    "weibull, L shape": made("weibull", shape=0.6, scale=5),
    "exponential": made("exponential", mean=5),
    "clipped normal": made("normal", (0, 12), mean=10, sd=8),
    "clipped pert": made("pert", (18, 30), low=15, mode=20, high=40),
    "clipped triangular": made("triangular", (18, 30), low=15, mode=20, high=40),
    "scipy's gumbel": made("gumbel_r", loc=3, scale=2),
}


def drawn(named, blocks, seed=1):
    """Scores and values (float32[n, 256 * blocks]) of (name, distribution) pairs."""
    variables = Variables.of([distribution for _, distribution in named])
    z, out = np.empty((len(named), 256), np.float32), np.empty((len(named), 256), np.float32)
    all_z, all_out = [], []
    for block in blocks:
        scored.fill([name for name, _ in named], seed, block, z)
        variables.values(z, out)
        all_z.append(z.copy())
        all_out.append(out.copy())
    return np.concatenate(all_z, axis=1), np.concatenate(all_out, axis=1)


@pytest.fixture(scope="module")
def smooth():
    return Variables.of(list(SMOOTH.values())), *drawn(list(SMOOTH.items()), range(200))


@pytest.mark.parametrize("position", range(len(SMOOTH)), ids=list(SMOOTH))
def test_values_are_the_exact_quantiles_of_their_scores_within_the_stated_error(smooth, position):
    variables, z, values = smooth
    exact = list(SMOOTH.values())[position]
    expected = exact.quantile(special.ndtr(z[position].astype(float)))
    shown = np.abs(z[position]) <= 4.95
    rounding = 3e-7 * np.abs(expected[shown]).max() / exact.sd()
    worst = np.abs(values[position] - expected)[shown].max() / exact.sd()
    assert worst <= variables.error[position] * 1.2 + rounding + 1e-5
    assert variables.error[position] <= 2e-4


@pytest.mark.parametrize("position", range(len(SMOOTH)), ids=list(SMOOTH))
def test_money_is_the_same_quantile_without_the_rounding_of_single_precision(smooth, position):
    variables, z, _ = smooth
    n = len(SMOOTH)
    part = np.ascontiguousarray(z[:, :256])
    amounts = np.empty((n, 256))
    variables.amounts(part, np.empty((n, 256), np.float32), amounts)
    exact = list(SMOOTH.values())[position]
    expected = exact.quantile(special.ndtr(part[position].astype(float)))
    assert np.abs(amounts[position] - expected).max() / exact.sd() <= variables.error[position] * 1.5 + 2e-5


@pytest.mark.statistical
@pytest.mark.parametrize("position", range(len(SMOOTH)), ids=list(SMOOTH))
def test_samples_follow_the_distribution_asked_for(smooth, position):
    """Kolmogorov and Smirnov's test on 51,200 draws, false alarm one in a million."""
    _, _, values = smooth
    exact = list(SMOOTH.values())[position]
    assert stats.kstest(values[position].astype(float), exact.cdf).pvalue > FALSE_ALARM


def test_steps_are_exact_values_for_durations_and_for_money():
    named = [
        ("two", steps(v3=0.2, v5=0.8)),
        ("large", steps(v12345678901=0.5, v99999999999=0.5)),
        ("sure", made("constant", value=7)),
    ]
    z, values = drawn(named, range(4))
    amounts = np.empty((3, 256))
    Variables.of([distribution for _, distribution in named]).amounts(
        np.ascontiguousarray(z[:, :256]), np.empty((3, 256), np.float32), amounts
    )
    assert set(values[0].tolist()) == {3.0, 5.0}
    assert set(amounts[1].tolist()) == {12345678901.0, 99999999999.0}
    assert (values[2] == 7).all()
    np.testing.assert_array_equal(amounts[0], values[0, :256])


@pytest.mark.parametrize("p", [1e-6, 0.001, 0.05, 0.2, 1 / 3, 0.5, 0.7, 0.95, 0.9999])
def test_an_uncorrelated_event_has_its_probability_to_a_ten_millionth(p):
    """Counted over the words around the threshold: those on the wrong side of it, over all 2^32 words."""
    (threshold,) = thresholds([p])
    at = round(p * 2**32)
    words = np.arange(max(at - 40_000, 0), min(at + 40_000, 2**32)).astype(np.uint32)
    z = np.empty(words.size, np.float32)
    scores(words, z)
    wrong = np.count_nonzero((z < threshold) != (words < at))
    assert wrong / 2**32 < 1e-7
    assert not ((z < threshold) != (words < at))[[0, -1]].any()


def test_what_never_and_what_always_happens_is_exact():
    np.testing.assert_array_equal(thresholds([0.0, 1.0]), [-np.inf, np.inf])


@pytest.mark.statistical
def test_a_discrete_variable_has_its_probabilities():
    """Binomial counts of 204,800 draws, false alarm one in a million."""
    _, values = drawn([("d", steps(v1=0.1, v2=0.25, v3=0.65))], range(800))
    n = values.size
    for value, p in ((1, 0.1), (2, 0.25), (3, 0.65)):
        count = np.count_nonzero(values == value)
        assert abs(count - n * p) < stats.norm.isf(FALSE_ALARM / 2) * np.sqrt(n * p * (1 - p))


def test_adding_removing_and_reordering_variables_changes_nobody_elses_values():
    everyone = list(SMOOTH.items())
    variables = Variables.of(list(SMOOTH.values()))
    _, all_values = drawn(everyone, [3])
    for chosen in ([0], [5, 4], [17, 3, 12, 9], list(range(len(everyone)))[::-1]):
        some = [everyone[i] for i in chosen]
        np.testing.assert_array_equal(drawn(some, [3])[1], all_values[chosen])
        np.testing.assert_array_equal(Variables.of([d for _, d in some]).error, variables.error[chosen])


def test_two_distributions_of_one_shape_share_a_fit_and_keep_their_own_bits():
    a, b = made("gamma", shape=2.5, scale=5), made("gamma", shape=2.5, scale=7)
    both = Variables.of([a, b])
    assert len(both.curves.powers) == 2
    np.testing.assert_array_equal(both.curves.powers[0], both.curves.powers[1])
    np.testing.assert_array_equal(drawn([("a", a), ("b", b)], [0])[1][1], drawn([("b", b)], [0])[1][0])


def test_any_block_alone_gives_the_bits_it_has_among_others():
    named = list(SMOOTH.items())
    _, together = drawn(named, range(6))
    for block in (5, 0, 3):
        np.testing.assert_array_equal(drawn(named, [block])[1], together[:, 256 * block : 256 * (block + 1)])


def test_another_seed_or_name_gives_other_draws():
    named = [("a", SMOOTH["pert"]), ("b", SMOOTH["pert"])]
    z, _ = drawn(named, [0])
    assert not np.array_equal(z[0], z[1])
    assert not np.array_equal(z[0], drawn(named, [0], seed=2)[0][0])
    assert not np.array_equal(z[0], drawn(named, [0], seed=1 + 2**32)[0][0])


def test_a_program_of_the_usual_families_compiles_without_scipy_stats_special_or_pandas():
    code = (
        "import sys; from riskmc.distributions import distribution; from riskmc.sampling import Variables;"
        "three = [('low', 1), ('mode', 2), ('high', 4)];"
        "Variables.of([distribution('pert', three), distribution('trigen', three)]);"
        "print(*({'scipy.stats', 'scipy.special', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_two_variables_of_one_name_are_refused():
    with pytest.raises(ProgramError, match="has the same random numbers as 'a'"):
        keys(["a", "b", "a"])


def test_no_variables_at_all_is_a_program_too():
    variables = Variables.of([])
    variables.values(np.empty((0, 256), np.float32), np.empty((0, 256), np.float32))


def test_the_baked_series_is_what_its_script_would_bake():
    baked, fresh = pert_series.series(4.0), pert_series.build(4.0)
    assert np.abs((baked.terms - fresh.terms) * pert_series.REACHES).max() < 1e-10
    assert baked.error == pytest.approx(fresh.error, rel=1e-2)


@pytest.mark.parametrize("shape", [2.0, 3.0, 4.0, 6.0, 10.0, 20.0])
def test_the_usual_shapes_of_pert_have_a_series_within_the_stated_error(shape):
    assert pert_series.series(shape).error <= 2e-4


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 1), st.floats(2, 20))
def test_pert_of_any_mode_and_usual_shape_is_within_the_stated_error(c, shape):
    exact = made("pert", low=0, mode=c, high=1, shape=shape)
    variables = Variables.of([exact])
    z = np.linspace(-4.9, 4.9, 256).astype(np.float32)[None]
    out = np.empty((1, 256), np.float32)
    variables.values(z, out)
    assert np.abs(out - exact.quantile(special.ndtr(z.astype(float)))).max() / exact.sd() < 2.2e-4


def test_all_coefficients_and_draws_are_pinned():
    """The same bits on every machine and every supported numpy and scipy (R6); a change here changes forecasts."""
    named = [*SMOOTH.items(), ("steps", steps(v3=0.2, v5=0.8)), ("sure", made("constant", value=7))]
    variables = Variables.of([distribution for _, distribution in named])
    digest = hashlib.sha256()
    for array in (*scored.halves([name for name, _ in named]), *variables.curves, *drawn(named, [0, 39])):
        digest.update(np.ascontiguousarray(array).tobytes())
    assert digest.hexdigest()[:16] == "ad8f5125552c378d"


def test_a_kind_of_curve_is_chosen_by_its_fit():
    variables = Variables.of(list(SMOOTH.values()))
    kinds = np.empty(len(SMOOTH), int)
    kinds[variables.curves.order] = np.repeat(np.arange(kernel.STEPS + 1), np.diff(variables.curves.first))
    chosen = dict(zip(SMOOTH, kinds.tolist(), strict=True))
    assert chosen["normal"] == kernel.LINEAR
    assert chosen["uniform"] == kernel.UNIFORM
    assert chosen["trigen"] == kernel.TRIANGULAR
    assert chosen["pert"] == chosen["lognormal"] == kernel.POLYNOMIAL
    assert chosen["beta, U shape"] == chosen["clipped normal"] == kernel.TABLE
