"""The little language of quantities and sizes: what each text means, and that it is written back as it was read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.errors import ArgumentError
from riskmc.program.notation import distribution, size, size_text
from riskmc.program.numeral import quantity, quantity_text, rate, rate_text, share, share_text
from riskmc.program.quantity import ELAPSED_UNITS, WORKING_UNITS, Quantity, Rate, Size

TEXTS = [
    "20d", "5ed", "30min", "1.5h", "2w", "3mo", "1y", "0", "-5d", "120k", "1.2M", "3bn", "1250", "35%", "-2ed",
    "pert(15d 20d 40d)", "pert(15d 20d 40d shape=6)", "triangular(p10=1d mode=2d p90=4d)", "lognormal(p10=30d p90=90d)",
    "uniform(p5=1d p95=9d)", "trigen(90% 100% 130%)", "trigen(90% 100% 130% plow=5% phigh=95%)", "normal(10d 2d)",
    "normal(10d 2d) clip(5d 20d)", "beta(2 3 10d 20d)", "gamma(2 5d)", "weibull(1.5 5d)", "exponential(5d)",
    "discrete(10d:20% 15d:80%)", "empirical(12d 15d 15d 22d)",
    "x pert(95% 105% 125%)", "+ triangular(1M 2M 5M)", "x 101%",
    "gumbel_r(20d 5d)", "gumbel_r(loc=20d scale=5d)", "pert(p10=1d mode=2d p90=4d shape=2)",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_canonical_text_is_written_as_it_was_read(text: str) -> None:
    assert size_text(size(text)) == text


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("15d", Quantity(15.0, "d")),
        ("1,000,000", Quantity(1e6)),
        ("1.2M", Quantity(1.2e6)),
        ("3bn", Quantity(3e9)),
        ("35%", Quantity(0.35, "%")),
        ("57%", Quantity(0.57, "%")),
        ("1e3min", Quantity(1000.0, "min")),
        ("5ed", Quantity(5.0, "ed")),
        ("+.5h", Quantity(0.5, "h")),
    ],
)
def test_a_quantity_means_its_number_and_unit(text: str, meaning: Quantity) -> None:
    assert quantity(text) == meaning


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pert(15d, 20d, 40d)", "pert(15d 20d 40d)"),
        ("pert( 15d  20d,40d )", "pert(15d 20d 40d)"),
        ("pert(low=15d mode=20d high=40d)", "pert(15d 20d 40d)"),
        ("pert(15d 20d 40d shape=4)", "pert(15d 20d 40d)"),
        ("pert(15d 20d 40d 6)", "pert(15d 20d 40d shape = 6)"),
        ("trigen(1d 2d 4d plow=10% phigh=0.9)", "trigen(1d 2d 4d)"),
        ("normal(10d 2d), clip(5d, 20d)", "normal(10d 2d) clip(5d 20d)"),
        ("normal(10d 2d clip(5d 20d))", "normal(10d 2d) clip(5d 20d)"),
        ("discrete(15d:80% 10d:20%)", "discrete(10d: 0.2, 15d: 0.8)"),
        ("empirical(22d 12d)", "empirical(12d 22d)"),
        ("x1.1", "x 1.1"),
        ("+5d", "+ 5d"),
        ("lognormal(p90=90d p10=30d)", "lognormal(p10=30d p90=90d)"),
    ],
)
def test_two_spellings_mean_the_same(one: str, other: str) -> None:
    assert size(one) == size(other)


def test_a_size_keeps_its_parameters_in_canonical_order() -> None:
    found = size("x triangular(p90=130% p10=90% mode=100%) clip(80% 150%)")
    assert [name for name, _ in found.parameters] == ["p10", "mode", "p90"]
    assert (found.operation, found.clip) == ("x", (Quantity(0.8, "%"), Quantity(1.5, "%")))
    assert size("20d") == Size(None, (("value", Quantity(20.0, "d")),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5m", "min or mo?"),
        ("5 M d", "not a quantity"),
        ("triangular(1,000 2,000 3,000)", "write 1000000, not 1,000,000"),
        ("trigen(1d 2d 3d plow=95%)", "0% < plow < phigh < 100%"),
        ("uniform(low=1d low=2d)", "no parameter 'low' left"),
        ("gamma(p10=1d p90=2d)", "'p10'"),
        ("triangular(p10=1d p90=2d)", "two of them and the mode"),
        ("uniform(p0=1d p90=2d)", "between p0 and p100"),
        ("beta(0 3 1d 2d)", "a > 0 must hold"),
        ("beta(2 3 2d 2d)", "low < high must hold"),
        ("beta(2d 3 1d 2d)", "a of beta is a bare number, got 2d"),
        ("lognormal(-5d 2d)", "mean > 0 must hold"),
        ("discrete(10d 15d)", "with their probabilities"),
        ("empirical()", "at least one value"),
        ("20d clip(1d 2d)", "cannot be clipped"),
        ("normal(1d 1d) clip(1d)", "clip takes two values"),
        ("norml(1d 2d)", "did you mean 'normal'?"),
        ("gumbl_r(1d 2d)", "did you mean 'gumbel_r'?"),
        ("1e999d", "too large"),
        ("nan", "not a quantity"),
    ],
)
def test_a_text_without_meaning_is_refused_with_the_rule(text: str, words: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        size(text)
    assert words in str(caught.value)


def test_a_distribution_of_values_is_that_of_their_text() -> None:
    values = (Quantity(10.0, "d"), Quantity(0.1 + 0.2, "w"), Quantity(40.0, "d"))
    assert distribution("pert", values) == size(f"pert({' '.join(map(quantity_text, values))})")
    with pytest.raises(ArgumentError, match="low <= mode <= high"):
        distribution("triangular", (Quantity(5.0, "d"), Quantity(3.0, "d"), Quantity(9.0, "d")))


def test_units_of_several_lengths_are_left_to_the_compile_step() -> None:
    assert size("triangular(3d 1w 1mo)").family == "triangular"


def test_rates_and_shares_are_read() -> None:
    assert rate("95/h") == Rate(95.0, "h")
    assert rate("45k per d") == Rate(45_000.0, "d")
    assert (share("35%"), share("0.35")) == (0.35, 0.35)
    with pytest.raises(ArgumentError, match="did you mean 35%"):
        share("35")
    with pytest.raises(ArgumentError, match="as 95/h"):
        rate("95")


finite = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=300, deadline=None)
@given(value=finite, unit=st.sampled_from(["", "%", *WORKING_UNITS, *ELAPSED_UNITS]))
def test_a_quantity_written_is_read_as_itself(value: float, unit: str) -> None:
    assert quantity(quantity_text(Quantity(value, unit))) == Quantity(value, unit)


@given(amount=finite, unit=st.sampled_from(WORKING_UNITS), part=st.floats(0, 1))
def test_a_rate_and_a_share_written_are_read_as_themselves(amount: float, unit: str, part: float) -> None:
    assert rate(rate_text(Rate(amount, unit))) == Rate(amount, unit)
    assert share(share_text(part)) == part


@settings(max_examples=300)
@given(text=st.text(max_size=30) | st.text("pert(15d 20d,40d)x+:=% clip", max_size=30))
def test_any_text_is_a_size_or_an_argument_error(text: str) -> None:
    try:
        found = size(text)
    except ArgumentError:
        return
    assert size(size_text(found)) == found
