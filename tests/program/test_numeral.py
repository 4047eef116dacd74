"""Numbers that people write by other customs: refused, with what to leave out and what to write."""

import pytest

from riskmc.errors import ArgumentError
from riskmc.program.numeral import quantity, share


@pytest.mark.parametrize(
    "text, way_out",
    [
        ("€1200", "leave out € and write 1200: the currency stands once, as `currency: EUR` at the top"),
        ("$1,200", "leave out $ and write 1200"),
        ("EUR 1.2M", "leave out EUR and write 1.2M"),
        ("1200 EUR", "leave out EUR and write 1200: the currency stands once"),
        ("1'200", "leave out ' between thousands and write 1200"),
        ("1_200", "leave out _ between thousands and write 1200"),
        ("1 200", "leave out blanks between thousands and write 1200"),
        ("1.200,50", "leave out . between thousands and write 1200.50"),
        ("12,5k", "decimals follow a point: 12.5k"),
        ("pert 2d 3d 6d", "a range pert(2d 3d 6d)"),
        ("2d-6d", "or uniform(2d 6d)"),
        ("lots", "write a number and its unit, as 15d, 120k or 35%"),
    ],
)
def test_a_number_of_another_custom_is_refused_with_what_to_write(text, way_out):
    with pytest.raises(ArgumentError) as error:
        quantity(text)
    assert repr(text) in str(error.value)
    assert way_out in str(error.value)


@pytest.mark.parametrize("text, amount", [("1,200", 1200), ("1,200.50", 1200.5), ("1,200k", 1.2e6), ("1.200", 1.2)])
def test_commas_between_thousands_are_read(text, amount):
    assert quantity(text).value == amount


@pytest.mark.parametrize("text, way_out", [("yes", "got 'yes'"), ("high", "got 'high'"), ("0,2", "a point: 0.2")])
def test_a_probability_that_is_no_number_is_told_what_a_share_is(text, way_out):
    with pytest.raises(ArgumentError) as error:
        share(text)
    assert str(error.value).startswith("a share is needed, as 35% or 0.35")
    assert way_out in str(error.value)
