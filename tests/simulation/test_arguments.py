"""What may be asked of a simulation: refused before any work, in plain words, with the value and the way out."""

import re

import numpy as np
import pytest

import riskmc as rm
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.notation import size
from riskmc.simulation import arguments
from riskmc.simulation.arguments import check_memory, read_iterations, read_range

PLAN = rm.Program(
    program="X", start="2027-01-04", projects={"k": {"activities": {"a": {"duration": "uniform(5d 9d)"}}}}
)


@pytest.mark.parametrize(
    "iterations, told",
    [
        ("100", "a whole number is needed, got '100'"),
        (1e4, "a whole number is needed, got 10000.0; write 10000"),
        (2.5, "a whole number is needed, got 2.5"),
        (True, "a whole number is needed, got True"),
        (0, "at least one"),
        (range(5, 5), "at least one"),
        (range(0, 10, 2), "without gaps"),
        (10**10, r"10,000,000,000 need \d+ GB of memory, and this machine has"),
        (10**30, "GB of memory"),
    ],
)
def test_iterations_are_a_whole_number_that_fits_into_memory(iterations, told):
    with pytest.raises(rm.ArgumentError, match=f"iterations: .*{told}"):
        rm.simulate(PLAN, iterations)


def test_whole_numbers_of_numpy_and_ranges_are_read():
    assert read_iterations(np.int64(100)) == range(100)
    assert read_iterations(range(5_000, 10_000)) == range(5_000, 10_000)


def test_the_most_iterations_that_fit_are_named_and_do_fit(monkeypatch):
    monkeypatch.setattr(arguments, "_memory", lambda: 10**6)
    network = compile_network(PLAN, Settings())
    with pytest.raises(rm.ArgumentError) as error:
        check_memory(network, range(10**6))
    most = int(re.search(r"at most ([\d,]+)", str(error.value))[1].replace(",", ""))
    check_memory(network, range(most))
    with pytest.raises(rm.ArgumentError):
        check_memory(network, range(most + 1))


@pytest.mark.parametrize("seed", ["1", 1.0, None, -1, 2**64])
def test_a_seed_is_a_whole_number_of_64_bits(seed):
    with pytest.raises(rm.ArgumentError, match="seed"):
        rm.simulate(PLAN, 10, seed=seed)


@pytest.mark.parametrize(
    "text, told",
    [
        ("uniform(90 110)", "got 90 in uniform(90 110); did you mean 90%?"),
        ("triangular(0.9 1 1.3)", "got 0.9 in triangular(0.9 1 1.3); did you mean 90%?"),
        ("normal(100% 8%) clip(0.8 1.2)", "mixes bare numbers and shares"),
        ("norm(loc=1 scale=10%)", "did you mean 100%?"),
        ("norm(1 0.1)", "got norm(1 0.1)"),
        ("pert(3d 4d 5d)", "got 3d in pert(3d 4d 5d)"),
        (
            "90% 100% 130%",
            "names its distribution and is in shares of the plan, as triangular(90% 100% 130%), got '90%",
        ),
        ("100%", "names its distribution"),
        ("+ uniform(90% 110%)", "got + uniform(90% 110%)"),
        ("uniform(-10% 110%)", "low >= 0 must hold"),
        ("uniform(110% 90%)", "swap them?"),
        ("triangul(90% 100% 130%)", "did you mean 'triangular(90% 100% 130%)'"),
    ],
)
def test_a_default_range_in_anything_but_shares_is_refused_and_named_as_the_option_is(text, told):
    with pytest.raises(rm.ArgumentError) as error:
        rm.simulate(PLAN, 10, default_range=text)
    assert told in str(error.value)
    assert "--range" in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "pert(90% 100% 130% shape=6)",
        "beta(2 3 90% 130%)",
        "trigen(90% 100% 130% plow=5% phigh=95%)",
        "discrete(90%:20% 110%:80%)",
        "uniform(0 130%)",
        "norm(100% 10%)",
        "x uniform(90% 110%)",
    ],
)
def test_shapes_and_probabilities_need_no_unit(text):
    assert read_range(text) == size(text)
    assert read_range(size(text)) == size(text)
