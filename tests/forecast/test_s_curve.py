"""The card's S-curve is well-formed SVG inside its frame, whatever the outcome looks like."""

from xml.etree import ElementTree

import numpy as np
import pytest

from riskmc.forecast.s_curve import HEIGHT, WIDTH, draw_s_curve

SAMPLES = {
    "ordinary": np.sort(np.random.default_rng(1).gamma(9.0, size=2_000)),
    "one iteration": np.array([5.0]),
    "no spread": np.full(50, 5.0),
    "two humps": np.repeat([1.0, 9.0], 50),
}


@pytest.mark.parametrize("target", [None, -400.0, 5.0, 400.0])
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_leaves_the_frame(name, target):
    picture = ElementTree.fromstring(draw_s_curve(SAMPLES[name], target, "Opening", "P50 & P80"))
    for dot in picture.iter("{*}circle"):
        assert 0 <= float(dot.get("cx")) <= WIDTH
        assert 0 <= float(dot.get("cy")) <= HEIGHT
    for line in picture.iter("{*}polyline"):
        points = np.array([point.split(",") for point in line.get("points").split()], dtype=float)
        assert (points >= 0).all()
        assert (points <= [WIDTH, HEIGHT]).all()


def test_what_lies_past_the_target_is_drawn_as_a_threat():
    beyond = draw_s_curve(SAMPLES["ordinary"], 400.0, "Opening", "")
    inside = draw_s_curve(SAMPLES["ordinary"], 9.0, "Opening", "")
    assert "threat" not in beyond
    assert "threat" in inside
    assert "forecast-pale" in inside


def test_title_and_description_are_there_for_screen_readers():
    picture = ElementTree.fromstring(draw_s_curve(SAMPLES["ordinary"], None, "Opening", "P50 20 Jul 2029"))
    assert [picture.find("{*}title").text, picture.find("{*}desc").text] == ["Opening", "P50 20 Jul 2029"]
