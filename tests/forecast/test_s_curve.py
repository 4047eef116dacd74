"""The card's S-curve is well-formed SVG inside its frame, whatever the outcome looks like."""

import re
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
    assert len(picture.findall(".//{*}circle")) == 2
    for dot in picture.findall(".//{*}circle"):
        assert 0 <= float(dot.get("cx")) <= WIDTH
        assert 0 <= float(dot.get("cy")) <= HEIGHT
    for line in picture.findall(".//{*}polyline"):
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


@pytest.mark.parametrize("share", [0.05, 0.3, 0.45, 0.52, 0.6, 0.7, 0.78, 0.85, 0.99])
def test_no_label_stands_on_the_line_of_the_target_and_all_stay_inside(share):
    """A label of 12 px is taken as 26 px wide, "Target" as 38."""
    target = float(SAMPLES["ordinary"][int(share * 2_000)])
    picture = ElementTree.fromstring(draw_s_curve(SAMPLES["ordinary"], target, "Opening", ""))
    labels = picture.findall(".//{*}text")
    line = float(re.search(r"M([\d.]+) \d+V", picture.findall("{*}path")[-1].get("d"))[1])
    for label in labels:
        width = 26 if label.text != "Target" else 38
        x, anchor = float(label.get("x")), label.get("text-anchor", "start")
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        assert left >= 0
        assert left + width <= WIDTH
        assert label.text == "Target" or not left < line < left + width
    assert {label.text for label in labels} == {"Target", "P50", "P80"}
