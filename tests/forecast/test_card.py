"""The card is HTML of its own: escaped, without a request to anywhere, in light and dark."""

import re

from riskmc.forecast.card import make_card

CARD = make_card(
    "Open & <shut>", "Forecast", "<svg/>", [("P80 ±2 d", "23 Sep <2029>", True), ("Target", "x", False)], "f"
)


def test_text_is_escaped_and_the_drawing_is_not():
    assert "Open &amp; &lt;shut&gt;" in CARD
    assert "23 Sep &lt;2029&gt;" in CARD
    assert "<svg/>" in CARD


def test_simulated_figures_have_the_colour_of_the_forecast():
    assert '<b class="sim">23 Sep' in CARD
    assert "<b>x</b>" in CARD


def test_colours_stand_in_the_variables_alone_for_light_and_dark():
    rules = re.sub(r"--[\w-]+:#[0-9a-f]{6}", "", CARD)
    assert "#" not in rules
    assert CARD.count("--paper:#ffffff") == 2
    assert CARD.count("--paper:#11161d") == 2


def test_it_asks_nothing_of_the_network():
    assert "http" not in CARD
    assert "<script" not in CARD


def test_a_long_name_is_cut_and_a_name_from_right_to_left_stays_in_its_place():
    card = make_card("\u202eabc " + "x" * 300, "Forecast", "", [], "one", "", "two")
    assert "<bdi>\u202eabc xxx" in card
    assert "x" * 120 not in card
    assert "<div>one</div><div>two</div>" in card
